// Changes of messages reach every device of every member once, and nobody else.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { changesOf, edit, hide, pin, react, recall, sent, unpin, unreact } from '../harness/messages.mjs';
import { Redis } from '../harness/resp.mjs';
import { parts } from '../harness/stack.mjs';

const AT_ONCE = { within: 1000 };
const KINDS = ['edit', 'recall', 'reaction', 'pin'];

async function cast(t) {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	const conversation = await befriend(ann, bob);
	await befriend(ann, cem);
	const phone = await logIn(ann, 'phone');
	const lives = await Promise.all([ann, phone, bob, cem].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	return { ann, bob, cem, conversation, lives };
}

/** Events keep their order: what was to come before this text has come then. */
async function settle(person, conversation, lives) {
	const seq = await sent(person, conversation, 'done');
	for (const live of lives)
		await live.next('message', (event) => event.conversation_id === conversation && event.seq === seq, AT_ONCE);
}

/** The rows of changes that came, without what makes an event of them. */
const changesIn = (live, conversation) => live.events
	.filter((event) => event.conversation_id === conversation && KINDS.includes(event.kind))
	.map(({ event, ...row }) => (assert.equal(event, 'message'), row));

/** Everything that can be done to one message of ann's. */
async function changeAll(ann, other, conversation) {
	const seq = await sent(ann, conversation, 'helo');
	expectStatus(await edit(ann, conversation, seq, 'hello'), 200);
	expectStatus(await edit(ann, conversation, seq, 'hello'), 200); // again, which is no change
	expectStatus(await react(other, conversation, seq, '👍'), 200);
	expectStatus(await react(ann, conversation, seq, '🎉'), 200);
	expectStatus(await unreact(other, conversation, seq, '👍'), 204);
	expectStatus(await pin(ann, conversation, seq), 200);
	expectStatus(await unpin(ann, conversation, seq), 204);
	const rest = await sent(ann, conversation, 'to go');
	expectStatus(await recall(ann, conversation, rest), 204);
	return 7;
}

test('the other person, and one\'s own other device, get each change once', async (t) => {
	const { ann, bob, conversation, lives } = await cast(t);
	const count = await changeAll(ann, bob, conversation);
	await settle(bob, conversation, lives.slice(0, 3));
	const rows = await changesOf(bob, conversation);
	assert.equal(rows.length, count);
	for (const live of lives.slice(0, 3)) assert.deepEqual(changesIn(live, conversation), rows);
	assert.deepEqual(changesIn(lives[3], conversation), []);
});

test('so do all members of a group, and who was removed gets nothing', async (t) => {
	const { ann, bob, cem, lives } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${cem.id}`), 204);
	const count = await changeAll(ann, bob, group.id);
	await settle(bob, group.id, lives.slice(0, 3));
	const rows = await changesOf(bob, group.id);
	assert.equal(rows.length, count);
	for (const live of lives.slice(0, 3)) assert.deepEqual(changesIn(live, group.id), rows);
	const direct = (await ann.post('/chat/conversations', { user_id: cem.id })).body.conversation.id;
	await settle(ann, direct, [lives[3]]);
	assert.deepEqual(changesIn(lives[3], group.id), []);
});

/** As if a minute had passed: for so long wsd keeps in mind who has parted. */
async function forgetParting(one, other) {
	const redis = await Redis.connect(path.join(parts.directory, 'run/redis.sock'));
	for (const [a, b] of [[one, other], [other, one]])
		assert.equal(await redis.call('PUBLISH', 'hichat:events', `watch ${a.id} ${b.id}`), 1);
	redis.close();
}

test('a recall reaches who is no friend any more', async (t) => {
	const { ann, bob, conversation, lives } = await cast(t);
	const seq = await sent(ann, conversation, 'gone');
	expectStatus(await bob.delete(`/social/friends/${ann.id}`), 204);
	await forgetParting(ann, bob);
	expectStatus(await recall(ann, conversation, seq), 204);
	for (const live of lives.slice(0, 3)) {
		const event = await live.next('message', (one) => one.kind === 'recall', AT_ONCE);
		assert.deepEqual(event.body, { target: seq });
	}
	// Neither learns from it that the other is writing.
	lives[2].send({ op: 'typing', conversation });
	lives[2].send({ op: 'ack', received: 1_000_000 }); // wsd has seen the other frame when it refuses this one
	await lives[2].expectClosed(4000);
	expectStatus(await ann.patch('/account/me', { bio: 'and then' }), 200);
	await lives[0].next('profile');
	assert.deepEqual(lives[0].events.filter((event) => event.event === 'typing'), []);
});

test('what one deletes for oneself is told one\'s own devices', async (t) => {
	const { ann, bob, conversation, lives } = await cast(t);
	const seq = await sent(bob, conversation, 'x');
	for (let i = 0; i < 2; i += 1) expectStatus(await hide(ann, conversation, seq), 204);
	await settle(bob, conversation, lives.slice(0, 3));
	const told = (live) => live.events.filter((event) => event.conversation?.hidden_seqs !== undefined);
	for (const live of lives.slice(0, 2))
		assert.deepEqual(told(live).map((event) => event.conversation), [{ id: conversation, hidden_seqs: [seq] }]);
	for (const live of lives.slice(2)) assert.deepEqual(told(live), []);
});

test('a repeated send of what was changed since is not told again', async (t) => {
	const { ann, bob, conversation, lives } = await cast(t);
	const client_key = 'once';
	const seq = await sent(ann, conversation, 'x', { client_key });
	expectStatus(await react(bob, conversation, seq, '👍'), 200);
	expectStatus(await send(ann, conversation, 'x', { client_key }), 200);
	await settle(bob, conversation, lives.slice(0, 3));
	for (const live of lives.slice(0, 3))
		assert.equal(live.events.filter((event) => event.client_key === client_key).length, 1);
});
