// hichatctl sticker-pack: packs are added whole or not at all, brought up to date, listed and removed.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { fetchBytes } from '../harness/media.mjs';
import { crc32, gif, png } from '../harness/media_files.mjs';
import { addPack, manifestOf, newPicture, packOf, withPackDirectory } from '../harness/stickers.mjs';

let ann;

before(async () => {
	ann = await register();
});

const add = (where) => hichatctl(['sticker-pack', 'add', where]);
const remove = (name) => hichatctl(['sticker-pack', 'remove', name]);

test('a pack is added, brought up to date in place, listed and removed', async () => {
	const kept = { bytes: newPicture(), emoji: '😺', keywords: ['happy', '开心'] };
	const first = await addPack({ 'a.png': kept, 'b.gif': { bytes: gif({ animated: true }) }, 'c.png': { bytes: newPicture() } });
	assert.equal(first.status, 0, first.err);
	assert.match(first.out, /^added .*: Cats, 3 stickers\n$/);
	const { name } = first;
	const before = await packOf(ann, name);
	assert.deepEqual([before.title, before.author, before.licence], [{ en: 'Cats', 'zh-CN': '猫' }, 'Ann', 'MIT']);
	assert.deepEqual(before.stickers.map(({ emoji, keywords, animated, pack_id }) => [emoji, keywords, animated, pack_id]), [
		['😺', ['happy', '开心'], false, before.id], ['', [], true, before.id], ['', [], false, before.id],
	]);
	expectStatus(await ann.put(`/media/stickers/${before.stickers[0].id}/favourite`), 200);
	const changed = { 'c.png': { bytes: newPicture(), emoji: '🐾' }, 'a.png': kept };
	const second = await addPack(changed, { name, title: { en: 'More cats' } });
	assert.match(second.out, /^updated .*: More cats, 2 stickers\n$/);
	const after = await packOf(ann, name);
	assert.deepEqual(after.title, { en: 'More cats' });
	const [c, a] = after.stickers;
	assert.deepEqual(a, before.stickers[0], 'the same sticker, with the same picture');
	assert.deepEqual([c.id, c.emoji], [before.stickers[2].id, '🐾']);
	assert.notEqual(c.media_id, before.stickers[2].media_id);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM sticker_favourite WHERE sticker_id = ${a.id}`), [['1']]);
	const list = await hichatctl(['sticker-pack', 'list']);
	assert.ok(list.out.includes(`${name}\tMore cats\t2\tAnn\tMIT\n`), list.out);
	assert.equal((await remove(name)).status, 0);
	assert.equal(await packOf(ann, name), undefined);
	assert.equal((await remove(name)).status, 1);
	await sql(`UPDATE media SET created_at = 0 WHERE owner_id = 0`);
	assert.equal((await hichatctl(['gc'])).status, 0);
	const fsck = await hichatctl(['fsck']);
	assert.equal(fsck.status, 0, fsck.out);
});

test('adding what is there already changes nothing', async () => {
	const stickers = { 'a.png': { bytes: newPicture() } };
	const { name } = await addPack(stickers);
	const before = await packOf(ann, name);
	assert.equal((await addPack(stickers, { name })).status, 0);
	assert.deepEqual(await packOf(ann, name), before);
	await remove(name);
});

test('every bad file is told, and nothing is added', async () => {
	const stickers = {
		'good.png': { bytes: newPicture() }, 'missing.png': {}, 'text.png': { bytes: Buffer.from('text') },
		'cut.png': { bytes: png().subarray(0, 50) }, 'wide.png': { bytes: png(513, 10) },
		'heavy.png': { bytes: Buffer.alloc((1 << 20) + 1) },
	};
	const { name, status, err } = await addPack(stickers);
	assert.equal(status, 1);
	for (const line of ['missing.png: is missing', 'text.png: is no WebP', 'cut.png: is no WebP', 'wide.png: is larger than 512 by 512',
		'heavy.png: is larger than 1048576 bytes', 'nothing was changed']) assert.ok(err.includes(line), err);
	assert.ok(!err.includes('good.png'));
	assert.equal(await packOf(ann, name), undefined);
});

test('a bad manifest is told, and what is no pack', async () => {
	const said = await withPackDirectory('{"name": 1}', {}, add);
	assert.deepEqual([said.status, said.err.includes('pack.json: "name" is missing or not acceptable')], [1, true]);
	assert.match((await add('/nonexistent')).err, /cannot be opened/);
	await withPackDirectory('no zip', {}, async (directory) => {
		assert.match((await add(path.join(directory, 'pack.json'))).err, /cannot be opened: Not a zip archive/);
	});
	const stickers = { 'link.png': {} };
	const outside = await withPackDirectory(manifestOf(stickers), stickers, (directory) => {
		symlinkSync('/etc/hostname', path.join(directory, 'link.png'));
		return add(directory);
	});
	assert.match(outside.err, /link\.png: cannot be read/);
	for (const words of [['add'], ['remove'], ['list', 'x'], ['add', 'a', 'b']])
		assert.equal((await hichatctl(['sticker-pack', ...words])).status, 2);
});

const le = (bytes, n) => { const b = Buffer.alloc(bytes); b.writeUIntLE(n, 0, bytes); return b; };

/** An archive of files that are stored deflated; what it says of their sizes may be a lie. */
function zipOf(entries) {
	const parts = [], directory = [];
	let offset = 0;
	for (const { name, bytes, size = bytes.length } of entries) {
		const packed = deflateRawSync(bytes);
		const common = [le(2, 20), le(2, 0), le(2, 8), le(4, 0), le(4, crc32(bytes)), le(4, packed.length), le(4, size), le(2, name.length), le(2, 0)];
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), ...common, Buffer.from(name), packed]);
		directory.push(Buffer.from('PK\x01\x02'), le(2, 20), ...common, le(2, 0), le(2, 0), le(2, 0), le(4, 0), le(4, offset), Buffer.from(name));
		parts.push(local);
		offset += local.length;
	}
	const central = Buffer.concat(directory);
	return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), le(4, 0), le(2, entries.length), le(2, entries.length),
		le(4, central.length), le(4, offset), le(2, 0)]);
}

test('a pack in a ZIP archive is read in place', async () => {
	const stickers = { 'a.png': { bytes: newPicture(), emoji: '😺' } };
	const manifest = manifestOf(stickers);
	const entries = [{ name: 'pack.json', bytes: Buffer.from(JSON.stringify(manifest)) }, { name: 'a.png', ...stickers['a.png'] }];
	await withPackDirectory(zipOf(entries), {}, async (directory) => {
		const { status, err } = await add(path.join(directory, 'pack.json'));
		assert.equal(status, 0, err);
	});
	const { stickers: [sticker] } = await packOf(ann, manifest.name);
	const { urls: [{ url }] } = (await ann.post('/media/urls', { media_ids: [sticker.media_id] })).body;
	assert.ok((await fetchBytes(url)).bytes.equals(stickers['a.png'].bytes));
	await remove(manifest.name);
});

test('an archive that swells, lies or points outside is refused', async () => {
	const manifest = (file) => ({ name: 'pack.json', bytes: Buffer.from(JSON.stringify(manifestOf({ [file]: { bytes: undefined } }))) });
	for (const [entries, reason] of [
		[[manifest('a.png'), { name: 'a.png', bytes: Buffer.alloc(64 << 20) }], 'a.png: is larger than 1048576 bytes'],
		[[manifest('a.png'), { name: 'a.png', bytes: Buffer.alloc(64 << 20), size: 1000 }], 'a.png: is damaged'],
		[[manifest('../a.png'), { name: '../a.png', bytes: png() }], '"file" is missing or not acceptable'],
		[[{ name: 'pack.json', bytes: Buffer.alloc(300_000, 32) }], 'pack.json: is larger than 262144 bytes'],
		[[], 'pack.json: is missing'],
	]) {
		await withPackDirectory(zipOf(entries), {}, async (directory) => {
			const { status, err } = await add(path.join(directory, 'pack.json'));
			assert.equal(status, 1);
			assert.ok(err.includes(reason), err);
		});
	}
});
