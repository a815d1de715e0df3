// Downloads: signed addresses, what they are good for and for whom, and parts of files.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { api, expectProblem, expectStatus, logIn, register } from '../harness/client.mjs';
import { cgi } from '../harness/cgi.mjs';
import { fetchBytes, uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';

let ann;
let bob;
let media;
const bytes = randomBytes(100_000);

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	media = await uploadOk(ann, 'file', bytes);
});

for (const [range, first, last] of [
	['bytes=0-0', 0, 0],
	['bytes=10-19', 10, 19],
	['bytes=99990-', 99990, 99999],
	['bytes=-5', 99995, 99999],
	['bytes=99000-200000', 99000, 99999],
	['bytes=-200000', 0, 99999],
]) {
	test(`a part of it: ${range}`, async () => {
		const answer = await fetchBytes(media.url, { headers: { range } });
		assert.equal(answer.status, 206);
		assert.equal(answer.headers.get('content-range'), `bytes ${first}-${last}/100000`);
		assert.ok(answer.bytes.equals(bytes.subarray(first, last + 1)));
	});
}

test('parts that are not there are refused; what is no range is all of it', async () => {
	for (const range of ['bytes=100000-', 'bytes=-0'])
		assert.equal((await fetchBytes(media.url, { headers: { range } })).status, 416, range);
	assert.equal((await fetchBytes(media.url, { headers: { range: 'lines=1-2' } })).status, 200);
});

test('a range of another version is all of this one; a known version is not sent again', async () => {
	const { headers } = await fetchBytes(media.url, { method: 'HEAD' });
	assert.equal(headers.get('content-length'), '100000');
	assert.equal(headers.get('accept-ranges'), 'bytes');
	const etag = headers.get('etag');
	const part = (tag) => fetchBytes(media.url, { headers: { range: 'bytes=0-9', 'if-range': tag } });
	assert.equal((await part(etag)).status, 206);
	assert.equal((await part('"other"')).status, 200);
	assert.equal((await fetchBytes(media.url, { headers: { 'if-none-match': etag } })).status, 304);
	assert.match(headers.get('cache-control'), /^private, max-age=\d+, immutable$/);
});

test('an address is good for what was signed, and for whom', async () => {
	const other = await uploadOk(ann, 'file', randomBytes(10));
	for (const url of [
		media.url.replace(`/files/${media.id}/`, `/files/${other.id}/`),
		media.url.replace('/original?', '/preview?'),
		media.url.replace(`viewer=${ann.id}`, `viewer=${bob.id}`),
		media.url.replace(/expires=(\d+)/, (_, time) => `expires=${Number(time) + 1}`),
		media.url.replace(/signature=./, 'signature=_'),
	]) {
		if (url !== media.url) assert.equal((await fetchBytes(url)).status, 403, url);
	}
	const path = media.url.replace('/api/v1', '');
	expectProblem(await api('GET', path, { token: bob.token }), 403, 'forbidden');
	expectProblem(await api('GET', path.replace(/&signature=.*/, '')), 422, 'invalid_field', 'signature');
	assert.equal((await fetchBytes(media.url, { headers: { authorization: `Bearer ${ann.token}` } })).status, 200);
});

test('an address ends with its time', async () => {
	const env = { HICHAT_MEDIA_URL_LIFETIME: '60' };
	const { body } = await cgi('media', 'POST', '/urls', { token: ann.token, body: { media_ids: [media.id] }, env });
	const [{ url, expires_at }] = body.urls;
	const left = expires_at - Date.now();
	assert.ok(left > 0 && left <= 60_000, `${left} ms`);
	assert.equal((await fetchBytes(url)).status, 200);
});

test('an address ends with the session', async () => {
	const phone = await logIn(ann);
	const { urls: [{ url }] } = (await phone.post('/media/urls', { media_ids: [media.id] })).body;
	assert.equal((await fetchBytes(url)).status, 200);
	expectStatus(await phone.delete('/account/sessions/current'), 204);
	assert.equal((await fetchBytes(url)).status, 403);
	assert.equal((await fetchBytes(media.url)).status, 200, 'that of another session does not');
});

test('fresh addresses are of what one may see, and stay the same for a while', async () => {
	const image = await uploadOk(ann, 'image', png());
	const ask = async (person) => (await person.post('/media/urls', { media_ids: [media.id, image.id, 2 ** 52] })).body.urls;
	const first = await ask(ann);
	assert.deepEqual(first.map((one) => one.media_id), [media.id, image.id]);
	assert.deepEqual(await ask(bob), []);
	const second = await ask(ann);
	assert.ok(second[0].expires_at > first[0].expires_at || second[0].url === first[0].url);
	expectProblem(await ann.post('/media/urls', { media_ids: [] }), 422, 'invalid_field', 'media_ids');
	expectProblem(await ann.post('/media/urls', { media_ids: Array.from({ length: 101 }, (_, i) => i + 1) }),
		422, 'invalid_field', 'media_ids');
});

test('an image is shown in its place, or saved when that is asked for', async () => {
	const image = await uploadOk(ann, 'image', png(), { name: 'a.png' });
	const shown = await fetchBytes(image.url);
	assert.match(shown.headers.get('content-disposition'), /^inline; filename="a.png"/);
	const saved = await fetchBytes(`${image.url}&download=1`);
	assert.match(saved.headers.get('content-disposition'), /^attachment; filename="a.png"/);
});
