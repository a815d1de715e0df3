// Receipts: how far somebody has got and read, and what that does to counts and marks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

async function head(person, conversation) {
	const answer = await person.get(`/chat/conversations/${conversation}`);
	expectStatus(answer, 200);
	return answer.body.conversation;
}

const receive = (person, ...receipts) => person.post('/chat/receipts', { receipts });

/** Two friends, and three messages from ann on top of the greeting, which bob's acceptance made. */
async function talk() {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	for (const text of ['one', 'two', 'three']) expectStatus(await send(ann, conversation, text), 201);
	return { ann, bob, conversation };
}

test('unread counts what others said, and reading takes it down', async () => {
	const { ann, bob, conversation } = await talk();
	assert.equal((await head(bob, conversation)).unread, 3);
	assert.equal((await head(ann, conversation)).unread, 0, 'whoever sends has read');
	expectStatus(await receive(bob, { conversation_id: conversation, read_seq: 3 }), 204);
	const his = await head(bob, conversation);
	assert.equal(his.unread, 1);
	assert.equal(his.read_seq, 3);
	const hers = await head(ann, conversation);
	assert.equal(hers.peer_read_seq, 3);
	assert.equal(hers.peer_delivered_seq, 3, 'what is read was delivered');
	expectStatus(await send(bob, conversation, 'answer'), 201);
	assert.equal((await head(bob, conversation)).unread, 0);
	assert.equal((await head(ann, conversation)).unread, 1);
	assert.equal((await head(ann, conversation)).peer_read_seq, 5);
});

test('delivered is not read', async () => {
	const { ann, bob, conversation } = await talk();
	expectStatus(await receive(bob, { conversation_id: conversation, delivered_seq: 4 }), 204);
	const hers = await head(ann, conversation);
	assert.equal(hers.peer_delivered_seq, 4);
	assert.equal(hers.peer_read_seq, 1);
	assert.equal((await head(bob, conversation)).unread, 3);
});

test('receipts never go back', async () => {
	const { ann, bob, conversation } = await talk();
	expectStatus(await receive(bob, { conversation_id: conversation, read_seq: 4 }), 204);
	for (const receipt of [{ read_seq: 2 }, { delivered_seq: 1 }, { read_seq: 0, delivered_seq: 0 }, {}])
		expectStatus(await receive(bob, { conversation_id: conversation, ...receipt }), 204);
	const hers = await head(ann, conversation);
	assert.equal(hers.peer_read_seq, 4);
	assert.equal(hers.peer_delivered_seq, 4);
	assert.equal((await head(bob, conversation)).unread, 0);
});

test('nobody reads what is not there yet', async () => {
	const { ann, bob, conversation } = await talk();
	expectStatus(await receive(bob, { conversation_id: conversation, read_seq: 1000 }), 204);
	assert.equal((await head(ann, conversation)).peer_read_seq, 4);
	expectStatus(await send(ann, conversation, 'four'), 201);
	assert.equal((await head(bob, conversation)).unread, 1);
});

test('receipts that come at once, in any order, end at the highest', async () => {
	const { ann, bob, conversation } = await talk();
	const seqs = [2, 4, 1, 3, 2, 4, 3, 1];
	await Promise.all(seqs.map(async (read_seq) =>
		expectStatus(await receive(bob, { conversation_id: conversation, read_seq }), 204)));
	assert.equal((await head(ann, conversation)).peer_read_seq, 4);
	assert.equal((await head(bob, conversation)).unread, 0);
});

test('many conversations go in one request, one of them twice', async () => {
	const [ann, ...others] = await people(4);
	const conversations = [];
	for (const other of others) {
		const conversation = await befriend(other, ann);
		expectStatus(await send(other, conversation, 'hi'), 201);
		conversations.push(conversation);
	}
	const receipts = conversations.map((id) => ({ conversation_id: id, read_seq: 2 }));
	receipts.push({ conversation_id: conversations[1], read_seq: 1, delivered_seq: 2 });
	expectStatus(await receive(ann, ...receipts.reverse()), 204);
	for (const [i, other] of others.entries())
		assert.equal((await head(other, conversations[i])).peer_read_seq, 2);
});

test('one conversation of others spoils the request', async () => {
	const { ann, bob, conversation } = await talk();
	const eve = await register();
	const hers = await befriend(eve, bob);
	const answer = await receive(eve, { conversation_id: hers, read_seq: 1 },
		{ conversation_id: conversation, read_seq: 4 });
	expectProblem(answer, 403, 'not_a_member');
	const none = await receive(eve, { conversation_id: 2 ** 52, read_seq: 1 });
	expectProblem(none, 403, 'not_a_member');
	assert.equal((await head(ann, conversation)).peer_read_seq, 1);
});

const many = (count) => Array.from({ length: count }, () => ({ conversation_id: 1 }));
for (const [name, body] of Object.entries({
	'no list': {},
	'an empty list': { receipts: [] },
	'a list too long': { receipts: many(101) },
	'something else than a list': { receipts: { conversation_id: 1 } },
	'a list of something else': { receipts: [7] },
	'no conversation': { receipts: [{ read_seq: 1 }] },
	'a negative position': { receipts: [{ conversation_id: 1, read_seq: -1 }] },
	'a position that is no number': { receipts: [{ conversation_id: 1, delivered_seq: '1' }] },
})) {
	test(`${name} is refused`, async () => {
		const ann = await register();
		expectProblem(await ann.post('/chat/receipts', body), 422, 'invalid_field', 'receipts');
	});
}

test('across a block neither sees how far the other has read; without it both do again', async () => {
	const { ann, bob, conversation } = await talk();
	const marks = async (person) => {
		const { peer_read_seq, peer_delivered_seq } = await head(person, conversation);
		return [peer_read_seq, peer_delivered_seq];
	};
	assert.deepEqual([await marks(ann), await marks(bob)], [[1, 1], [4, 4]]);
	expectStatus(await ann.put(`/social/blocks/${bob.id}`), 200);
	expectStatus(await receive(bob, { conversation_id: conversation, read_seq: 4 }), 204);
	assert.equal((await head(bob, conversation)).unread, 0, 'his own count moves');
	assert.deepEqual([await marks(ann), await marks(bob)], [[0, 0], [0, 0]]);
	expectStatus(await ann.delete(`/social/blocks/${bob.id}`), 204);
	assert.deepEqual([await marks(ann), await marks(bob)], [[4, 4], [4, 4]]);
});
