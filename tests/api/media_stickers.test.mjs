// Stickers: one's own, favourites, sending them, who may see their pictures, and when those go.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { fetchBytes, upload, uploadOk } from '../harness/media.mjs';
import { gif, hollowGif, jpeg, oggOpus, png } from '../harness/media_files.mjs';
import { addPack, newPicture, ownSticker, packOf, sendSticker, sentSticker, stickersOf } from '../harness/stickers.mjs';
import { eventually } from '../harness/wait.mjs';

let ann;
let bob;
let eve;
let conversation;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
});

const idsOf = (stickers) => stickers.map(({ id }) => id);
const urlOf = async (person, media_id) => (await person.post('/media/urls', { media_ids: [media_id] })).body.urls[0]?.url;
const favourite = (person, sticker) => person.put(`/media/stickers/${sticker.id}/favourite`);
const forget = (person, sticker) => person.delete(`/media/stickers/${sticker.id}/favourite`);

/** What nothing refers to, however new. */
async function collect(media_id) {
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${media_id}`);
	const { status, out } = await hichatctl(['gc']);
	assert.equal(status, 0, out);
}
const isStored = async (media_id) => (await sql(`SELECT 1 FROM media WHERE id = ${media_id}`)).length === 1;

test('a sticker is made of an upload, listed and deleted', async () => {
	const cat = await register();
	const media = await uploadOk(cat, 'sticker', gif({ animated: true }));
	assert.deepEqual([media.purpose, media.animated, media.width, media.preview_url], ['sticker', true, 5, null]);
	const made = await cat.post('/media/stickers', { media_id: media.id, emoji: '😺' });
	expectStatus(made, 201);
	const { sticker } = made.body;
	assert.deepEqual(sticker, { id: sticker.id, pack_id: null, media_id: media.id, emoji: '😺', keywords: [], width: 5,
		height: 4, animated: true });
	const again = await cat.post('/media/stickers', { media_id: media.id });
	expectStatus(again, 200);
	assert.equal(again.body.sticker.id, sticker.id);
	const later = await ownSticker(cat);
	assert.deepEqual(idsOf((await stickersOf(cat)).own), [later.id, sticker.id]);
	expectProblem(await cat.delete(`/media/files/${media.id}`), 409, 'conflict');
	expectStatus(await cat.delete(`/media/stickers/${sticker.id}`), 204);
	expectProblem(await cat.delete(`/media/stickers/${sticker.id}`), 404, 'not_found');
	assert.deepEqual(idsOf((await stickersOf(cat)).own), [later.id]);
	await collect(media.id);
	assert.ok(!await isStored(media.id));
});

test('a list that has not changed is not sent again', async () => {
	const cat = await register();
	await eventually('nobody adds a pack meanwhile', async () => {
		const etag = (await cat.get('/media/stickers')).headers.get('etag');
		return (await cat.get('/media/stickers', { headers: { 'if-none-match': etag } })).status === 304;
	});
});

test('what cannot be a sticker is refused', async () => {
	for (const [bytes, code] of [
		[oggOpus(1000), 'unsupported_type'], [Buffer.from('no picture'), 'unsupported_type'],
		[png().subarray(0, 40), 'bad_media'], [hollowGif(600, 10, 2), 'media_too_complex'],
	]) {
		const answer = await upload(ann, 'sticker', bytes);
		assert.equal(answer.body.code, code, answer.text);
	}
	const large = await upload(ann, 'sticker', Buffer.alloc(0),
		{ headers: { 'upload-complete': '?0', 'upload-length': String(2 << 20) } });
	expectProblem(large, 413, 'too_large');
	const voice = await uploadOk(ann, 'voice', oggOpus(1000));
	const picture = await uploadOk(ann, 'sticker', newPicture());
	for (const [body, field] of [
		[{}, 'media_id'], [{ media_id: voice.id }, 'media_id'], [{ media_id: 2 ** 52 }, 'media_id'],
		[{ media_id: picture.id, emoji: 'x' }, 'emoji'], [{ media_id: picture.id, emoji: '😺😺' }, 'emoji'],
	]) expectProblem(await ann.post('/media/stickers', body), 422, 'invalid_field', field);
	expectProblem(await bob.post('/media/stickers', { media_id: picture.id }), 422, 'invalid_field', 'media_id');
});

test('a sticker that somebody sends is seen by who reads the message, and by nobody else', async () => {
	const sticker = await ownSticker(ann, { emoji: '😀' });
	assert.equal(await urlOf(bob, sticker.media_id), undefined);
	const message = await sentSticker(ann, conversation, sticker.id);
	const { type, size, ...said } = message.body;
	assert.deepEqual(said, { sticker_id: sticker.id, media_id: sticker.media_id, width: 40, height: 30, animated: false, emoji: '😀' });
	assert.ok(type === 'image/png' && size > 0);
	assert.deepEqual((await history(bob, conversation)).at(-1).body, message.body);
	const seen = await fetchBytes(await urlOf(bob, sticker.media_id));
	assert.equal(seen.bytes.length, size);
	assert.equal(await urlOf(eve, sticker.media_id), undefined);
	const anywhere = await befriend(bob, eve);
	const forward = { client_key: 'f', from_conversation: conversation, seqs: [message.seq], to_conversations: [anywhere] };
	expectStatus(await bob.post('/chat/forwards', forward), 201);
	assert.ok(await urlOf(eve, sticker.media_id));
	assert.deepEqual((await history(eve, anywhere)).at(-1).body, { ...message.body, forwarded: true });
});

test('only what is at hand can be sent', async () => {
	const sticker = await ownSticker(ann);
	for (const id of [sticker.id, 2 ** 52])
		expectProblem(await sendSticker(bob, conversation, id), 422, 'invalid_field', 'body');
	expectProblem(await sendSticker(bob, conversation, undefined), 422, 'invalid_field', 'body');
	await sentSticker(ann, conversation, sticker.id);
	expectProblem(await sendSticker(bob, conversation, sticker.id), 422, 'invalid_field', 'body');
	expectStatus(await favourite(bob, sticker), 200);
	await sentSticker(bob, conversation, sticker.id);
	expectStatus(await forget(bob, sticker), 204);
	expectProblem(await sendSticker(bob, conversation, sticker.id), 422, 'invalid_field', 'body');
});

test('what was sent lately comes first, once, and only as long as it is at hand', async () => {
	const cat = await register();
	const place = await befriend(cat, bob);
	const [first, second] = [await ownSticker(cat), await ownSticker(cat)];
	for (const { id } of [first, second, first]) await sentSticker(cat, place, id);
	assert.deepEqual(idsOf((await stickersOf(cat)).recent), [first.id, second.id]);
	expectStatus(await cat.delete(`/media/stickers/${first.id}`), 204);
	assert.deepEqual(idsOf((await stickersOf(cat)).recent), [second.id]);
});

test('a favourite is whatever one sees, and stays when its owner deletes it', async () => {
	const sticker = await ownSticker(ann);
	expectProblem(await favourite(bob, sticker), 404, 'not_found');
	expectProblem(await favourite(bob, { id: 2 ** 52 }), 404, 'not_found');
	const { seq } = await sentSticker(ann, conversation, sticker.id);
	for (let times = 0; times < 2; times++) expectStatus(await favourite(bob, sticker), 200);
	assert.deepEqual(idsOf((await stickersOf(bob)).favourites), [sticker.id]);
	expectStatus(await ann.delete(`/chat/conversations/${conversation}/messages/${seq}`), 204);
	expectStatus(await ann.delete(`/media/stickers/${sticker.id}`), 204);
	assert.deepEqual((await stickersOf(ann)).own.filter(({ id }) => id === sticker.id), []);
	await collect(sticker.media_id);
	assert.ok(await urlOf(bob, sticker.media_id));
	await sentSticker(bob, conversation, sticker.id);
	for (let times = 0; times < 2; times++) expectStatus(await forget(bob, sticker), 204);
	assert.deepEqual(await sql(`SELECT 1 FROM sticker WHERE id = ${sticker.id}`), []);
	await collect(sticker.media_id);
	assert.ok(await urlOf(bob, sticker.media_id), 'the message carries it');
});

test('a deleted sticker stays in the messages that carry it', async () => {
	const sticker = await ownSticker(ann);
	await sentSticker(ann, conversation, sticker.id);
	expectStatus(await ann.delete(`/media/stickers/${sticker.id}`), 204);
	await collect(sticker.media_id);
	assert.equal((await fetchBytes(await urlOf(bob, sticker.media_id))).status, 200);
	assert.equal((await hichatctl(['fsck'])).status, 0);
});

test('an image that one sees becomes a sticker of one\'s own, which outlives the message', async () => {
	const image = await uploadOk(ann, 'image', jpeg());
	const draft = { client_key: 'i', kind: 'image', body: { media_id: image.id } };
	const sent = await ann.post(`/chat/conversations/${conversation}/messages`, draft);
	expectStatus(sent, 201);
	expectProblem(await eve.post('/media/stickers', { media_id: image.id }), 422, 'invalid_field', 'media_id');
	const made = await bob.post('/media/stickers', { media_id: image.id });
	expectStatus(made, 201);
	const { sticker } = made.body;
	assert.deepEqual([sticker.width, sticker.height, sticker.media_id === image.id], [40, 30, false]);
	expectStatus(await bob.post('/media/stickers', { media_id: image.id }), 200);
	expectStatus(await ann.delete(`/chat/conversations/${conversation}/messages/${sent.body.message.seq}`), 204);
	expectStatus(await ann.delete(`/media/files/${image.id}`), 204);
	await collect(image.id);
	assert.equal((await fetchBytes(await urlOf(bob, sticker.media_id))).status, 200);
	await sentSticker(bob, conversation, sticker.id);
});

test('what is large and stands still is shrunk', async () => {
	const media = await uploadOk(ann, 'sticker', png(700, 350));
	assert.deepEqual([media.width, media.height, media.type], [512, 256, 'image/webp']);
	assert.ok(media.thumbnail_url !== null && media.preview_url === null);
	assert.equal((await fetchBytes(media.url)).bytes.length, media.size);
});

test('a pack is everybody\'s: its stickers are seen, sent and kept', async () => {
	const { name } = await addPack({ 'a.png': { bytes: newPicture(), emoji: '🐱', keywords: ['cat'] } });
	const { stickers: [sticker] } = await packOf(eve, name);
	assert.equal((await fetchBytes(await urlOf(eve, sticker.media_id))).status, 200);
	expectProblem(await eve.delete(`/media/stickers/${sticker.id}`), 404, 'not_found');
	expectStatus(await favourite(eve, sticker), 200);
	const { body } = await sentSticker(ann, conversation, sticker.id);
	assert.deepEqual([body.emoji, body.media_id], ['🐱', sticker.media_id]);
	assert.equal((await hichatctl(['sticker-pack', 'remove', name])).status, 0);
	assert.deepEqual(idsOf((await stickersOf(eve)).favourites), []);
	expectProblem(await sendSticker(ann, conversation, sticker.id), 422, 'invalid_field', 'body');
	await collect(sticker.media_id);
	assert.ok(await urlOf(bob, sticker.media_id), 'the message carries it');
	assert.equal(await urlOf(eve, sticker.media_id), undefined);
});

test('nobody has more than there is room for', async () => {
	const cat = await register();
	const sticker = await ownSticker(cat);
	await sql(`INSERT INTO sticker (owner_id, media_id, emoji, keywords, position, created_at)
		SELECT ${cat.id}, ${sticker.media_id}, '', '[]', 0, 0 FROM seq_1_to_299`);
	const media = await uploadOk(cat, 'sticker', newPicture());
	expectProblem(await cat.post('/media/stickers', { media_id: media.id }), 409, 'too_many_stickers');
	await sql(`INSERT INTO sticker_favourite (user_id, sticker_id, created_at)
		SELECT ${cat.id}, id, 0 FROM sticker WHERE owner_id = ${cat.id} AND id <> ${sticker.id}`);
	expectStatus(await favourite(cat, sticker), 200);
	const { name } = await addPack({ 'a.png': { bytes: newPicture() } });
	const { stickers: [packed] } = await packOf(cat, name);
	expectProblem(await favourite(cat, packed), 409, 'too_many_stickers');
	expectStatus(await favourite(cat, sticker), 200);
	assert.equal((await hichatctl(['sticker-pack', 'remove', name])).status, 0);
});
