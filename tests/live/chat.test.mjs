// What a conversation's members learn at once, on every device, and others do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

/** ann with two devices, bob, and eve who is a friend of bob but not of ann; all connected. */
async function scene(t) {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	const conversation = await befriend(ann, bob);
	const other = await befriend(eve, bob);
	const phone = await logIn(ann, 'phone');
	const lives = await Promise.all([ann, phone, bob, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	return { ann, bob, eve, conversation, other, lives };
}

/** Events of one connection keep their order: what is sent to eve comes after all that leaked. */
async function expectNothingLeaked({ bob, other, conversation }, eveLive) {
	expectStatus(await send(bob, other, 'mark'), 201);
	await eveLive.next('message', (event) => event.body.text === 'mark');
	const leaked = eveLive.events.filter((event) =>
		(event.conversation_id ?? event.conversation?.id) === conversation);
	assert.deepEqual(leaked, []);
}

test('a message reaches every device of both, in order, as it is stored', async (t) => {
	const stage = await scene(t);
	const { ann, bob, conversation, lives: [annLive, phoneLive, bobLive, eveLive] } = stage;
	const sent = [];
	for (const [person, text] of [[ann, '你好'], [bob, '👋🏽'], [ann, 'well?']])
		sent.push((await send(person, conversation, text)).body.message);
	for (const live of [annLive, phoneLive, bobLive]) {
		for (const message of sent) {
			const { event, ...received } = await live.next('message');
			assert.equal(event, 'message');
			assert.deepEqual(received, message);
		}
	}
	await expectNothingLeaked(stage, eveLive);
});

test('a repeated send is published again, a refused one is not', async (t) => {
	const stage = await scene(t);
	const { ann, conversation, lives: [, , bobLive] } = stage;
	const first = await send(ann, conversation, 'once', { client_key: 'k' });
	expectStatus(first, 201);
	expectProblem(await send(ann, conversation, 'twice', { client_key: 'k' }), 409, 'conflict');
	expectStatus(await send(ann, conversation, 'once', { client_key: 'k' }), 200);
	expectStatus(await send(ann, conversation, 'end'), 201);
	await bobLive.next('message', (event) => event.body.text === 'end');
	const events = bobLive.events.filter((event) => event.event === 'message');
	assert.deepEqual(events.map((event) => event.body.text), ['once', 'once', 'end']);
	assert.equal(events[0].seq, events[1].seq);
});

test('a receipt reaches both, and only when it says something new', async (t) => {
	const stage = await scene(t);
	const { ann, bob, conversation, lives: [annLive, phoneLive, bobLive, eveLive] } = stage;
	const { seq } = (await send(ann, conversation, 'read me')).body.message;
	const steps = [{ delivered_seq: seq }, { delivered_seq: seq }, { read_seq: seq }, { read_seq: 1 }];
	for (const step of steps) {
		const receipts = [{ conversation_id: conversation, ...step }];
		expectStatus(await bob.post('/chat/receipts', { receipts }), 204);
	}
	expectStatus(await send(ann, conversation, 'end'), 201);
	for (const live of [annLive, phoneLive, bobLive]) {
		await live.next('message', (event) => event.body.text === 'end');
		const receipts = live.events.filter((event) => event.event === 'receipt');
		const common = { event: 'receipt', conversation_id: conversation, user_id: bob.id, delivered_seq: seq };
		assert.deepEqual(receipts, [{ ...common, read_seq: 1 }, { ...common, read_seq: seq }]);
	}
	await expectNothingLeaked(stage, eveLive);
});

test("one's own settings reach one's own devices alone", async (t) => {
	const stage = await scene(t);
	const { ann, conversation, lives: [annLive, phoneLive, bobLive, eveLive] } = stage;
	const changed = await ann.patch(`/chat/conversations/${conversation}`, { pinned: true });
	expectStatus(changed, 200);
	for (const live of [annLive, phoneLive]) {
		const event = await live.next('conversation');
		assert.deepEqual(event.conversation, changed.body.conversation);
	}
	expectStatus(await send(ann, conversation, 'end'), 201);
	await bobLive.next('message', (event) => event.body.text === 'end');
	assert.deepEqual(bobLive.events.filter((event) => event.event === 'conversation'), []);
	await expectNothingLeaked(stage, eveLive);
});

test('a ticket tells wsd the conversations, so that typing shows before the first message', async (t) => {
	const { ann, conversation, lives: [annLive, , bobLive] } = await scene(t);
	annLive.send({ op: 'typing', conversation });
	const event = await bobLive.next('typing');
	assert.equal(event.conversation_id, conversation);
	assert.equal(event.user_id, ann.id);
});

test('a receipt for a group reaches my own devices and no other member', async (t) => {
	const stage = await scene(t);
	const { ann, bob, lives: [annLive, phoneLive, bobLive] } = stage;
	const group = await makeGroup(bob, [ann]);
	const receipts = [{ conversation_id: group.id, read_seq: 1 }];
	expectStatus(await ann.post('/chat/receipts', { receipts }), 204);
	for (const live of [annLive, phoneLive]) {
		const event = await live.next('receipt', ({ conversation_id }) => conversation_id === group.id);
		assert.deepEqual([event.user_id, event.read_seq, event.delivered_seq], [ann.id, 1, 1]);
	}
	// Events keep their order: what leaked to bob came before this.
	expectStatus(await send(ann, stage.conversation, 'mark'), 201);
	await bobLive.next('message', ({ body }) => body.text === 'mark');
	const leaked = bobLive.events.filter((event) => event.event === 'receipt' && event.conversation_id === group.id);
	assert.deepEqual(leaked, []);
});
