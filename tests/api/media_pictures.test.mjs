// What the server makes of images: small pictures, upright, without a word about the place.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { expectProblem, register } from '../harness/client.mjs';
import { fetchBytes, upload, uploadOk } from '../harness/media.mjs';
import { exif, gif, jpeg, png, pngChunk } from '../harness/media_files.mjs';

let ann;

before(async () => {
	ann = await register();
});

/** {width, height} of a WebP. */
async function measure(url) {
	const { bytes, headers } = await fetchBytes(url);
	assert.equal(headers.get('content-type'), 'image/webp');
	assert.equal(bytes.toString('latin1', 8, 16), 'WEBPVP8X');
	assert.equal(bytes[20] & 0x2c, 0, 'neither profile nor EXIF nor XMP');
	return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3), size: bytes.length };
}

test('an image gets a thumbnail, a preview and a placeholder', async () => {
	const media = await uploadOk(ann, 'image', png(2000, 64));
	const [thumbnail, preview] = [await measure(media.thumbnail_url), await measure(media.preview_url)];
	assert.deepEqual([thumbnail.width, thumbnail.height], [320, 10]);
	assert.deepEqual([preview.width, preview.height], [1280, 41]);
	assert.match(media.placeholder, /^L.{27}$/);
	const { quota } = (await ann.get('/media/limits')).body;
	assert.ok(quota.used >= media.size + thumbnail.size + preview.size, 'they count');
});

test('a small one is not made larger', async () => {
	const media = await uploadOk(ann, 'image', png(8, 6));
	const preview = await measure(media.preview_url);
	assert.deepEqual([preview.width, preview.height], [8, 6]);
});

test('they are upright, and say nothing of where it was', async () => {
	const media = await uploadOk(ann, 'image', jpeg({ extra: [exif(6, 'GPS secret')] }));
	const preview = await measure(media.preview_url);
	assert.deepEqual([preview.width, preview.height], [30, 40]);
	for (const url of [media.url, media.preview_url, media.thumbnail_url])
		assert.ok(!(await fetchBytes(url)).bytes.includes('GPS'));
});

test('what moves goes on moving; its thumbnail stands still', async () => {
	const media = await uploadOk(ann, 'image', gif({ animated: true }));
	assert.ok(media.animated);
	assert.equal(media.preview_url, null);
	const thumbnail = await measure(media.thumbnail_url);
	assert.deepEqual([thumbnail.width, thumbnail.height], [5, 4]);
	assert.ok((await fetchBytes(media.url)).bytes.equals(gif({ animated: true })));
});

test('an avatar is an image, too', async () => {
	const media = await uploadOk(ann, 'avatar', png(500, 60));
	assert.deepEqual((await measure(media.thumbnail_url)).width, 320);
});

test('what has the structure of an image and is none is refused', async () => {
	const whole = png(30, 30);
	const header = Buffer.concat([whole.subarray(16, 25), Buffer.from([5]), whole.subarray(26, 29)]); // no such colours
	const hollow = Buffer.concat([whole.subarray(0, 8), pngChunk('IHDR', header), whole.subarray(33)]);
	expectProblem(await upload(ann, 'image', hollow), 422, 'bad_media');
});

test('many at the same time all get theirs', async () => {
	const all = await Promise.all(Array.from({ length: 8 }, (_, i) => uploadOk(ann, 'image', png(900 + i, 40, { shade: i }))));
	for (const media of all) assert.equal((await measure(media.thumbnail_url)).width, 320);
});
