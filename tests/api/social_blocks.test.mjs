// Blocks: what they end, what they leave as it is, and that the blocked one is told nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const block = (who, whom) => who.put(`/social/blocks/${whom.id}`);
const unblock = (who, whom) => who.delete(`/social/blocks/${whom.id}`);
const ask = (who, whom, more = {}) => who.post('/social/friend-requests', { user_id: whom.id, ...more });
const answer = (who, request, status) => who.put(`/social/friend-requests/${request.id}`, { status });
const listOf = async (who, query = '') => {
	const list = await who.get(`/social/blocks${query}`);
	expectStatus(list, 200);
	return list.body;
};
const outboxOf = async (who) => (await who.get('/social/friend-requests?box=out')).body.requests;

test('a block is set once, listed, and taken back', async () => {
	const [ann, bob] = await people(2);
	const first = await block(ann, bob);
	expectStatus(first, 200);
	assert.equal(first.body.block.user.id, bob.id);
	const again = await block(ann, bob);
	expectStatus(again, 200);
	assert.deepEqual(again.body, first.body, 'it keeps its time');
	assert.deepEqual(await listOf(ann), { blocks: [first.body.block], more: false });
	assert.deepEqual((await listOf(bob)).blocks, [], 'it is hers alone');
	expectStatus(await unblock(ann, bob), 204);
	assert.deepEqual((await listOf(ann)).blocks, []);
	expectProblem(await unblock(ann, bob), 404, 'not_found');
});

test('the list is paged by key, and leaves out who is gone', async () => {
	const [ann, ...others] = await people(6);
	for (const other of others) expectStatus(await block(ann, other), 200);
	const ids = others.map((o) => o.id).sort((a, b) => a - b);
	const first = await listOf(ann, '?limit=3');
	assert.deepEqual([first.blocks.map((b) => b.user.id), first.more], [ids.slice(0, 3), true]);
	const second = await listOf(ann, `?limit=3&after=${ids[2]}`);
	assert.deepEqual([second.blocks.map((b) => b.user.id), second.more], [ids.slice(3), false]);
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${ids[0]}`);
	assert.deepEqual((await listOf(ann)).blocks.map((b) => b.user.id), ids.slice(1));
});

test('refused: oneself, nobody, somebody who is gone, no token', async () => {
	const [ann, gone] = await people(2);
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${gone.id}`);
	expectProblem(await block(ann, ann), 422, 'invalid_field', 'user');
	expectProblem(await unblock(ann, ann), 404, 'not_found');
	for (const id of [2 ** 52, gone.id]) {
		expectProblem(await block(ann, { id }), 404, 'not_found');
		expectProblem(await unblock(ann, { id }), 404, 'not_found');
	}
	expectProblem(await ann.get('/social/blocks?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get('/social/blocks?after=x'), 422, 'invalid_field', 'after');
	expectProblem(await api('PUT', `/social/blocks/${ann.id}`), 401, 'unauthenticated');
	assert.deepEqual((await listOf(ann)).blocks, []);
});

test('nobody asks across a block, in neither direction; without it they may', async () => {
	const [ann, bob] = await people(2);
	expectStatus(await block(ann, bob), 200);
	expectProblem(await ask(bob, ann), 403, 'blocked');
	expectProblem(await ask(ann, bob), 403, 'blocked');
	assert.equal((await ann.get('/social/notifications')).body.unread, 0);
	expectStatus(await unblock(ann, bob), 204);
	expectStatus(await ask(bob, ann), 201);
});

test('while both block, one of them taking it back changes nothing', async () => {
	const [ann, bob] = await people(2);
	expectStatus(await block(ann, bob), 200);
	expectStatus(await block(bob, ann), 200);
	expectStatus(await unblock(ann, bob), 204);
	expectProblem(await ask(ann, bob), 403, 'blocked');
	expectStatus(await unblock(bob, ann), 204);
	expectStatus(await ask(ann, bob), 201);
});

test('what the blocked one had asked is declined, and they are told nothing', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(bob, ann)).body;
	expectStatus(await block(ann, bob), 200);
	assert.deepEqual((await outboxOf(bob)).map((r) => [r.id, r.status]), [[request.id, 'declined']]);
	assert.equal((await bob.get('/social/notifications')).body.unread, 0);
	expectProblem(await answer(ann, request, 'accepted'), 409, 'already_answered');
	assert.deepEqual((await ann.get('/social/friends')).body.friends, []);
});

