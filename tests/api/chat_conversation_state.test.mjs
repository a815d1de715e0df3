// What a member leaves in a conversation for all their devices: a draft, a mark of being unread;
// and where they were mentioned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const pathOf = (conversation) => `/chat/conversations/${conversation}`;

async function head(person, conversation) {
	const answer = await person.get(pathOf(conversation));
	expectStatus(answer, 200);
	const { conversations } = (await person.get('/chat/sync')).body;
	assert.deepEqual(conversations.find(({ id }) => id === conversation), answer.body.conversation);
	return answer.body.conversation;
}

async function change(person, conversation, fields) {
	const answer = await person.patch(pathOf(conversation), fields);
	expectStatus(answer, 200);
	return answer.body.conversation;
}

const read = async (person, conversation_id, read_seq) =>
	expectStatus(await person.post('/chat/receipts', { receipts: [{ conversation_id, read_seq }] }), 204);

async function talk() {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	for (const text of ['one', 'two', 'three']) expectStatus(await send(ann, conversation, text), 201);
	return { ann, bob, conversation };
}

test('a draft is kept as it was written, for its author alone', async () => {
	const { ann, bob, conversation } = await talk();
	const before = await head(bob, conversation);
	assert.deepEqual([before.draft, before.draft_updated_at], [null, 0]);
	const text = ' 你好,\n\tAnn 👋🏽 ';
	const started = Date.now();
	const changed = await change(bob, conversation, { draft: { text, reply_to: 2 } });
	assert.deepEqual(changed.draft, { text, reply_to: 2, updated_at: changed.draft_updated_at });
	assert.ok(Math.abs(changed.draft_updated_at - started) < 5000);
	assert.deepEqual(await head(bob, conversation), changed);
	assert.equal((await head(ann, conversation)).draft, null);
	assert.equal(changed.updated_at, before.updated_at, 'nothing was said');
	const { draft } = await change(bob, conversation, { draft: { text: 'else', reply_to: null } });
	assert.deepEqual([draft.text, draft.reply_to], ['else', null], 'the last write is what stays');
	assert.equal((await change(bob, conversation, { pinned: true })).draft.text, 'else');
});

test('an empty text clears a draft; its time only rises', async () => {
	const { bob, conversation } = await talk();
	let last = 0;
	for (const text of ['a', '', '', 'b', 'b', '']) {
		const { draft, draft_updated_at } = await change(bob, conversation, { draft: { text, reply_to: 1 } });
		assert.deepEqual(draft, text === '' ? null : { text, reply_to: 1, updated_at: draft_updated_at });
		assert.ok(draft_updated_at > last);
		last = draft_updated_at;
	}
});

test('a draft is as long as a message can be', async () => {
	const { bob, conversation } = await talk();
	const longest = '😀'.repeat(8000);
	assert.equal((await change(bob, conversation, { draft: { text: longest } })).draft.text, longest);
	expectStatus(await send(bob, conversation, longest), 201);
	const answer = await bob.patch(pathOf(conversation), { draft: { text: `${longest}x` } });
	expectProblem(answer, 422, 'invalid_field', 'draft');
	assert.equal((await head(bob, conversation)).draft.text, longest);
});

for (const [name, draft] of Object.entries({
	'no object': 'hello',
	'a list': ['hello'],
	'no text': { reply_to: 1 },
	'no text but null': { text: null },
	'a text that is none': { text: 7 },
	'a control character': { text: 'a\u0007b' },
	'an answer to nothing': { text: 'a', reply_to: 0 },
	'an answer to something that is no number': { text: 'a', reply_to: '1' },
})) {
	test(`as a draft, ${name} is refused, and nothing beside it is done`, async () => {
		const { bob, conversation } = await talk();
		const fields = { draft, pinned: true, cleared_seq: 4 };
		expectProblem(await bob.patch(pathOf(conversation), fields), 422, 'invalid_field', 'draft');
		const { pinned, unread, cleared_seq } = await head(bob, conversation);
		assert.deepEqual([pinned, unread, cleared_seq], [false, 3, 0]);
	});
}

test('who is not in it keeps nothing in it', async () => {
	const { ann, conversation } = await talk();
	const eve = await register();
	for (const fields of [{ draft: { text: 'x' } }, { marked_unread: true }])
		expectProblem(await eve.patch(pathOf(conversation), fields), 403, 'not_a_member');
	const group = await makeGroup(ann);
	expectProblem(await eve.patch(pathOf(group.id), { draft: { text: 'x' } }), 403, 'not_a_member');
});

