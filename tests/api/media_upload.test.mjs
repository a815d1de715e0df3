// Uploads in one request: what each purpose takes, what is kept, and what is refused.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { fetchBytes, upload, uploadOk } from '../harness/media.mjs';
import { comment, exif, gif, gifComment, hollowGif, jpeg, mp4, oggOpus, png, pngChunk, riffChunk, webm, webp } from '../harness/media_files.mjs';

let ann;
let bob;

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
});

for (const [name, purpose, type, bytes, facts] of [
	['a PNG', 'image', 'image/png', png(7, 5), { width: 7, height: 5, animated: false }],
	['a JPEG', 'image', 'image/jpeg', jpeg(), { width: 40, height: 30, animated: false }],
	['a GIF', 'image', 'image/gif', gif(), { width: 5, height: 4, animated: false }],
	['an animated GIF', 'image', 'image/gif', gif({ animated: true }), { width: 5, height: 4, animated: true }],
	['a WebP', 'image', 'image/webp', webp(), { width: 6, height: 7, animated: false }],
	['a recording of Firefox', 'voice', 'audio/ogg', oggOpus(2500), { duration_ms: 2500 }],
	['a recording of Chromium', 'voice', 'audio/webm', webm({ ms: 3000 }), { duration_ms: 3000 }],
	['a recording of Safari', 'voice', 'audio/mp4', mp4({ video: false, ms: 1234, brand: 'M4A ' }), { duration_ms: 1234 }],
	['an MP4', 'video', 'video/mp4', mp4({ width: 640, height: 360, ms: 4000 }), { width: 640, height: 360, duration_ms: 4000 }],
	['a WebM', 'video', 'video/webm', webm({ video: true }), { width: 320, height: 240, duration_ms: 3000 }],
	['a QuickTime film', 'video', 'video/quicktime', mp4({ brand: 'qt  ' }), { width: 640, duration_ms: 4000 }],
]) {
	test(`${name} is taken as ${purpose}, and comes back as it is`, async () => {
		const media = await uploadOk(ann, purpose, bytes, { type, name: `a ${name}.bin` });
		assert.deepEqual([media.purpose, media.type, media.size, media.name],
			[purpose, type, bytes.length, `a ${name}.bin`]);
		for (const [key, value] of Object.entries(facts)) assert.equal(media[key], value, key);
		const { status, headers, bytes: back } = await fetchBytes(media.url);
		assert.equal(status, 200);
		assert.equal(headers.get('content-type'), type);
		assert.ok(back.equals(bytes), 'the same bytes');
	});
}

test('a file is taken whatever it is, and never served as what it is', async () => {
	const page = Buffer.from('<!doctype html><script>alert(1)</script>');
	const media = await uploadOk(ann, 'file', page, { type: 'text/html', name: '../../etc/Ünï\u202Ecod.exe' });
	assert.equal(media.name, 'Ünïcod.exe');
	assert.equal(media.type, 'text/html');
	const { headers, bytes } = await fetchBytes(media.url);
	assert.ok(bytes.equals(page));
	assert.equal(headers.get('content-type'), 'application/octet-stream');
	assert.equal(headers.get('x-content-type-options'), 'nosniff');
	assert.match(headers.get('content-security-policy'), /sandbox/);
	assert.equal(headers.get('content-disposition'),
		'attachment; filename="__n__cod.exe"; filename*=UTF-8\'\'%C3%9Cn%C3%AFcod.exe');
});

test('a form with a file in it is the same', async () => {
	const form = new FormData();
	form.set('note', 'not the file');
	form.set('file', new Blob([png(3, 3)], { type: 'image/png' }), 'ä b.png');
	const request = new Request('http://x/', { method: 'POST', body: form });
	const answer = await api('POST', '/media/files?purpose=image', {
		token: ann.token,
		raw: new Uint8Array(await request.arrayBuffer()),
		headers: { 'content-type': request.headers.get('content-type') },
	});
	expectStatus(answer, 201);
	assert.equal(answer.body.media.name, 'ä b.png');
	assert.equal(answer.body.media.width, 3);
});

