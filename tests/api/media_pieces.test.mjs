// Uploads in pieces: cut, repeated, resumed, complete once.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { api, expectProblem, expectStatus, register, site } from '../harness/client.mjs';
import { append, beginUpload, fetchBytes, uploadInPieces } from '../harness/media.mjs';
import { mp4, png } from '../harness/media_files.mjs';

let ann;
let bob;

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
});

async function begin(size, options) {
	const answer = await beginUpload(ann, 'file', size, options);
	expectStatus(answer, 201);
	return answer;
}

test('an upload says where it is, where it stands and how large pieces may be', async () => {
	const { headers, body } = await begin(1000, { name: 'notes.txt', first: Buffer.alloc(100) });
	const { piece_size } = (await ann.get('/media/limits')).body;
	assert.equal(headers.get('location'), `${new URL(site).pathname.replace(/\/$/, '')}/api/v1/media/uploads/${body.upload.id}`);
	assert.equal(headers.get('upload-offset'), '100');
	assert.equal(headers.get('upload-complete'), '?0');
	assert.match(headers.get('upload-limit'), new RegExp(`max-append-size=${piece_size}, max-age=\\d+`));
	assert.deepEqual([body.upload.offset, body.upload.complete, body.upload.media, body.upload.name], [100, false, null, 'notes.txt']);
	const listed = (await ann.get('/media/uploads')).body.uploads;
	assert.ok(listed.some((one) => one.id === body.upload.id && one.offset === 100));
	const head = await fetch(`${site}/api/v1/media/uploads/${body.upload.id}`,
		{ method: 'HEAD', headers: { authorization: `Bearer ${ann.token}` } });
	assert.deepEqual([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')], [200, '100', '1000']);
	expectStatus(await ann.delete(`/media/uploads/${body.upload.id}`), 204);
	expectProblem(await ann.get(`/media/uploads/${body.upload.id}`), 404, 'not_found');
});

test('pieces become the file, whatever their sizes', async () => {
	const bytes = randomBytes(300_000);
	const answer = await uploadInPieces(ann, 'file', bytes, 70_001, { name: 'random.bin' });
	expectStatus(answer, 201);
	assert.equal(answer.headers.get('upload-complete'), '?1');
	const { media } = answer.body;
	assert.deepEqual([media.size, media.name], [bytes.length, 'random.bin']);
	assert.ok((await fetchBytes(media.url)).bytes.equals(bytes));
});

test('a piece at another place is refused, and told where to go on', async () => {
	const { id } = (await begin(100, { first: Buffer.alloc(40) })).body.upload;
	for (const offset of [0, 39, 41, 100]) {
		const answer = await append(ann, id, offset, Buffer.alloc(10), false);
		expectProblem(answer, 409, 'upload_offset');
		assert.equal(answer.headers.get('upload-offset'), '40');
	}
	expectStatus(await append(ann, id, 40, Buffer.alloc(10), false), 204);
	assert.equal((await ann.get(`/media/uploads/${id}`)).body.upload.offset, 50);
});

test('the last piece sent again gets the same answer', async () => {
	const { id } = (await begin(20)).body.upload;
	const piece = Buffer.from('twenty bytes of text');
	const first = await append(ann, id, 0, piece, true);
	expectStatus(first, 201);
	const second = await append(ann, id, 0, piece, true);
	expectStatus(second, 200);
	assert.equal(second.body.media.id, first.body.media.id);
	const shown = (await ann.get(`/media/uploads/${id}`)).body.upload;
	assert.deepEqual([shown.complete, shown.offset, shown.media.id], [true, 20, first.body.media.id]);
});

test('one that has all its bytes is completed by an empty piece', async () => {
	const { id } = (await begin(5, { first: Buffer.from('bytes') })).body.upload;
	const answer = await append(ann, id, 5, Buffer.alloc(0), true);
	expectStatus(answer, 201);
	assert.equal(answer.body.media.size, 5);
});

test('many at the same time: one piece is taken, and the file is what was sent', async () => {
	const bytes = randomBytes(200_000);
	const { id } = (await begin(bytes.length)).body.upload;
	const answers = await Promise.all(Array.from({ length: 8 }, () => append(ann, id, 0, bytes, true)));
	const done = answers.filter((one) => one.status === 201);
	assert.equal(done.length, 1);
	for (const answer of answers) {
		if (answer.status === 409) assert.match(answer.body.code, /^upload_(busy|offset)$/);
		else assert.equal(answer.body.media.id, done[0].body.media.id);
	}
	assert.ok((await fetchBytes(done[0].body.media.url)).bytes.equals(bytes));
});

test('what is asked for wrongly is refused', async () => {
	const { id } = (await begin(100)).body.upload;
	expectProblem(await append(ann, id, 0, Buffer.alloc(101), false), 422, 'invalid_field', 'Upload-Length');
	expectProblem(await append(ann, id, 0, Buffer.alloc(99), true), 422, 'invalid_field', 'Upload-Length');
	expectProblem(await append(ann, id, 'x', Buffer.alloc(9), true), 422, 'invalid_field', 'Upload-Offset');
	expectProblem(await append(bob, id, 0, Buffer.alloc(9), false), 404, 'not_found');
	expectProblem(await bob.get(`/media/uploads/${id}`), 404, 'not_found');
	expectProblem(await bob.delete(`/media/uploads/${id}`), 404, 'not_found');
	expectProblem(await ann.patch(`/media/uploads/${id}`, {}), 415, 'unsupported_type');
	const headers = { 'content-type': 'application/partial-upload', 'upload-offset': '0' };
	expectProblem(await api('PATCH', `/media/uploads/${id}`, { token: ann.token, raw: Buffer.alloc(9), headers }),
		422, 'invalid_field', 'Upload-Complete');
	expectProblem(await beginUpload(ann, 'file', 'x'), 422, 'invalid_field', 'Upload-Length');
	expectProblem(await beginUpload(ann, 'image', 10 ** 9), 413, 'too_large');
	expectProblem(await beginUpload(ann, 'file', 100, { first: Buffer.alloc(101) }), 422, 'invalid_field');
});

test('what turns out to be something else is given up', async () => {
	const bytes = mp4();
	const begun = await beginUpload(ann, 'image', bytes.length);
	expectProblem(await append(ann, begun.body.upload.id, 0, bytes, true), 415, 'unsupported_type');
	expectProblem(await ann.get(`/media/uploads/${begun.body.upload.id}`), 404, 'not_found');
	const claimed = await beginUpload(ann, 'image', png().length, { type: 'image/gif' });
	expectProblem(await append(ann, claimed.body.upload.id, 0, png(), true), 415, 'type_mismatch');
});

test('so many may be unfinished, and no more', async () => {
	const cem = await register();
	expectProblem(await beginUpload(cem, 'file', 5, { first: Buffer.alloc(6) }), 422, 'invalid_field', 'Upload-Length');
	assert.deepEqual((await cem.get('/media/uploads')).body.uploads, [], 'what was refused is not unfinished');
	for (let i = 0; i < 20; i++) expectStatus(await beginUpload(cem, 'file', 10), 201);
	expectProblem(await beginUpload(cem, 'file', 10), 429, 'too_many_uploads');
	assert.equal((await cem.get('/media/limits')).body.quota.used, 200, 'what is announced is reserved');
});
