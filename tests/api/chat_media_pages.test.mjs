// A conversation's images, files … page by page, without what stands between them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { uploadOk } from '../harness/media.mjs';
import { mp4, oggOpus, png } from '../harness/media_files.mjs';

let ann;
let bob;
let conversation;
const seqs = { image: [], video: [], voice: [], file: [] };

const BYTES = { image: png(), video: mp4(), voice: oggOpus(), file: Buffer.from('some text') };

async function carry(person, place, kind) {
	const { id } = await uploadOk(person, kind, BYTES[kind]);
	const answer = await person.post(`/chat/conversations/${place}/messages`,
		{ client_key: randomUUID(), kind, body: { media_id: id } });
	expectStatus(answer, 201);
	return answer.body.message;
}

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	conversation = await befriend(ann, bob);
	for (const kind of ['image', 'voice', 'image', 'file', 'video', 'image', 'voice', 'image']) {
		expectStatus(await send(bob, conversation, 'in between'), 201);
		seqs[kind].push((await carry(ann, conversation, kind)).seq);
	}
});

const ask = (person, place, query) => person.get(`/chat/conversations/${place}/messages?${query}`);

async function page(query, person = bob, place = conversation) {
	const answer = await ask(person, place, query);
	expectStatus(answer, 200);
	return { seqs: answer.body.messages.map(({ seq }) => seq), more: answer.body.more };
}

const ascending = (...lists) => lists.flat().sort((a, b) => a - b);

test('of each kind, and of several, ascending', async () => {
	const { image, video, voice, file } = seqs;
	assert.deepEqual(await page('kinds=image'), { seqs: image, more: false });
	assert.deepEqual(await page('kinds=file'), { seqs: file, more: false });
	assert.deepEqual(await page('kinds=image,video'), { seqs: ascending(image, video), more: false });
	const all = ascending(image, video, voice, file);
	assert.deepEqual(await page('kinds=file,voice,video,image'), { seqs: all, more: false });
});

test('a message is the same as in the whole history', async () => {
	const whole = await history(bob, conversation);
	const { body } = await ask(bob, conversation, 'kinds=image,file');
	assert.deepEqual(body.messages, whole.filter(({ kind }) => ['image', 'file'].includes(kind)));
});

test('page by page, both ways', async () => {
	const all = ascending(seqs.image, seqs.video);
	assert.deepEqual(await page('kinds=image,video&limit=2'), { seqs: all.slice(-2), more: true });
	assert.deepEqual(await page(`kinds=image,video&limit=2&before=${all.at(-2)}`), { seqs: all.slice(-4, -2), more: true });
	assert.deepEqual(await page(`kinds=image,video&limit=2&before=${all[1]}`), { seqs: all.slice(0, 1), more: false });
	assert.deepEqual(await page('kinds=image,video&limit=2&after=0'), { seqs: all.slice(0, 2), more: true });
	assert.deepEqual(await page(`kinds=image,video&limit=3&after=${all[1]}`), { seqs: all.slice(2), more: false });
	assert.deepEqual(await page(`kinds=image,video&before=${all[0]}`), { seqs: [], more: false });
});

test('neither what was recalled nor what one has deleted, nor what one has cleared', async () => {
	const [eve, dan] = await Promise.all([register(), register()]);
	const place = await befriend(eve, dan);
	const sent = [];
	for (let i = 0; i < 4; i++) sent.push((await carry(eve, place, 'image')).seq);
	const path = `/chat/conversations/${place}`;
	expectStatus(await eve.delete(`${path}/messages/${sent[1]}`), 204);
	expectStatus(await dan.delete(`${path}/messages/${sent[3]}?for=me`), 204);
	assert.deepEqual((await page('kinds=image', eve, place)).seqs, [sent[0], sent[2], sent[3]]);
	assert.deepEqual(await page('kinds=image&limit=2', dan, place), { seqs: [sent[0], sent[2]], more: false });
	expectStatus(await dan.patch(path, { cleared_seq: sent[0] }), 200);
	assert.deepEqual((await page('kinds=image', dan, place)).seqs, [sent[2]]);
	assert.deepEqual((await page('kinds=image', eve, place)).seqs, [sent[0], sent[2], sent[3]]);
});

test('a bundle is none of what is in it', async () => {
	const cem = await register();
	const place = await befriend(bob, cem);
	const forward = { client_key: randomUUID(), from_conversation: conversation, seqs: [seqs.image[0]], to_conversations: [place] };
	expectStatus(await bob.post('/chat/forwards', { ...forward, merged: true }), 201);
	assert.deepEqual((await page('kinds=image', cem, place)).seqs, []);
	expectStatus(await bob.post('/chat/forwards', { ...forward, client_key: randomUUID() }), 201);
	assert.equal((await page('kinds=image', cem, place)).seqs.length, 1);
});

test('who came later sees what came later, who was removed sees nothing', async () => {
	const late = await register();
	const group = await makeGroup(ann, [bob]);
	await carry(ann, group.id, 'image');
	await befriend(ann, late);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [late.id] }), 200, 201);
	const { seq } = await carry(ann, group.id, 'image');
	assert.deepEqual((await page('kinds=image', late, group.id)).seqs, [seq]);
	assert.equal((await page('kinds=image', bob, group.id)).seqs.length, 2);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	expectProblem(await ask(bob, group.id, 'kinds=image'), 403, 'not_a_member');
	expectProblem(await ask(bob, group.id, 'kinds=voice'), 403, 'not_a_member');
});

for (const kinds of ['', 'text', 'image,', ',image', 'image,image', 'image;video', 'Image', 'image, video'])
	test(`kinds=${kinds} is refused`, async () => {
		const answer = await ask(bob, conversation, `kinds=${encodeURIComponent(kinds)}`);
		expectProblem(answer, 422, 'invalid_field', 'kinds');
	});