test('metadata are gone, what makes the picture stays', async () => {
	const secret = 'GPS 48.8583 N 2.2945 E';
	for (const [type, bytes] of [
		['image/jpeg', jpeg({ extra: [exif(6, secret), comment(secret)] })],
		['image/png', png(4, 3, { extra: [pngChunk('tEXt', Buffer.from(`Comment\0${secret}`)), pngChunk('eXIf', Buffer.from(secret))] })],
		['image/gif', gif({ extra: [gifComment(secret)] })],
		['image/webp', webp({ extra: [riffChunk('EXIF', Buffer.from(secret)), riffChunk('XMP ', Buffer.from(secret))] })],
	]) {
		assert.ok(bytes.includes(secret));
		const media = await uploadOk(ann, 'image', bytes, { type });
		const { bytes: back } = await fetchBytes(media.url);
		assert.ok(!back.includes(secret) && !back.includes('GPS'), type);
		assert.equal(back.length, media.size);
		const again = await uploadOk(ann, 'image', back, { type });
		assert.equal(again.size, back.length, `${type}: what is stored is whole`);
	}
	const film = await uploadOk(ann, 'video', mp4({ secret }), { type: 'video/mp4' });
	const { bytes } = await fetchBytes(film.url);
	assert.ok(!bytes.includes(secret));
	assert.equal(bytes.length, mp4({ secret }).length, 'nothing has moved');
});

test('an image that lies on its side says so, and is measured upright', async () => {
	const media = await uploadOk(ann, 'image', jpeg({ extra: [exif(6)] }));
	assert.deepEqual([media.width, media.height], [30, 40]);
	const { bytes } = await fetchBytes(media.url);
	assert.ok(bytes.includes(Buffer.from('Exif\0\0')), 'how to turn it');
});

