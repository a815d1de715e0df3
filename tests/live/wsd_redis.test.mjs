// Redis comes and goes; connections stay, and clients learn that they may have missed something.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, Store } from '../harness/daemon.mjs';
import { eventually } from '../harness/wait.mjs';

const ann = { user: 1 };

async function killed(wsd) {
	await wsd.store.kill();
	await wsd.becomes('redis_up', 0);
}

async function back(wsd) {
	await wsd.store.up();
	await wsd.becomes('redis_up', 1);
}

test('Redis is killed and comes back: connections stay and are told to sync', async (t) => {
	const wsd = await Daemon.start(t);
	const lives = await Promise.all([1, 2, 3].map((user) => wsd.connect({ user })));
	await killed(wsd);
	assert.equal((await wsd.get('/health')).status, 503);
	await back(wsd);
	for (const live of lives) {
		await live.next('resync');
		assert.equal(live.socket.readyState, 1);
	}
	await wsd.deliver([1, 2, 3], { event: 'message', n: 1 });
	for (const live of lives) {
		await live.next('message');
		assert.deepEqual(live.events.map(({ event }) => event), ['resync', 'message']);
	}
	assert.equal(await wsd.metric('redis_returns_total'), 1);
});

test('a session that waits for its client is told to sync, too', async (t) => {
	const wsd = await Daemon.start(t);
	const first = await wsd.connect(ann);
	await first.cut();
	await wsd.becomes('connections', 0);
	await killed(wsd);
	await back(wsd);
	await wsd.becomes('events_queued_total', 1);
	const second = await wsd.resume(ann, first);
	assert.equal(second.resumed, true);
	await second.next('resync');
});

test('Redis has lost everything: who is online is known again at once', async (t) => {
	const wsd = await Daemon.start(t);
	await wsd.connect(ann);
	await wsd.connect({ user: 2 });
	await killed(wsd);
	await back(wsd);
	await eventually('both are there', async () => {
		const online = await wsd.store.call('ZRANGEBYSCORE', 'hichat:online', Date.now(), '+inf');
		return online.sort().join() === '1,2';
	});
});

test('without Redis nobody is let in, and the reason is not the ticket', async (t) => {
	const wsd = await Daemon.start(t);
	const ticket = await wsd.ticket(ann);
	await killed(wsd);
	const live = await wsd.hello(ticket);
	await live.expectClosed(1013);
});

test('Redis goes while a ticket is being checked', async (t) => {
	const wsd = await Daemon.start(t);
	const ticket = await wsd.ticket(ann);
	wsd.store.process.kill('SIGSTOP');
	const live = await wsd.hello(ticket);
	await wsd.becomes('frames_received_total', 1);
	await wsd.store.kill();
	await live.expectClosed(1013);
});

test('a client leaves while its ticket is being checked', async (t) => {
	const wsd = await Daemon.start(t);
	const ticket = await wsd.ticket(ann);
	wsd.store.process.kill('SIGSTOP');
	const live = await wsd.hello(ticket);
	await wsd.becomes('frames_received_total', 1);
	await live.cut();
	await wsd.becomes('connections', 0);
	wsd.store.process.kill('SIGCONT');
	await wsd.connect({ user: 2 });
	assert.equal(await wsd.metric('sessions'), 1);
});

test('a Redis that hangs is found out', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	wsd.store.process.kill('SIGSTOP');
	await eventually('it is noticed', async () => (await wsd.metric('redis_up')) === 0, { within: 15_000 });
	wsd.store.process.kill('SIGCONT');
	await live.next('resync');
	assert.equal(live.socket.readyState, 1);
});

test('Redis that was away at the start is found when it comes', async (t) => {
	const store = new Store(t);
	const wsd = await Daemon.start(t, {}, { store, ready: false });
	assert.equal((await wsd.get('/health')).status, 503);
	const early = wsd.open();
	await early.opened();
	early.send({ op: 'hello', ticket: 'x' });
	await early.expectClosed(1013);
	const begin = performance.now();
	await back(wsd);
	assert.ok(performance.now() - begin < 5000);
	const live = await wsd.connect(ann);
	await wsd.deliver([1], { event: 'message' });
	await live.next('message');
	assert.deepEqual(live.events.length, 1, 'no resync: there was nothing to miss');
});

test('live delivery is back within 5 s of the return, however often it went', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	for (let n = 1; n <= 4; n++) {
		await killed(wsd);
		const begin = performance.now();
		await back(wsd);
		await wsd.deliver([1], { event: 'message', n });
		await live.next('message', (event) => event.n === n);
		assert.ok(performance.now() - begin < 5000);
	}
});

test('one connection of the two is cut', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	for (const kind of ['pubsub', 'normal']) {
		await wsd.store.call('CLIENT', 'KILL', 'TYPE', kind, 'SKIPME', 'yes');
		await wsd.becomes('redis_up', 1);
		await wsd.connect({ user: 2 });
		await wsd.deliver([1], { event: 'message', kind });
		await live.next('message', (event) => event.kind === kind);
	}
	await live.next('resync');
});

test('noise on the channel changes nothing', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	const noise = ['', 'to', 'to \n{}', 'to 1', 'to 1\n', 'to 0\n{}', 'to 1,\n{}', 'to x\n{}',
		'close', 'close x', 'watch 1', 'unwatch 1 2 3', 'presence 1', 'dance 1', '{"event":"x"}',
		'to 99999999999999999999\n{}', `to ${'1,'.repeat(100000)}1x\n{}`];
	for (const envelope of noise) await wsd.publish(envelope);
	await wsd.becomes('envelopes_bad_total', noise.length);
	await wsd.deliver([1], { event: 'message' });
	await live.next('message');
	assert.equal(live.events.length, 1);
});

test('a logout that was lost with Redis holds all the same: everybody needs a new ticket', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	await killed(wsd);
	await back(wsd);
	await live.next('resync');
	const fresh = await wsd.connect({ user: 2 }); /* its ticket is from after the loss */
	await live.expectClosed(4011, { within: 30_000 });
	await wsd.deliver([1], { event: 'message' });
	const again = await wsd.resume(ann, live);
	assert.equal(again.resumed, true);
	await again.next('message');
	assert.equal(fresh.socket.readyState, 1);
});
