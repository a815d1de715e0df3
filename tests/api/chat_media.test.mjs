// Messages that carry media: what they say, who may see it, and when it goes.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { fetchBytes, uploadOk } from '../harness/media.mjs';
import { mp4, oggOpus, png } from '../harness/media_files.mjs';

let ann;
let bob;
let eve;
let conversation;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
	await befriend(bob, eve);
});

const carry = (person, place, kind, media_id, more = {}) => person.post(`/chat/conversations/${place}/messages`,
	{ client_key: randomUUID(), kind, body: { media_id, size: 1, url: 'https://example.org/' }, ...more });

async function carried(person, place, kind, media_id) {
	const answer = await carry(person, place, kind, media_id);
	expectStatus(answer, 201);
	return answer.body.message;
}

const urlsOf = async (person, ...media_ids) => (await person.post('/media/urls', { media_ids })).body.urls;
const sees = async (person, media) => (await urlsOf(person, media.id)).length === 1;

for (const [kind, bytes, body] of [
	['image', png(7, 5), { type: 'image/png', width: 7, height: 5, animated: false }],
	['voice', oggOpus(2500), { type: 'audio/ogg', duration_ms: 2500, waveform: '0f' }],
	['video', mp4(), { type: 'video/mp4', width: 640, height: 360, duration_ms: 4000 }],
	['file', Buffer.from('some text'), { type: 'text/plain', name: 'notes.txt' }],
]) {
	test(`a message of kind ${kind} says what the media is, and nothing that the client says`, async () => {
		const options = kind === 'file' ? { name: 'notes.txt' } : { query: kind === 'voice' ? '&waveform=0f' : '' };
		const media = await uploadOk(ann, kind, bytes, options);
		assert.ok(!await sees(bob, media));
		const live = await connectLive(bob);
		const message = await carried(ann, conversation, kind, media.id);
		const { placeholder } = media;
		assert.deepEqual(message.body, { media_id: media.id, size: bytes.length, ...body, ...(placeholder && { placeholder }) });
		const event = await live.next('message', (one) => one.seq === message.seq && one.conversation_id === conversation);
		closeAll(live);
		assert.deepEqual(event.body, message.body);
		assert.deepEqual((await history(bob, conversation)).at(-1), message);
		const [{ url }] = await urlsOf(bob, media.id);
		assert.ok((await fetchBytes(url)).bytes.equals(bytes));
		assert.ok(!await sees(eve, media));
	});
}

test('only one\'s own media, of that kind, can be sent', async () => {
	const media = await uploadOk(ann, 'image', png());
	for (const [person, kind, id] of [[ann, 'file', media.id], [bob, 'image', media.id], [ann, 'image', 2 ** 52]])
		expectProblem(await carry(person, conversation, kind, id), 422, 'invalid_field', 'body');
	const draft = { client_key: randomUUID(), kind: 'image', body: {} };
	expectProblem(await ann.post(`/chat/conversations/${conversation}/messages`, draft), 422, 'invalid_field', 'body');
});

test('sending again sends nothing more', async () => {
	const media = await uploadOk(ann, 'image', png());
	const key = randomUUID();
	expectStatus(await carry(ann, conversation, 'image', media.id, { client_key: key }), 201);
	expectStatus(await carry(ann, conversation, 'image', media.id, { client_key: key }), 200);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM media_use WHERE media_id = ${media.id}`), [['1']]);
});

test('a forwarded message takes what it carries along, singly and in a bundle', async () => {
	const [cem, dan] = [await register(), await register()];
	const [to_cem, to_dan] = [await befriend(bob, cem), await befriend(bob, dan)];
	const media = await uploadOk(ann, 'image', png());
	const { seq } = await carried(ann, conversation, 'image', media.id);
	const forward = (to, merged) => bob.post('/chat/forwards',
		{ client_key: randomUUID(), from_conversation: conversation, seqs: [seq], to_conversations: [to], merged });
	assert.ok(!await sees(cem, media) && !await sees(dan, media));
	expectStatus(await forward(to_cem, false), 201);
	expectStatus(await forward(to_dan, true), 201);
	assert.ok(await sees(cem, media) && await sees(dan, media));
	expectStatus(await ann.delete(`/chat/conversations/${conversation}/messages/${seq}`), 204);
	assert.ok(await sees(cem, media), 'what was forwarded is another message');
});

test('a recalled message carries nothing any more', async () => {
	const media = await uploadOk(ann, 'image', png());
	const { seq } = await carried(ann, conversation, 'image', media.id);
	assert.ok(await sees(bob, media));
	expectStatus(await ann.delete(`/chat/conversations/${conversation}/messages/${seq}`), 204);
	assert.ok(!await sees(bob, media));
	assert.ok(await sees(ann, media), 'it is still its owner\'s');
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${media.id}`);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok(!await sees(ann, media));
});

test('what is carried stays, however old, and cannot be deleted', async () => {
	const media = await uploadOk(ann, 'image', png());
	await carried(ann, conversation, 'image', media.id);
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${media.id}`);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok(await sees(bob, media));
	expectProblem(await ann.delete(`/media/files/${media.id}`), 409, 'conflict');
});

test('who is removed, came later, cleared it or deleted it gets no address', async () => {
	const group = await makeGroup(ann, [bob]);
	const early = await uploadOk(ann, 'image', png());
	const late = await uploadOk(ann, 'image', png(9, 9));
	await carried(ann, group.id, 'image', early.id);
	await befriend(ann, eve);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200, 201);
	const { seq } = await carried(ann, group.id, 'image', late.id);
	assert.deepEqual([await sees(bob, early), await sees(bob, late)], [true, true]);
	assert.deepEqual([await sees(eve, early), await sees(eve, late)], [false, true]);
	expectStatus(await eve.delete(`/chat/conversations/${group.id}/messages/${seq}?for=me`), 204);
	assert.ok(!await sees(eve, late));
	expectStatus(await bob.patch(`/chat/conversations/${group.id}`, { cleared_seq: seq }), 200);
	assert.deepEqual([await sees(bob, early), await sees(bob, late)], [false, false]);
	const again = await uploadOk(ann, 'image', png(8, 8));
	await carried(ann, group.id, 'image', again.id);
	assert.ok(await sees(bob, again));
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	assert.ok(!await sees(bob, again));
});

test('a poster comes before the message, not after', async () => {
	const film = await uploadOk(ann, 'video', mp4());
	await carried(ann, conversation, 'video', film.id);
	const answer = await ann.request('PUT', `/media/files/${film.id}/preview`, undefined,
		{ raw: png(), headers: { 'content-type': 'image/png' } });
	expectProblem(answer, 409, 'conflict');
});