const zip = Buffer.from('PK\x03\x04\x14\0\0\0\0\0 not only an image', 'latin1');
const huge = png(16000, 16000);
for (const [name, purpose, bytes, status, code, type] of [
	['a page as an image', 'image', Buffer.from('<html><script>1</script></html>'), 415, 'type_mismatch', 'image/png'],
	['a page as an image, nothing claimed', 'image', Buffer.from('<html><script>1</script></html>'), 415, 'unsupported_type'],
	['a PNG that is said to be a JPEG', 'image', png(), 415, 'type_mismatch', 'image/jpeg'],
	['an SVG', 'image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'unsupported_type'],
	['a film as a voice message', 'voice', webm({ video: true }), 415, 'unsupported_type'],
	['a recording as a film', 'video', oggOpus(), 415, 'unsupported_type'],
	['an image as a voice message', 'voice', png(), 415, 'unsupported_type'],
	['a truncated PNG', 'image', png().subarray(0, -5), 422, 'bad_media'],
	['a truncated JPEG', 'image', jpeg().subarray(0, -3), 422, 'bad_media'],
	['a truncated GIF', 'image', gif().subarray(0, -2), 422, 'bad_media'],
	['a truncated WebP', 'image', webp().subarray(0, -2), 422, 'bad_media'],
	['a truncated recording', 'voice', oggOpus().subarray(0, -9), 422, 'bad_media'],
	['a truncated WebM', 'voice', webm().subarray(0, -9), 422, 'bad_media'],
	['a truncated film', 'video', mp4().subarray(0, -9), 422, 'bad_media'],
	['a PNG that is a ZIP, too', 'image', Buffer.concat([png(), zip]), 422, 'bad_media'],
	['a JPEG that is a ZIP, too', 'image', jpeg({ tail: zip }), 422, 'bad_media'],
	['a GIF that is a ZIP, too', 'image', gif({ tail: zip }), 422, 'bad_media'],
	['a WebP that is a ZIP, too', 'image', Buffer.concat([webp(), zip]), 422, 'bad_media'],
	['a recording that is a ZIP, too', 'voice', Buffer.concat([oggOpus(), zip]), 422, 'bad_media'],
	['a film that is a ZIP, too', 'video', Buffer.concat([mp4(), zip]), 422, 'bad_media'],
	['a picture too large to be looked at', 'image', huge, 422, 'media_too_complex'],
	['a side too long', 'image', png(20000, 1), 422, 'media_too_complex'],
	['an animation of too many pixels', 'image', hollowGif(2000, 2000, 30), 422, 'media_too_complex'],
	['nothing', 'file', Buffer.alloc(0), 422, 'bad_media'],
]) {
	test(`${name} is refused`, async () => {
		expectProblem(await upload(ann, purpose, bytes, { type }), status, code);
	});
}

test('what is asked for wrongly is refused', async () => {
	expectProblem(await upload(ann, 'poem', png()), 422, 'invalid_field', 'purpose');
	expectProblem(await upload(ann, 'voice', oggOpus(), { query: '&waveform=xyz' }), 422, 'invalid_field', 'waveform');
	expectProblem(await upload(ann, 'image', png(), { query: '&placeholder=L00000' }), 422, 'invalid_field', 'placeholder');
	const large = Buffer.alloc(600_000);
	expectProblem(await upload(ann, 'file', large), 413, 'too_large');
});

test('a waveform and, of what the server makes none of, a placeholder are kept', async () => {
	const voice = await uploadOk(ann, 'voice', oggOpus(), { query: '&waveform=0123456789abcdef' });
	assert.equal(voice.waveform, '0123456789abcdef');
	const hash = 'LEHV6nWB2yk8pyo0adR*.7kCMdnj';
	const film = await uploadOk(ann, 'video', mp4(), { query: `&placeholder=${encodeURIComponent(hash)}` });
	assert.equal(film.placeholder, hash);
});

test('one sees and deletes only what is one\'s own', async () => {
	const media = await uploadOk(ann, 'image', png());
	expectProblem(await bob.get(`/media/files/${media.id}`), 404, 'not_found');
	expectProblem(await bob.delete(`/media/files/${media.id}`), 404, 'not_found');
	expectProblem(await bob.get('/media/files/9007199254740991'), 404, 'not_found');
	assert.equal((await ann.get(`/media/files/${media.id}`)).body.media.id, media.id);
	expectStatus(await ann.delete(`/media/files/${media.id}`), 204);
	expectProblem(await ann.get(`/media/files/${media.id}`), 404, 'not_found');
	assert.equal((await fetchBytes(media.url)).status, 404);
});

test('a film gets its poster once, from its owner', async () => {
	const film = await uploadOk(ann, 'video', mp4());
	assert.equal(film.preview_url, null);
	const put = (person, variant, bytes) => api('PUT', `/media/files/${film.id}/${variant}`,
		{ token: person.token, raw: bytes, headers: { 'content-type': 'image/png' } });
	expectProblem(await put(bob, 'preview', png()), 404, 'not_found');
	expectProblem(await put(ann, 'preview', mp4()), 415, 'unsupported_type');
	expectProblem(await put(ann, 'preview', png(3000, 10)), 422, 'media_too_complex');
	const poster = png(64, 36);
	const answer = await put(ann, 'preview', poster);
	expectStatus(answer, 200);
	const back = await fetchBytes(answer.body.media.preview_url);
	assert.ok(back.bytes.equals(poster));
	assert.equal(back.headers.get('content-type'), 'image/png');
	expectProblem(await put(ann, 'preview', png()), 409, 'conflict');
	expectProblem(await put(ann, 'thumbnail', png(3000, 10)), 422, 'media_too_complex');
	expectStatus(await put(ann, 'thumbnail', png(8, 8)), 200);
});

test('limits and quota are told', async () => {
	const cem = await register();
	const empty = (await cem.get('/media/limits')).body;
	assert.equal(empty.quota.used, 0);
	assert.ok(empty.piece_size >= 16384);
	assert.deepEqual(empty.purposes.image.types, ['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
	assert.equal(empty.purposes.file.types, null);
	const media = await uploadOk(cem, 'file', Buffer.from('some bytes'));
	assert.equal((await cem.get('/media/limits')).body.quota.used, 10);
	expectStatus(await cem.delete(`/media/files/${media.id}`), 204);
	assert.equal((await cem.get('/media/limits')).body.quota.used, 0);
});
