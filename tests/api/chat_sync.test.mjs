// Sync: all heads in one answer, nothing when nothing has changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

async function sync(person) {
	const answer = await person.get('/chat/sync');
	expectStatus(answer, 200);
	return answer.body;
}

async function unchanged(person, etag) {
	const answer = await person.get('/chat/sync', { headers: { 'if-none-match': etag } });
	expectStatus(answer, 200, 304);
	if (answer.status === 304) assert.equal(answer.text, '');
	return { same: answer.status === 304, etag: answer.headers.get('etag') };
}

test('whoever is new has nothing', async () => {
	const ann = await register();
	const started = Date.now();
	const body = await sync(ann);
	assert.deepEqual(Object.keys(body).sort(),
		['conversations', 'edit_window', 'moments_new', 'moments_unread', 'notifications_unread', 'poll_url',
			'recall_window', 'server_time']);
	assert.deepEqual(body.conversations, []);
	assert.equal(body.notifications_unread, 0);
	assert.equal(body.moments_unread, 0);
	assert.equal(body.moments_new, false);
	assert.ok(body.server_time >= started - 1000 && body.server_time <= Date.now() + 1000);
});

test('a head has the peer, the last message and the positions', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	const { message } = (await send(ann, conversation, '你好')).body;
	const { conversations } = await sync(bob);
	assert.equal(conversations.length, 1);
	const [{ peer, ...head }] = conversations;
	assert.deepEqual(head, {
		id: conversation,
		kind: 'direct',
		group: null,
		last_seq: 2,
		last_message: message,
		unread: 1,
		mentioned: 0,
		read_seq: 1,
		cleared_seq: 0,
		read_receipts: true,
		peer_read_seq: 2,
		peer_delivered_seq: 2,
		pinned: false,
		notify: true,
		hidden: false,
		mention_seqs: [],
		marked_unread: false,
		draft: null,
		draft_updated_at: 0,
		updated_at: message.created_at,
	});
	assert.equal(peer.id, ann.id);
	assert.equal(peer.username, ann.username);
	assert.equal(peer.phone, undefined);
	assert.equal(peer.email, undefined);
});

test('the conversation that was last talked in comes first', async () => {
	const [ann, ...others] = await people(4);
	const ids = [];
	for (const other of others) ids.push(await befriend(ann, other));
	for (const id of [ids[1], ids[0], ids[2]]) expectStatus(await send(ann, id, 'hi'), 201);
	const order = (await sync(ann)).conversations.map((head) => head.id);
	assert.deepEqual(order, [ids[2], ids[0], ids[1]]);
});

test('304 until something changes; the time of day is no change', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	const first = await bob.get('/chat/sync');
	let { etag } = { etag: first.headers.get('etag') };
	assert.ok(etag, 'there is an ETag');
	assert.match(first.headers.get('cache-control'), /no-cache/);
	assert.ok((await unchanged(bob, etag)).same);
	const later = await bob.get('/chat/sync');
	assert.equal(later.headers.get('etag'), etag);

	const changes = [
		() => send(ann, conversation, 'news'),
		() => bob.post('/chat/receipts', { receipts: [{ conversation_id: conversation, read_seq: 2 }] }),
		() => send(bob, conversation, 'more news'),
		() => ann.post('/chat/receipts', { receipts: [{ conversation_id: conversation, delivered_seq: 3 }] }),
		() => bob.patch(`/chat/conversations/${conversation}`, { pinned: true }),
		async () => ann.post('/social/friend-requests', { user_id: (await register()).id })
			.then(() => register()).then((cal) => cal.post('/social/friend-requests', { user_id: bob.id })),
	];
	for (const [i, change] of changes.entries()) {
		expectStatus(await change(), 200, 201, 204);
		const next = await unchanged(bob, etag);
		assert.equal(next.same, false, `change ${i} is seen`);
		({ etag } = next);
		assert.ok((await unchanged(bob, etag)).same);
	}
});

test('friend requests are counted', async () => {
	const [ann, bob] = await people(2);
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	assert.equal((await sync(bob)).notifications_unread, 1);
	assert.equal((await sync(ann)).notifications_unread, 0);
});

test('sync wants a token', async () => {
	const answer = await (await register()).get('/chat/sync', { token: undefined });
	expectProblem(answer, 401, 'unauthenticated');
});