test('what the blocking one had asked is as if withdrawn, and can be asked again afterwards', async () => {
	const [ann, bob, cem] = await people(3);
	const { request } = (await ask(ann, bob)).body;
	const other = (await ask(cem, bob)).body.request;
	expectStatus(await block(ann, bob), 200);
	expectStatus(await cem.delete(`/social/friend-requests/${other.id}`), 204);
	const inbox = (await bob.get('/social/friend-requests?box=in')).body.requests;
	assert.deepEqual(inbox.map((r) => [r.id, r.status, r.answered_at !== null]),
		[other, request].map(({ id }) => [id, 'withdrawn', true]), 'a block and a withdrawal look the same');
	expectProblem(await answer(bob, request, 'accepted'), 409, 'already_answered');
	assert.deepEqual((await outboxOf(ann)).map((r) => r.status), ['withdrawn']);
	expectStatus(await unblock(ann, bob), 204);
	expectStatus(await ask(ann, bob), 201);
});

test('what had expired before the block stays so', async () => {
	for (const [from, to] of [[0, 1], [1, 0]]) {
		const pair = await people(2);
		const { request } = (await ask(pair[from], pair[to])).body;
		await sql(`UPDATE friend_request SET created_at = created_at - ${31 * 86_400_000} WHERE id = ${request.id}`);
		const seen = async () => (await pair[1].get(`/social/friend-requests?box=${from ? 'out' : 'in'}`)).body.requests
			.map(({ status, answered_at }) => [status, answered_at]);
		assert.deepEqual(await seen(), [['expired', null]]);
		expectStatus(await block(...pair), 200);
		assert.deepEqual(await seen(), [['expired', null]], 'nothing of it tells of the block');
	}
});

test('friends stay friends, and the blocked one still finds the other', async () => {
	const [ann, bob] = await people(2);
	await befriend(ann, bob);
	expectStatus(await block(ann, bob), 200);
	for (const [one, other] of [[ann, bob], [bob, ann]]) {
		const { friends } = (await one.get('/social/friends')).body;
		assert.deepEqual(friends.map((f) => f.user.id), [other.id]);
		expectStatus(await one.get(`/account/users/${other.id}`), 200);
		expectProblem(await ask(one, other), 409, 'already_friends');
	}
});

test('blocking and accepting at the same instant: never a new friendship across the block', async () => {
	for (let round = 0; round < 5; round += 1) {
		const [ann, bob] = await people(2);
		const { request } = (await ask(ann, bob)).body;
		const [blocked, accepted] = await Promise.all([block(ann, bob), answer(bob, request, 'accepted')]);
		expectStatus(blocked, 200);
		if (accepted.status !== 200) expectProblem(accepted, 409, 'already_answered');
		const friends = (await bob.get('/social/friends')).body.friends.length;
		assert.equal(friends, accepted.status === 200 ? 1 : 0, 'accepted before, or not at all');
		expectProblem(await ask(bob, ann), friends ? 409 : 403, friends ? 'already_friends' : 'blocked');
	}
});

test('neither writes to the other, both keep the history, and unblocking mends it', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	expectStatus(await send(bob, conversation, 'before'), 201);
	expectStatus(await block(ann, bob), 200);
	for (const one of [ann, bob]) {
		expectProblem(await send(one, conversation, 'across'), 403, 'blocked');
		assert.equal((await history(one, conversation)).at(-1).body.text, 'before');
	}
	expectStatus(await unblock(ann, bob), 204);
	for (const one of [ann, bob]) expectStatus(await send(one, conversation, 'again'), 201);
});

test('no send is accepted after the block was', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	let blocked = false;
	let late = 0;
	const outcomes = new Set();
	const sending = Array.from({ length: 4 }, async (_, n) => {
		for (let i = 0; i < 25; i += 1) {
			const started = blocked;
			const { status } = await send(bob, conversation, `${n}.${i}`);
			outcomes.add(status);
			if (started && status !== 403) late += 1;
		}
	});
	expectStatus(await block(ann, bob), 200);
	const last = (await history(ann, conversation)).at(-1).seq;
	blocked = true;
	await Promise.all(sending);
	assert.equal(late, 0);
	assert.ok(outcomes.has(403), 'some came afterwards');
	assert.equal((await history(ann, conversation)).at(-1).seq, last, 'nothing was committed after the block');
});

test('receipts do not cross a block', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	const peerRead = async (one) => {
		const answer = await one.get(`/chat/conversations/${conversation}`);
		expectStatus(answer, 200);
		return answer.body.conversation.peer_read_seq;
	};
	const read = (one) => one.post('/chat/receipts', { receipts: [{ conversation_id: conversation, read_seq: 1 }] });
	for (const one of [ann, bob]) expectStatus(await read(one), 204);
	assert.deepEqual([await peerRead(ann), await peerRead(bob)], [1, 1]);
	expectStatus(await block(ann, bob), 200);
	assert.deepEqual([await peerRead(ann), await peerRead(bob)], [0, 0]);
	expectStatus(await unblock(ann, bob), 204);
	assert.deepEqual([await peerRead(ann), await peerRead(bob)], [1, 1]);
});
