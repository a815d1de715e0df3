// Clients that do not keep up: their memory is bounded, and they are told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon } from '../harness/daemon.mjs';

const ann = { user: 1 };
const silent = { habits: { autoAck: false } };

test('nothing acknowledged in time: closed, and no session is left', async (t) => {
	const wsd = await Daemon.start(t, { ack_timeout: 1 });
	const live = await wsd.connect(ann, silent);
	await wsd.deliver([1], { event: 'message' });
	await live.next('message');
	const begin = performance.now();
	await live.expectClosed(4008);
	assert.ok(performance.now() - begin > 900);
	assert.equal(await wsd.metric('sessions'), 0);
	assert.equal((await wsd.resume(ann, live)).resumed, false);
});

test('an idle connection, and one that acknowledges, stay', async (t) => {
	const wsd = await Daemon.start(t, { ack_timeout: 1 });
	const idle = await wsd.connect({ user: 2 });
	const busy = await wsd.connect(ann);
	const lazy = await wsd.connect({ user: 3 }, silent);
	for (let n = 1; n <= 4; n++) {
		await wsd.deliver([1, 3], { event: 'message', n });
		await busy.next('message');
		await lazy.next('message');
		/* Only ever the oldest: progress is enough. */
		lazy.ack(n - 1);
		await new Promise((resolve) => setTimeout(resolve, 400)); // four times make 1.6 s
	}
	for (const live of [idle, busy, lazy]) assert.equal(live.socket.readyState, 1);
	await lazy.expectClosed(4008);
});

test('more than queue_events unacknowledged: too slow', async (t) => {
	const wsd = await Daemon.start(t, { queue_events: 32 });
	const live = await wsd.connect(ann, silent);
	for (let n = 1; n <= 32; n++) await wsd.deliver([1], { event: 'message', n });
	await live.next('message', ({ n }) => n === 32);
	live.ack(1);
	await wsd.becomes('frames_received_total', 2);
	await wsd.deliver([1], { event: 'message', n: 33 });
	await live.next('message', ({ n }) => n === 33);
	await wsd.deliver([1], { event: 'message', n: 34 });
	await live.expectClosed(4009);
	await wsd.becomes('sessions', 0);
	assert.equal(await wsd.metric('events_dropped_total'), 32);
	assert.equal((await wsd.resume(ann, live)).resumed, false);
});

test('more than queue_bytes unacknowledged: too slow', async (t) => {
	const wsd = await Daemon.start(t, { queue_bytes: 65536 });
	const live = await wsd.connect(ann, silent);
	const text = 'x'.repeat(20000);
	for (let n = 1; n <= 3; n++) await wsd.deliver([1], { event: 'message', n, text });
	await live.next('message', ({ n }) => n === 3);
	await wsd.deliver([1], { event: 'message', n: 4, text });
	await live.expectClosed(4009);
});

test('an event larger than every buffer arrives whole', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	const text = '你好'.repeat(80000);
	await wsd.deliver([1], { event: 'message', text });
	assert.equal((await live.next('message')).text, text);
});

test('a client that reads nothing is cut off, and costs bounded memory', async (t) => {
	const wsd = await Daemon.start(t, { queue_events: 2000, queue_bytes: 1048576 });
	const fast = await wsd.connect({ user: 2 });
	const slow = [];
	for (let i = 0; i < 50; i++) slow.push(await wsd.connect({ user: 1000 + i }, silent));
	for (const live of slow) live.socket.pause();
	const before = await wsd.metric('resident_bytes');
	const users = [2, ...slow.map((_, i) => 1000 + i)];
	const text = 'x'.repeat(4000);
	for (let n = 1; n <= 600; n++) {
		await wsd.deliver(users, { event: 'message', n, text });
		if (n % 50 === 0) await fast.next('message', (event) => event.n === n);
	}
	await wsd.becomes('sessions', 1);
	await wsd.becomes('connections', 1); /* although they never answer a close frame */
	assert.equal(await wsd.metric('closes_total', 'code="4009"'), 50);
	/* 50 clients of 1 MiB each: had everybody a copy, it were 50 MiB and more. */
	const growth = (await wsd.metric('resident_bytes')) - before;
	assert.ok(growth < 24 * 1048576 || process.env.ASAN_OPTIONS !== undefined, `${growth} bytes`);
	for (const live of slow) live.socket.terminate();
});
