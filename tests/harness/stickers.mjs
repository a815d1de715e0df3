// Stickers of people, and packs as administrators have them.
//
//   const pack = await addPack({ stickers: { 'a.png': { emoji: '😺', bytes: png() } } });
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectStatus } from './client.mjs';
import { hichatctl } from './hichatctl.mjs';
import { uploadOk } from './media.mjs';
import { png } from './media_files.mjs';

let shade = 0;
/** A picture that no other sticker has. */
export const newPicture = (width = 40) => png(width, 30, { shade: shade++ % 250 });

/** A manifest of what is in `stickers`: by file, {bytes, emoji?, keywords?}. */
export function manifestOf(stickers, head = {}) {
	return {
		name: `pack-${randomUUID()}`, title: { en: 'Cats', 'zh-CN': '猫' }, author: 'Ann', licence: 'MIT', ...head,
		stickers: Object.entries(stickers).map(([file, { bytes, ...more }]) => ({ file, ...more })),
	};
}

/** Calls `use` with a directory that holds the manifest and the files. */
export async function withPackDirectory(manifest, stickers, use) {
	const directory = mkdtempSync(path.join(tmpdir(), 'pack-'));
	try {
		const raw = typeof manifest === 'string' || Buffer.isBuffer(manifest);
		writeFileSync(path.join(directory, 'pack.json'), raw ? manifest : JSON.stringify(manifest));
		for (const [file, { bytes }] of Object.entries(stickers)) {
			if (bytes !== undefined) writeFileSync(path.join(directory, file), bytes);
		}
		return await use(directory);
	} finally {
		rmSync(directory, { recursive: true });
	}
}

/** Adds a pack; its name and what the tool said. */
export async function addPack(stickers, head) {
	const manifest = manifestOf(stickers, head);
	const said = await withPackDirectory(manifest, stickers, (directory) => hichatctl(['sticker-pack', 'add', directory]));
	return { name: manifest.name, ...said };
}

export async function stickersOf(person) {
	const answer = await person.get('/media/stickers');
	expectStatus(answer, 200);
	return answer.body;
}

export const packOf = async (person, name) => (await stickersOf(person)).packs.find((pack) => pack.name === name);

/** An own sticker of a new picture. */
export async function ownSticker(person, { bytes = newPicture(), emoji } = {}) {
	const media = await uploadOk(person, 'sticker', bytes);
	const answer = await person.post('/media/stickers', { media_id: media.id, ...(emoji && { emoji }) });
	expectStatus(answer, 201);
	return answer.body.sticker;
}

export function sendSticker(person, conversation, sticker_id) {
	const draft = { client_key: randomUUID(), kind: 'sticker', body: { sticker_id } };
	return person.post(`/chat/conversations/${conversation}/messages`, draft);
}

export async function sentSticker(person, conversation, sticker_id) {
	const answer = await sendSticker(person, conversation, sticker_id);
	expectStatus(answer, 201);
	return answer.body.message;
}
