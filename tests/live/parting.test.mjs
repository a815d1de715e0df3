// Whoever was removed or has logged out is told nothing of what comes after.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { Redis } from '../harness/resp.mjs';
import { parts } from '../harness/stack.mjs';

async function parted(t, messages = 0) {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	for (let i = 0; i < messages; i++) expectStatus(await send(ann, conversation, `${i}`), 201);
	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	const annLive = await connectLive(ann);
	t.after(() => closeAll(annLive));
	return { ann, bob, conversation, annLive };
}

/** Events keep their order, so what leaked has come before one that ann causes herself. */
async function namesUntilNow(ann, live) {
	expectStatus(await ann.patch('/account/me', { bio: 'and then' }), 200);
	await live.next('profile');
	return live.events.map(({ event }) => event);
}

test('read marks do not reach somebody who is a friend no longer', async (t) => {
	const { ann, bob, conversation, annLive } = await parted(t, 2);
	const bobLive = await connectLive(bob);
	t.after(() => closeAll(bobLive));
	const receipts = [{ conversation_id: conversation, read_seq: 3 }];
	expectStatus(await bob.post('/chat/receipts', { receipts }), 204);
	assert.equal((await bobLive.next('receipt')).read_seq, 3); // his other devices do learn it
	assert.deepEqual(await namesUntilNow(ann, annLive), ['profile']);
});

test('nor does typing, from a connection made afterwards', async (t) => {
	const { ann, bob, conversation, annLive } = await parted(t);
	const bobLive = await connectLive(bob);
	t.after(() => closeAll(bobLive));
	bobLive.send({ op: 'typing', conversation });
	// wsd handles frames in their order: after this one it has seen the other.
	bobLive.send({ op: 'ack', received: 1 });
	await bobLive.expectClosed(4000);
	assert.deepEqual(await namesUntilNow(ann, annLive), ['profile']);
});

test('an ended session gets no live ticket, even when Redis has forgotten that it ended', async (t) => {
	const tablet = await logIn(await register(), 'tablet');
	const redis = await Redis.connect(path.join(parts.directory, 'run/redis.sock'));
	t.after(() => redis.close());
	const { sid } = JSON.parse(Buffer.from(tablet.token.split('.')[1], 'base64url').toString());
	expectStatus(await tablet.delete('/account/sessions/current'), 204);
	assert.equal(await redis.call('DEL', `hichat:revoked:${sid}`), 1);
	expectProblem(await tablet.post('/chat/live-tickets', {}), 401, 'session_ended');
});
