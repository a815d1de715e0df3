// What a connection may see holds no longer than it is true, whatever news of a change got lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, nothingBut, Store } from '../harness/daemon.mjs';

const ann = { user: 1, watch: [2], conversations: [[7, 2]] };
const bob = { user: 2, watch: [1], conversations: [[7, 1]] };
const witness = { user: 3, watch: [2] };
const online = ({ user_id, online }) => user_id === 2 && online;

/** Commands, until wsd has read them. */
async function told(wsd, ...commands) {
	const before = await wsd.metric('envelopes_total');
	for (const command of commands) await wsd.publish(command);
	await wsd.becomes('envelopes_total', before + commands.length);
}

async function refused(wsd, ticket) {
	const live = await wsd.hello(ticket);
	await live.expectClosed(4001);
}

test('a ticket from before the end of a friendship does not bring it back', async (t) => {
	const wsd = await Daemon.start(t);
	const old = await wsd.ticket(ann);
	await told(wsd, 'unwatch 1 2', 'unwatch 2 1');
	const annLive = await wsd.hello(old);
	await annLive.frame('welcome', ({ op }) => op === 'welcome');
	const witnessLive = await wsd.connect(witness);
	const bobLive = await wsd.connect({ user: 2 });
	await witnessLive.next('presence', online);
	annLive.send({ op: 'typing', conversation: 7 });
	/* What would have been said to bob is published before a later word of the same client. */
	await wsd.deliver([1, 3], { event: 'message' }, 8);
	await annLive.next('message');
	annLive.send({ op: 'typing', conversation: 8 });
	await witnessLive.next('typing');
	await nothingBut(wsd, [bobLive], [2]);
	await nothingBut(wsd, [annLive], [1], ['message']);
});

test('nor does it on a node where nobody of the two was', async (t) => {
	const store = await Store.start(t);
	const [one, two] = [await Daemon.start(t, {}, { store }), await Daemon.start(t, {}, { store })];
	await one.connect(ann);
	const old = await two.ticket({ ...ann, session: 102 });
	const before = await two.metric('envelopes_total');
	await one.publish('unwatch 1 2');
	await two.becomes('envelopes_total', before + 1);
	const annLive = await two.hello(old);
	await annLive.frame('welcome', ({ op }) => op === 'welcome');
	const witnessLive = await two.connect(witness);
	await one.connect(bob);
	await witnessLive.next('presence', online);
	await nothingBut(two, [annLive], [1]);
});

test('friends again: the same ticket is good', async (t) => {
	const wsd = await Daemon.start(t);
	const old = await wsd.ticket(ann);
	await told(wsd, 'unwatch 1 2', 'watch 1 2');
	const annLive = await wsd.hello(old);
	await annLive.frame('welcome', ({ op }) => op === 'welcome');
	await wsd.connect(bob);
	await annLive.next('presence', online);
});

test('a ticket from before wsd listened to Redis is refused, and a new one taken', async (t) => {
	const wsd = await Daemon.start(t);
	const old = await wsd.ticket(ann, 30);
	wsd.signal('SIGKILL');
	await wsd.exited;
	await wsd.run();
	await wsd.ready();
	await refused(wsd, old);
	await wsd.connect(ann);
	assert.equal(await wsd.metric('closes_total', 'code="4001"'), 1);
});

test('so is one from before a loss of Redis', async (t) => {
	const wsd = await Daemon.start(t);
	for (const [n, kind] of ['pubsub', 'normal'].entries()) {
		const old = await wsd.ticket(ann, 30);
		await wsd.store.call('CLIENT', 'KILL', 'TYPE', kind, 'SKIPME', 'yes');
		await wsd.becomes('redis_returns_total', n + 1);
		await refused(wsd, old);
		await (await wsd.connect(ann)).close();
	}
});

test('who was a member is told of typing no longer than that is sure', async (t) => {
	const wsd = await Daemon.start(t);
	const [annLive, bobLive] = [await wsd.connect({ user: 1 }), await wsd.connect({ user: 2 })];
	await wsd.deliver([1, 2], { event: 'message' }, 7);
	await annLive.next('message');
	annLive.send({ op: 'typing', conversation: 7 });
	await bobLive.next('typing');
	await wsd.store.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
	await wsd.becomes('redis_returns_total', 1); /* bob may have left meanwhile */
	await bobLive.next('resync');
	const again = await wsd.connect({ user: 1, session: 102 });
	again.send({ op: 'typing', conversation: 7 });
	await wsd.deliver([1, 3], { event: 'message' }, 8);
	await again.next('message');
	const witnessLive = await wsd.connect(witness);
	again.send({ op: 'typing', conversation: 8 });
	await witnessLive.next('typing');
	await nothingBut(wsd, [bobLive], [2], ['message', 'typing', 'resync']);
});

test('a connection has its time, and not all end at once; no event is lost', async (t) => {
	const wsd = await Daemon.start(t, { reauthenticate: 30 });
	const begin = performance.now();
	const lives = await Promise.all(Array.from({ length: 16 }, (_, i) => wsd.connect({ user: 10 + i })));
	const ends = await Promise.all(lives.map(async (live) => {
		await live.expectClosed(4011, { within: 40_000 });
		return performance.now() - begin;
	}));
	assert.ok(Math.min(...ends) > 22_000, `${ends}`);
	assert.ok(Math.max(...ends) < 32_000, `${ends}`);
	assert.ok(Math.max(...ends) - Math.min(...ends) > 2000, `${ends}`);

	const [first] = lives;
	await wsd.deliver([10], { event: 'message' });
	const second = await wsd.resume({ user: 10 }, first);
	assert.equal(second.resumed, true);
	assert.equal(second.session, first.session);
	await nothingBut(wsd, [second], [10], ['message']);
	assert.equal(await wsd.metric('closes_total', 'code="4011"'), 16);
});
