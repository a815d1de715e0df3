// People who upload without end while something is broken; what was acknowledged is kept, to be
// compared with what there is afterwards.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { append, beginUpload, fetchBytes, upload } from './media.mjs';
import { png } from './media_files.mjs';
import { program } from './stack.mjs';

/** Uploads and deletes until `over` is aborted: what was acknowledged, by id. */
export async function keepUploading(person, kept, over) {
	for (let i = 0; !over.aborted; i++) {
		const bytes = i % 3 === 0 ? png(40 + i % 50, 30, { shade: i & 255 }) : randomBytes(2000 + i % 7 * 30_000);
		const answer = await attempt(() => upload(person, i % 3 === 0 ? 'image' : 'file', bytes));
		if (answer?.status !== 201) continue;
		const { id, url } = answer.body.media;
		if (i % 2 === 0) kept.set(id, { url, bytes });
		else await attempt(() => person.delete(`/media/files/${id}`));
	}
}

/** In pieces; when all of them have come but were not taken, an empty last one is sent. */
export async function keepAppending(person, kept, over) {
	while (!over.aborted) {
		const bytes = randomBytes(150_000);
		const begun = await attempt(() => beginUpload(person, 'file', bytes.length));
		if (begun?.status !== 201) continue;
		const { id } = begun.body.upload;
		for (let offset = 0; !over.aborted;) {
			const piece = bytes.subarray(offset, offset + 40_000);
			const answer = await attempt(() => append(person, id, offset, piece, offset + piece.length === bytes.length));
			if (answer?.status === 201 || answer?.status === 200) {
				kept.set(answer.body.media.id, { url: answer.body.media.url, bytes });
				break;
			}
			const stands = await attempt(() => person.get(`/media/uploads/${id}`));
			offset = stands?.status === 200 ? stands.body.upload.offset : offset;
			if (stands?.status === 404) break;
		}
	}
}

/** NULL while the program is away. */
async function attempt(request) {
	try {
		return await request();
	} catch {
		return null;
	}
}

/** A collector that is killed after `ms`. */
export function collectBriefly(ms, env) {
	const child = spawn(program('hichatctl'), ['gc'], { env: { ...process.env, ...env }, stdio: 'ignore' });
	const ended = new Promise((resolve) => child.once('exit', resolve));
	setTimeout(() => child.kill('SIGKILL'), ms);
	return ended;
}

/** Three people upload, a collector comes and is killed, and `breakIt` is awaited once a round; then all
 * that was acknowledged is there, and store and database agree.
 * @param {{people: Person[], rounds: number, env: object, breakIt: Function, sql: Function, hichatctl: Function}} scene */
export async function survives({ people, rounds, env, breakIt, sql, hichatctl }) {
	const kept = new Map();
	const over = new AbortController();
	const work = [keepUploading(people[0], kept, over.signal), keepUploading(people[1], kept, over.signal),
		keepAppending(people[2], kept, over.signal)];
	for (let round = 0; round < rounds; round++) {
		const enough = kept.size + 4;
		while (kept.size < enough) await collectBriefly(1 + Math.floor(Math.random() * 60), env);
		await breakIt();
	}
	over.abort();
	await Promise.all(work);
	await sql('UPDATE media_upload SET created_at = 0 WHERE media_id IS NULL');
	const swept = await hichatctl(['gc']);
	assert.equal(swept.status, 0, swept.err);
	const found = await hichatctl(['fsck']);
	assert.equal(found.out, '', found.out);
	for (const { url, bytes } of kept.values()) {
		const answer = await fetchBytes(url);
		assert.equal(answer.status, 200);
		assert.ok(answer.bytes.equals(bytes));
	}
}
