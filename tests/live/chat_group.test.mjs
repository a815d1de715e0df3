// What is said in a group, on each device of each member at once, and nowhere else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const AT_ONCE = { within: 1000 };

async function cast(t) {
	const [ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem, eve]) await befriend(ann, friend);
	const phone = await logIn(bob, 'phone');
	const lives = await Promise.all([ann, bob, phone, cem, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	const group = await makeGroup(ann, [bob, cem]);
	return { ann, bob, cem, eve, group, members: lives.slice(0, 4), bobs: lives.slice(1, 3), lives };
}

const says = (text) => (event) => event.body?.text === text;

test('a message reaches every device of every member, and nobody else', async (t) => {
	const { ann, eve, cem, group, members, lives } = await cast(t);
	expectStatus(await send(cem, group.id, 'to all'), 201);
	for (const live of members) {
		const event = await live.next('message', says('to all'), AT_ONCE);
		assert.deepEqual([event.conversation_id, event.sender_id], [group.id, cem.id]);
	}
	// Events keep their order: what leaked would be there before this.
	const direct = (await ann.post('/chat/conversations', { user_id: eve.id })).body.conversation.id;
	expectStatus(await send(ann, direct, 'for eve'), 201);
	await lives[4].next('message', says('for eve'), AT_ONCE);
	assert.equal(lives[4].events.filter((event) => event.conversation_id === group.id).length, 0);
});

test('a mention is told at each device of who is named', async (t) => {
	const { ann, bob, cem, group, bobs, lives } = await cast(t);
	const answer = await send(cem, group.id, '@bob', { mentions: [bob.id] });
	expectStatus(answer, 201);
	for (const live of bobs) {
		const told = await live.next('notification', (event) => event.kind === 'mention', AT_ONCE);
		assert.equal(told.actor.id, cem.id);
		assert.equal(told.subject.seq, answer.body.message.seq);
		assert.equal(told.subject.conversation_id, group.id);
	}
	expectStatus(await send(ann, group.id, 'done'), 201);
	for (const live of [lives[0], lives[3]]) {
		await live.next('message', says('done'), AT_ONCE);
		assert.equal(live.events.filter((event) => event.kind === 'mention').length, 0);
	}
});

test('who was removed gets nothing that is said after', async (t) => {
	const { ann, cem, group, bobs, lives } = await cast(t);
	expectStatus(await send(ann, group.id, 'with cem'), 201);
	await lives[3].next('message', says('with cem'), AT_ONCE);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${cem.id}`), 204);
	expectStatus(await send(ann, group.id, 'without cem'), 201);
	await bobs[0].next('message', says('without cem'), AT_ONCE);
	const direct = (await ann.post('/chat/conversations', { user_id: cem.id })).body.conversation.id;
	expectStatus(await send(ann, direct, 'bye'), 201);
	await lives[3].next('message', says('bye'), AT_ONCE);
	assert.equal(lives[3].events.some(says('without cem')), false);
});
