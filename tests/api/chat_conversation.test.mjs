// Opening a conversation, looking at it, and what each member changes for themselves alone.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';

let ann;
let bob;
let eve;
let conversation;
let path;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
	path = `/chat/conversations/${conversation}`;
});

const change = async (person, fields) => {
	const answer = await person.patch(path, fields);
	expectStatus(answer, 200);
	return answer.body.conversation;
};

const listed = async (person) =>
	(await person.get('/chat/sync')).body.conversations.some((head) => head.id === conversation);

test('friends have one conversation, whoever opens it', async () => {
	for (const [one, other] of [[ann, bob], [bob, ann], [ann, bob]]) {
		const answer = await one.post('/chat/conversations', { user_id: other.id });
		expectStatus(answer, 200);
		assert.equal(answer.body.conversation.id, conversation);
		assert.equal(answer.body.conversation.peer.id, other.id);
	}
});

test('only friends open one', async () => {
	expectProblem(await ann.post('/chat/conversations', { user_id: eve.id }), 403, 'not_friends');
	expectProblem(await ann.post('/chat/conversations', { user_id: 2 ** 52 }), 403, 'not_friends');
	expectProblem(await ann.post('/chat/conversations', { user_id: ann.id }), 422, 'invalid_field', 'user_id');
	for (const body of [{}, { user_id: 0 }, { user_id: 'x' }, { user_id: null }])
		expectProblem(await ann.post('/chat/conversations', body), 422, 'invalid_field', 'user_id');
});

test('members see its head, others do not', async () => {
	const answer = await ann.get(path);
	expectStatus(answer, 200);
	assert.equal(answer.body.conversation.id, conversation);
	const { conversations } = (await ann.get('/chat/sync')).body;
	assert.deepEqual(conversations.find((head) => head.id === conversation), answer.body.conversation);
	expectProblem(await eve.get(path), 403, 'not_a_member');
	expectProblem(await eve.get(`/chat/conversations/${2 ** 52}`), 403, 'not_a_member');
	expectProblem(await eve.patch(path, { pinned: true }), 403, 'not_a_member');
});

test('each sets their own', async () => {
	assert.equal((await change(ann, { pinned: true })).pinned, true);
	assert.equal((await change(ann, { notify: false })).pinned, true, 'what is not named stays');
	const his = (await bob.get(path)).body.conversation;
	assert.equal(his.pinned, false);
	assert.equal(his.notify, true);
	const hers = await change(ann, { pinned: false, notify: true });
	assert.equal(hers.pinned, false);
	assert.equal(hers.notify, true);
	expectStatus(await ann.patch(path, {}), 200);
});

for (const [field, values] of Object.entries({
	pinned: [1, 'yes'],
	notify: [0],
	hidden: ['no'],
	cleared_seq: [-1, 'all', 1.5],
})) {
	test(`${field} takes no other values`, async () => {
		for (const value of values)
			expectProblem(await ann.patch(path, { [field]: value }), 422, 'invalid_field', field);
	});
}

test('a hidden conversation is not listed until the next message', async () => {
	assert.equal((await change(ann, { hidden: true })).hidden, true);
	assert.equal(await listed(ann), false);
	assert.equal(await listed(bob), true);
	expectStatus(await bob.post('/chat/receipts', { receipts: [{ conversation_id: conversation, read_seq: 1 }] }), 204);
	assert.equal(await listed(ann), false, 'a receipt is no message');
	expectStatus(await send(bob, conversation, 'still there?'), 201);
	assert.equal(await listed(ann), true);
	assert.equal((await ann.get(path)).body.conversation.hidden, false);
});

test('a hidden conversation comes back when it is opened, or shown', async () => {
	await change(ann, { hidden: true });
	const opened = await ann.post('/chat/conversations', { user_id: bob.id });
	expectStatus(opened, 200);
	assert.equal(opened.body.conversation.hidden, false);
	assert.equal(await listed(ann), true);
	await change(ann, { hidden: true });
	assert.equal((await change(ann, { hidden: false })).hidden, false);
	assert.equal(await listed(ann), true);
});

test('whoever clears the past sees neither it nor a count of it', async () => {
	expectStatus(await send(bob, conversation, 'to be cleared'), 201);
	const before_ = (await ann.get(path)).body.conversation;
	assert.ok(before_.unread > 0);
	const after = await change(ann, { cleared_seq: before_.last_seq });
	assert.equal(after.unread, 0);
	assert.equal(after.last_message, null);
	assert.equal(after.cleared_seq, before_.last_seq);
	assert.equal((await bob.get(path)).body.conversation.last_message.body.text, 'to be cleared');
	expectStatus(await send(bob, conversation, 'fresh'), 201);
	const later = (await ann.get(path)).body.conversation;
	assert.equal(later.unread, 1);
	assert.equal(later.last_message.body.text, 'fresh');
});

test('how far somebody has read is told to friends only', async () => {
	const [cal, dan] = await Promise.all([register(), register()]);
	const own = await befriend(cal, dan);
	const head = async () => (await cal.get(`/chat/conversations/${own}`)).body.conversation;
	const { seq } = (await send(cal, own, 'read this')).body.message;
	const receipts = [{ conversation_id: own, read_seq: seq }];
	expectStatus(await dan.post('/chat/receipts', { receipts }), 204);
	assert.equal((await head()).peer_read_seq, seq);
	expectStatus(await cal.delete(`/social/friends/${dan.id}`), 204);
	assert.equal((await head()).peer_read_seq, 0);
	assert.equal((await head()).peer_delivered_seq, 0);
	assert.equal(await befriend(dan, cal), own);
	assert.equal((await head()).peer_read_seq, seq);
});
