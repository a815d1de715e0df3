// Who learns that somebody types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, nothingBut, Store } from '../harness/daemon.mjs';

const ann = { user: 1, conversations: [[7, 2], [8, 4]] };
const bob = { user: 2, conversations: [[7, 1]] };
const eve = { user: 3 };

function type(live, conversation) {
	live.send({ op: 'typing', conversation });
}

test('the other end of a direct conversation, known from the ticket', async (t) => {
	const wsd = await Daemon.start(t);
	const lives = [await wsd.connect(ann), await wsd.connect(bob), await wsd.connect(eve)];
	const [annLive, bobLive, eveLive] = lives;
	type(annLive, 7);
	const event = await bobLive.next('typing');
	assert.deepEqual(event, { event: 'typing', conversation_id: 7, user_id: 1 });
	await nothingBut(wsd, [eveLive], [3]);
	await nothingBut(wsd, [annLive], [1]);
});

test('the members of a group, known from its last event', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive, eveLive] = [await wsd.connect(ann), await wsd.connect(bob), await wsd.connect(eve)];
	type(eveLive, 50);
	await wsd.deliver([1, 2], { event: 'message' }, 50);
	await annLive.next('message');
	await bobLive.next('message');
	type(annLive, 50);
	assert.equal((await bobLive.next('typing')).user_id, 1);
	/* Not one of them. */
	type(eveLive, 50);
	await nothingBut(wsd, [annLive], [1], ['message']);

	await wsd.deliver([1, 3], { event: 'message' }, 50); /* bob left, eve came */
	await eveLive.next('message');
	type(bobLive, 50);
	type(eveLive, 50);
	assert.equal((await annLive.next('typing')).user_id, 3);
});

test('the members of a small group, known from the ticket', async (t) => {
	const wsd = await Daemon.start(t);
	const group = [50, 1, 2, 5];
	const annLive = await wsd.connect({ user: 1, conversations: [group] });
	const [bobLive, eveLive] = [await wsd.connect({ user: 2, conversations: [group] }), await wsd.connect(eve)];
	type(eveLive, 50); /* not one of them */
	type(annLive, 50);
	const event = await bobLive.next('typing');
	assert.deepEqual(event, { event: 'typing', conversation_id: 50, user_id: 1 });
	await nothingBut(wsd, [eveLive], [3]);
	await nothingBut(wsd, [annLive], [1]);
});

test('nobody who was removed, whatever older tickets say', async (t) => {
	const wsd = await Daemon.start(t);
	const group = [50, 1, 2, 3];
	const annLive = await wsd.connect({ user: 1, conversations: [group] });
	const bobLive = await wsd.connect({ user: 2, conversations: [group] });
	const late = await wsd.ticket({ user: 3, conversations: [group] });
	await wsd.deliver([1, 2], { event: 'message' }, 50); /* eve was removed */
	await annLive.next('message');
	const eveLive = await wsd.hello(late);
	await eveLive.frame('welcome', (frame) => frame.op === 'welcome');
	type(eveLive, 50);
	type(annLive, 50);
	assert.equal((await bobLive.next('typing')).user_id, 1);
	await nothingBut(wsd, [eveLive], [3]);
	await nothingBut(wsd, [annLive], [1], ['message']);
});

test('nobody in a group of more than fifty', async (t) => {
	const wsd = await Daemon.start(t);
	const fifty = Array.from({ length: 50 }, (_, i) => i + 1);
	const [annLive, bobLive] = [await wsd.connect({ user: 1 }), await wsd.connect({ user: 2 })];
	await wsd.deliver(fifty, { event: 'message' }, 50);
	await bobLive.next('message');
	type(annLive, 50);
	await bobLive.next('typing');
	await wsd.deliver([...fifty, 51], { event: 'message' }, 50);
	await bobLive.next('message');
	type(bobLive, 50);
	await nothingBut(wsd, [annLive], [1], ['message', 'message']);
	const late = await wsd.connect({ user: 3, conversations: [[60, ...fifty, 51]] });
	type(late, 60);
	await nothingBut(wsd, [annLive], [1], ['message', 'message']);
});

test('typing itself teaches nobody who the members are', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive] = [await wsd.connect(ann), await wsd.connect(bob)];
	type(annLive, 7);
	await bobLive.next('typing');
	type(bobLive, 7);
	assert.equal((await annLive.next('typing')).user_id, 2);
});

test('on another node as well', async (t) => {
	const store = await Store.start(t);
	const [one, two] = [await Daemon.start(t, {}, { store }), await Daemon.start(t, {}, { store })];
	const [annLive, bobLive] = [await one.connect(ann), await two.connect(bob)];
	type(annLive, 7);
	await bobLive.next('typing');
});

test('at most once a second', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive] = [await wsd.connect(ann), await wsd.connect(bob)];
	for (let i = 0; i < 20; i++) type(annLive, 7);
	await bobLive.next('typing');
	await wsd.becomes('frames_received_total', 23); /* two hellos and an ack */
	await nothingBut(wsd, [bobLive], [2], ['typing']);
});

test('no longer once the friendship is over', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive] = [await wsd.connect(ann), await wsd.connect(bob)];
	await wsd.deliver([1, 2], { event: 'message' }, 7);
	await bobLive.next('message');
	await wsd.publish('unwatch 1 2');
	await wsd.publish('unwatch 2 1');
	await wsd.deliver([1], { event: 'over' });
	await annLive.next('over');
	type(annLive, 7);
	await nothingBut(wsd, [bobLive], [2], ['message']);
});

test('not later: it is no news to who comes back', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive] = [await wsd.connect(ann), await wsd.connect(bob)];
	await bobLive.cut();
	await wsd.becomes('connections', 1);
	type(annLive, 7);
	await wsd.deliver([1, 2], { event: 'message' });
	await annLive.next('message');
	const again = await wsd.resume(bob, bobLive);
	assert.equal(again.resumed, true);
	await nothingBut(wsd, [again], [2], ['message']);
});
