// What a client that comes back gets, and what it does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon, nothingBut } from '../harness/daemon.mjs';
import { eventually } from '../harness/wait.mjs';

const ann = { user: 1 };
const silent = { habits: { autoAck: false } };

function numbers(live) {
	return live.events.map((event) => event.n);
}

async function deliver(wsd, from, to) {
	for (let n = from; n <= to; n++) await wsd.deliver([1], { event: 'message', n });
}

test('what was not acknowledged is replayed exactly once, in order', async (t) => {
	const wsd = await Daemon.start(t);
	const first = await wsd.connect(ann, silent);
	await deliver(wsd, 1, 5);
	await first.next('message', ({ n }) => n === 5);
	first.ack(2);
	await wsd.becomes('frames_received_total', 2);
	await first.cut();
	await deliver(wsd, 6, 8);

	const second = await wsd.resume(ann, first, 3);
	assert.equal(second.resumed, true);
	assert.equal(second.session, first.session);
	await nothingBut(wsd, [second], [1], Array(5).fill('message'));
	assert.deepEqual(numbers(second).slice(0, 5), [4, 5, 6, 7, 8]);
	assert.equal(second.received, 9);

	await second.cut();
	await wsd.becomes('connections', 0);
	const third = await wsd.resume(ann, second, 9);
	await nothingBut(wsd, [third], [1]);
	assert.equal(await wsd.metric('resumed_total'), 2);
});

test('a session survives many cuts in the middle of a stream', async (t) => {
	const wsd = await Daemon.start(t);
	let live = await wsd.connect(ann, silent);
	const seen = [];
	for (let round = 0; round < 20; round++) {
		await deliver(wsd, round * 10 + 1, round * 10 + 10);
		/* Somewhere in between; the rest is in flight, or not even sent. */
		await live.next('message', ({ n }) => n === round * 10 + 1 + (round % 10));
		await live.cut();
		seen.push(...numbers(live));
		live = await wsd.resume(ann, live, seen.length);
		assert.equal(live.resumed, true);
	}
	await eventually('all have come', () => seen.length + live.events.length >= 200);
	seen.push(...numbers(live));
	assert.deepEqual(seen, Array.from({ length: 200 }, (_, i) => i + 1));
});

test('a session ends when its time is over', async (t) => {
	const wsd = await Daemon.start(t, { linger: 1 });
	const first = await wsd.connect(ann);
	await first.cut();
	await wsd.becomes('connections', 0);
	assert.equal(await wsd.metric('sessions'), 1);
	await deliver(wsd, 1, 3);
	await wsd.becomes('sessions', 0);
	assert.equal(await wsd.metric('events_dropped_total'), 3);
	const second = await wsd.resume(ann, first);
	assert.equal(second.resumed, false);
	assert.notEqual(second.session, first.session);
	await nothingBut(wsd, [second], [1]);
});

test('a client that leaves on purpose leaves no session; one that closes otherwise does', async (t) => {
	const wsd = await Daemon.start(t);
	for (const [code, left] of [[1000, 0], [1001, 0], [undefined, 0], [3000, 1], [4999, 2]]) {
		const live = await wsd.connect(ann);
		if (code === undefined || code >= 3000 || code === 1000) live.socket.close(code);
		else live.socket._sender.close(code, Buffer.alloc(0), true, () => {});
		await live.closed;
		await wsd.becomes('connections', 0);
		assert.equal(await wsd.metric('sessions'), left, `after ${code}`);
	}
});

test('a resume takes the session over from a connection that still lives', async (t) => {
	const wsd = await Daemon.start(t);
	const first = await wsd.connect(ann);
	await deliver(wsd, 1, 1);
	await first.next('message');
	const second = await wsd.resume(ann, first);
	assert.equal(second.resumed, true);
	await first.expectClosed(4010);
	assert.equal(await wsd.metric('sessions'), 1);
	await nothingBut(wsd, [second], [1]);
});

test('nobody resumes what is not theirs, or what cannot be', async (t) => {
	const wsd = await Daemon.start(t);
	const first = await wsd.connect(ann);
	await deliver(wsd, 1, 3);
	await first.next('message', ({ n }) => n === 3);
	await first.cut();
	await wsd.becomes('connections', 0);

	const attempts = {
		'another user': [{ user: 2 }, first.session, 3],
		'another login of the same user': [{ user: 1, session: 2 }, first.session, 3],
		'another key': [ann, '0'.repeat(32), 3],
		'the first half of the key': [ann, first.session.slice(0, 16) + '0'.repeat(16), 3],
		'no key at all': [ann, '', 0],
		'a key too long': [ann, `${first.session}0`, 3],
		'more than was sent': [ann, first.session, 4],
		'less than was acknowledged': [ann, first.session, 1],
	};
	for (const [who, [holder, session, received]] of Object.entries(attempts)) {
		const live = await wsd.connect(holder, { resume: { session, received } });
		assert.equal(live.resumed, false, who);
		await live.close();
	}
	assert.equal((await wsd.resume(ann, first, 3)).resumed, true);
});

test('a session that waits is bounded', async (t) => {
	const wsd = await Daemon.start(t, { queue_events: 32 });
	const first = await wsd.connect(ann);
	await first.cut();
	await wsd.becomes('connections', 0);
	await deliver(wsd, 1, 33);
	await wsd.becomes('sessions', 0);
	assert.equal((await wsd.resume(ann, first)).resumed, false);
});

test('after kill -9 nothing is resumed, and everything else goes on', async (t) => {
	const wsd = await Daemon.start(t);
	const first = await wsd.connect(ann);
	wsd.signal('SIGKILL');
	await wsd.exited;
	assert.equal((await first.closed).code, 1006);
	await wsd.run();
	await wsd.ready();
	const second = await wsd.resume(ann, first);
	assert.equal(second.resumed, false);
	await deliver(wsd, 1, 1);
	await second.next('message');
});
