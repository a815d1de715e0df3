// hichatctl gc and fsck: what is collected and what stays, and what is found to be wrong.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { expectStatus, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { beginUpload, fetchBytes, uploadOk } from '../harness/media.mjs';
import { sql } from '../harness/database.mjs';
import { parts } from '../harness/stack.mjs';

const store = path.join(parts.directory, 'media');
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (hash) => path.join(store, hash.slice(0, 2), hash.slice(2, 4), hash);
let ann;

before(async () => {
	ann = await register();
});

async function problems() {
	const { out } = await hichatctl(['fsck']);
	return out.split('\n').filter((line) => line !== '');
}

test('equal files are stored once, and go with the last of them', async () => {
	const bytes = randomBytes(1000);
	const hash = hashOf(bytes);
	const first = await uploadOk(ann, 'file', bytes);
	const second = await uploadOk(await register(), 'file', bytes);
	assert.notEqual(first.id, second.id);
	expectStatus(await ann.delete(`/media/files/${first.id}`), 204);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok((await fetchBytes(second.url)).bytes.equals(bytes));
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${second.id}`);
	const { status, out } = await hichatctl(['gc']);
	assert.equal(status, 0, out);
	assert.ok(!existsSync(pathOf(hash)));
	assert.equal((await fetchBytes(second.url)).status, 404);
	assert.deepEqual(await problems(), []);
});

test('what is new stays, and so does what an upload has brought', async () => {
	const bytes = randomBytes(500);
	const media = await uploadOk(ann, 'file', bytes);
	const begun = await beginUpload(ann, 'file', 100, { first: Buffer.alloc(50) });
	const { id } = begun.body.upload;
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok((await fetchBytes(media.url)).bytes.equals(bytes));
	assert.equal((await ann.get(`/media/uploads/${id}`)).body.upload.offset, 50);
	await sql(`UPDATE media_upload SET created_at = 0 WHERE id = ${id}`);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.equal((await ann.get(`/media/uploads/${id}`)).status, 404);
	assert.ok(!existsSync(path.join(store, 'staging', `upload-${id}`)));
});

test('a file that no row names is found, and collected', async () => {
	const bytes = randomBytes(300);
	const file = pathOf(hashOf(bytes));
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, bytes);
	const found = await hichatctl(['fsck']);
	assert.equal(found.status, 1);
	assert.ok(found.out.includes(`orphaned\t${path.relative(store, file)}\n`), found.out);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok(!existsSync(file));
	assert.deepEqual(await problems(), []);
});

test('missing, damaged and foreign files are found', async () => {
	const [lost, spoilt] = [randomBytes(200), randomBytes(201)];
	const made = [await uploadOk(ann, 'file', lost), await uploadOk(ann, 'file', spoilt)];
	rmSync(pathOf(hashOf(lost)));
	writeFileSync(pathOf(hashOf(spoilt)), randomBytes(201));
	writeFileSync(path.join(store, 'README'), 'what is this?');
	const found = await problems();
	for (const line of [`missing\t${hashOf(lost)}`, `damaged\t${hashOf(spoilt)}`, 'foreign\tREADME'])
		assert.ok(found.includes(line), found.join('\n'));
	rmSync(path.join(store, 'README'));
	for (const { id } of made) expectStatus(await ann.delete(`/media/files/${id}`), 204);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.deepEqual(await problems(), []);
});

test('a wrong count and a dangling row are found', async () => {
	const bytes = randomBytes(100);
	const media = await uploadOk(ann, 'file', bytes);
	await sql(`UPDATE media_content SET users = 2 WHERE hash = '${hashOf(bytes)}'`);
	assert.deepEqual(await problems(), [`miscounted\t${hashOf(bytes)}`]);
	await sql(`UPDATE media_content SET users = 1 WHERE hash = '${hashOf(bytes)}'`);
	await sql(`UPDATE media SET preview = '${'0'.repeat(64)}' WHERE id = ${media.id}`);
	assert.deepEqual(await problems(), [`dangling\t${media.id}`]);
	await sql(`UPDATE media SET preview = NULL WHERE id = ${media.id}`);
	assert.deepEqual(await problems(), []);
});

test('both take no arguments', async () => {
	for (const command of ['gc', 'fsck']) assert.equal((await hichatctl([command, 'now'])).status, 2);
});