test('who leaves a group leaves no draft behind', async () => {
	const { ann, bob } = await talk();
	const group = await makeGroup(ann, [bob]);
	await change(bob, group.id, { draft: { text: 'farewell' }, marked_unread: true });
	expectStatus(await bob.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [bob.id] }), 200);
	const { draft, marked_unread } = await head(bob, group.id);
	assert.deepEqual([draft, marked_unread], [null, false]);
});

test('marked as unread, until it is said not to be', async () => {
	const { ann, bob, conversation } = await talk();
	await read(bob, conversation, 4);
	const marked = await change(bob, conversation, { marked_unread: true });
	assert.deepEqual([marked.marked_unread, marked.unread, marked.read_seq], [true, 0, 4]);
	assert.equal((await head(ann, conversation)).marked_unread, false);
	await change(bob, conversation, { pinned: true });
	assert.equal((await head(bob, conversation)).marked_unread, true);
	assert.equal((await change(bob, conversation, { marked_unread: false })).marked_unread, false);
	for (const value of [1, 'yes'])
		expectProblem(await bob.patch(pathOf(conversation), { marked_unread: value }), 422, 'invalid_field',
			'marked_unread');
});

test('reading something ends the mark; what reads nothing does not', async () => {
	const { ann, bob, conversation } = await talk();
	await read(bob, conversation, 2);
	await change(bob, conversation, { marked_unread: true });
	await read(bob, conversation, 1);
	await read(bob, conversation, 2);
	const delivered = [{ conversation_id: conversation, delivered_seq: 4 }];
	expectStatus(await bob.post('/chat/receipts', { receipts: delivered }), 204);
	expectStatus(await send(ann, conversation, 'four'), 201);
	assert.equal((await head(bob, conversation)).marked_unread, true);
	await read(bob, conversation, 3);
	assert.equal((await head(bob, conversation)).marked_unread, false);
	await change(bob, conversation, { marked_unread: true });
	expectStatus(await send(bob, conversation, 'mine'), 201);
	assert.equal((await head(bob, conversation)).marked_unread, false, 'who writes has read');
	await change(bob, conversation, { marked_unread: true, cleared_seq: 5 });
	assert.equal((await head(bob, conversation)).marked_unread, true, 'all was read before');
});

test('another device learns of all of it at once, the other person of nothing', async (t) => {
	const { ann, bob, conversation } = await talk();
	const phone = await logIn(bob, 'phone');
	const [annLive, bobLive, phoneLive] = await Promise.all([ann, bob, phone].map((one) => connectLive(one)));
	t.after(() => closeAll(annLive, bobLive, phoneLive));
	for (const fields of [
		{ draft: { text: 'begun', reply_to: 2 } }, { draft: { text: '' } }, { marked_unread: true },
		{ marked_unread: false }, { pinned: true }, { notify: false }, { hidden: true }, { hidden: false },
		{ cleared_seq: 3 },
	]) {
		const changed = await change(bob, conversation, fields);
		for (const live of [bobLive, phoneLive])
			assert.deepEqual((await live.next('conversation')).conversation, changed);
	}
	expectStatus(await send(bob, conversation, 'mark'), 201);
	await annLive.next('message', ({ body }) => body.text === 'mark');
	assert.deepEqual(annLive.events.filter(({ event }) => event === 'conversation'), []);
});

test('where I was mentioned and have not read: the first twenty, and how many in all', async () => {
	const [ann, bob, cem] = await people(3);
	await befriend(ann, bob);
	await befriend(ann, cem);
	const group = await makeGroup(ann, [bob, cem]);
	const say = async (options) => (await send(ann, group.id, 'hear', options)).body.message.seq;
	const named = [];
	for (let i = 0; i < 24; i++) {
		if (i % 2) await say({});
		named.push(await say(i % 3 ? { mentions: [bob.id] } : { mentions: [bob.id], mention_all: true }));
	}
	const mentions = async (person) => {
		const { mentioned, mention_seqs } = await head(person, group.id);
		return [mentioned, mention_seqs];
	};
	const all = named.filter((_, i) => i % 3 === 0);
	assert.deepEqual(await mentions(bob), [24, named.slice(0, 20)]);
	assert.deepEqual(await mentions(cem), [8, all]);
	assert.deepEqual(await mentions(ann), [0, []]);
	await read(bob, group.id, named[9]);
	assert.deepEqual(await mentions(bob), [14, named.slice(10)]);
	await change(cem, group.id, { cleared_seq: all[5] });
	assert.deepEqual(await mentions(cem), [2, all.slice(6)]);
	expectStatus(await send(cem, group.id, 'heard'), 201);
	assert.deepEqual(await mentions(cem), [0, []]);
});
