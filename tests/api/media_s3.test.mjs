// Media in a bucket instead of a directory: the same answers, and what becomes of them when the
// bucket does not answer.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { png } from '../harness/media_files.mjs';
import { startSite } from '../harness/own_site.mjs';
import { signature, startBucket } from '../harness/s3.mjs';

let bucket = await startBucket();
const site = await startSite(['account', 'media'], bucket.env);
process.env.HICHAT_URL = site.url;
const { expectProblem, expectStatus, register } = await import('../harness/client.mjs');
const { append, beginUpload, fetchBytes, upload, uploadInPieces, uploadOk } = await import('../harness/media.mjs');

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
const keyOf = (bytes) => `pre/fix/${hashOf(bytes).slice(0, 2)}/${hashOf(bytes).slice(2, 4)}/${hashOf(bytes)}`;
let ann;

before(async () => {
	ann = await register();
});

afterEach(() => {
	bucket.mood = 'fine';
});

after(async () => {
	const log = site.log();
	await site.stop();
	await bucket.stop();
	assert.ok(!log.includes(bucket.secret), 'the secret is told to nobody');
});

async function problems(...options) {
	const { out } = await site.hichatctl(['fsck', ...options]);
	return out.split('\n').filter((line) => line !== '');
}

test('what AWS publishes is signed by the bucket of these tests as AWS says', () => {
	const empty = hashOf('');
	const headers = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-content-sha256': empty, 'x-amz-date': '20130524T000000Z' };
	const example = { method: 'GET', date: '20130524T000000Z', region: 'us-east-1', payload: empty, headers,
		secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', signed: Object.keys(headers), query: new URLSearchParams() };
	assert.equal(signature({ ...example, path: '/test.txt', headers: { ...headers, range: 'bytes=0-9' },
		signed: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'] }),
	'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
	assert.equal(signature({ ...example, path: '/', query: new URLSearchParams('max-keys=2&prefix=J') }),
		'34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
});

test('an image and its pictures are in the bucket, and come back from there', async () => {
	const bytes = png(400, 300);
	const media = await uploadOk(ann, 'image', bytes);
	assert.ok(bucket.objects.get(keyOf(bytes)).equals(bytes));
	for (const url of [media.url, media.thumbnail_url, media.preview_url].filter((found) => found !== null)) {
		const answer = await fetchBytes(url);
		assert.equal(answer.status, 200);
		assert.ok(bucket.objects.get(keyOf(answer.bytes)).equals(answer.bytes));
		assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
	}
	assert.ok(!readdirSync(site.store).some((name) => name !== 'staging'), 'nothing but what is on its way is here');
	assert.deepEqual(readdirSync(`${site.store}/staging`), []);
});

test('parts of it, and nothing of what is known', async () => {
	const bytes = randomBytes(300_000);
	const media = await uploadOk(ann, 'file', bytes);
	const part = await fetchBytes(media.url, { headers: { range: 'bytes=100000-199999' } });
	assert.equal(part.status, 206);
	assert.equal(part.headers.get('content-range'), 'bytes 100000-199999/300000');
	assert.ok(part.bytes.equals(bytes.subarray(100_000, 200_000)));
	const tail = await fetchBytes(media.url, { headers: { range: 'bytes=-7' } });
	assert.ok(tail.bytes.equals(bytes.subarray(-7)));
	assert.equal((await fetchBytes(media.url, { headers: { range: 'bytes=300000-' } })).status, 416);
	const head = await fetchBytes(media.url, { method: 'HEAD' });
	assert.equal(head.headers.get('content-length'), '300000');
	assert.equal((await fetchBytes(media.url, { headers: { 'if-none-match': head.headers.get('etag') } })).status, 304);
});

test('who leaves while it comes harms nobody', async () => {
	const media = (await uploadInPieces(ann, 'file', randomBytes(5_000_000), 500_000)).body.media;
	for (let i = 0; i < 20; i++) {
		const leaving = new AbortController();
		const answer = await fetch(site.url + media.url, { signal: leaving.signal });
		await answer.body.getReader().read();
		leaving.abort();
	}
	assert.equal((await fetchBytes(media.url)).bytes.length, 5_000_000);
});

test('equal files are brought there once', async () => {
	const bytes = randomBytes(1000);
	await uploadOk(ann, 'file', bytes);
	bucket.asked.length = 0;
	await uploadOk(ann, 'file', bytes);
	assert.deepEqual(bucket.asked.filter((line) => line.startsWith('PUT')), []);
});

/** Ways not to answer; each resolves to what ends it. */
const moods = {
	'refuses everything': async () => {
		bucket.mood = 'broken';
		return async () => { bucket.mood = 'fine'; };
	},
	'says nothing': async () => {
		bucket.mood = 'silent';
		return async () => { bucket.mood = 'fine'; };
	},
	'is not there': async () => {
		const { port, objects } = bucket;
		await bucket.stop();
		return async () => { bucket = await startBucket({ port, objects }); };
	},
};

for (const [name, begin] of Object.entries(moods)) {
	test(`a bucket that ${name}: 503, and an upload goes on where it was`, { timeout: 120_000 }, async () => {
		const stored = randomBytes(5000);
		const media = await uploadOk(ann, 'file', stored);
		const bytes = randomBytes(60_000);
		const begun = await beginUpload(ann, 'file', bytes.length, { first: bytes.subarray(0, 40_000) });
		const { id } = begun.body.upload;
		const end = await begin();
		expectProblem(await append(ann, id, 40_000, bytes.subarray(40_000), true), 503, 'storage_unavailable');
		expectProblem(await upload(ann, 'file', randomBytes(100)), 503, 'storage_unavailable');
		assert.equal((await fetchBytes(media.url)).status, 503);
		await end();
		const { upload: stands } = (await ann.get(`/media/uploads/${id}`)).body;
		assert.deepEqual([stands.offset, stands.complete], [60_000, false]);
		const answer = await append(ann, id, 60_000, Buffer.alloc(0), true);
		expectStatus(answer, 201);
		assert.ok((await fetchBytes(answer.body.media.url)).bytes.equals(bytes));
		assert.ok((await fetchBytes(media.url)).bytes.equals(stored));
		assert.deepEqual(await problems(), []);
	});
}

test('what nobody has any more is removed, what is wrong is found', async () => {
	const [gone, lost, spoilt, cut] = [randomBytes(300), randomBytes(301), randomBytes(302), randomBytes(303)];
	for (const bytes of [lost, spoilt, cut]) await uploadOk(ann, 'file', bytes);
	expectStatus(await ann.delete(`/media/files/${(await uploadOk(ann, 'file', gone)).id}`), 204);
	assert.equal((await site.hichatctl(['gc'])).status, 0);
	assert.ok(!bucket.objects.has(keyOf(gone)));
	assert.deepEqual(await problems(), []);

	const orphan = randomBytes(50);
	bucket.objects.delete(keyOf(lost));
	bucket.objects.set(keyOf(spoilt), randomBytes(302));
	bucket.objects.set(keyOf(cut), cut.subarray(1));
	bucket.objects.set(keyOf(orphan), orphan);
	bucket.objects.set('pre/fix/READ & <ME>', Buffer.from('?'));
	bucket.objects.set('pre/fixed', Buffer.from('of somebody else'));
	const wanted = [`missing\t${hashOf(lost)}`, `damaged\t${hashOf(cut)}`, `orphaned\t${keyOf(orphan).slice('pre/fix/'.length)}`, 'foreign\tREAD & <ME>'];
	assert.deepEqual((await problems('--quick')).sort(), wanted.sort());
	assert.deepEqual((await problems()).sort(), [...wanted, `damaged\t${hashOf(spoilt)}`].sort());
	bucket.objects.delete('pre/fix/READ & <ME>');
	for (const bytes of [lost, spoilt, cut]) bucket.objects.set(keyOf(bytes), bytes);
	assert.equal((await site.hichatctl(['gc'])).status, 0);
	assert.deepEqual(await problems(), []);
	assert.ok(bucket.objects.has('pre/fixed'));
});

test('a bucket that does not answer fails gc, fsck and check, and they say why', async () => {
	assert.match((await site.hichatctl(['check'])).out, /^ok +media +s3: /m);
	bucket.mood = 'broken';
	for (const command of ['gc', 'fsck']) {
		const { status, err } = await site.hichatctl([command]);
		assert.equal(status, 1);
		assert.match(err, /it answers 503/);
	}
	assert.match((await site.hichatctl(['check'])).out, /^FAILED +media +s3: .*503/m);
	bucket.mood = 'fine';
	bucket.secret = 'another';
	const { status, out } = await site.hichatctl(['check']);
	bucket.secret = bucket.env.HICHAT_S3_KEY;
	assert.equal(status, 1);
	assert.match(out, /^FAILED +media +s3: .*403/m);
	assert.ok(!out.includes(bucket.secret));
});
