// From the first frame to the welcome, and every way in which that fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon } from '../harness/daemon.mjs';

test('a good ticket is welcomed, once', async (t) => {
	const wsd = await Daemon.start(t);
	const ticket = await wsd.ticket({ user: 1 });
	const ann = await wsd.hello(ticket);
	const welcome = await ann.frame('welcome', (frame) => frame.op === 'welcome');
	assert.match(welcome.session, /^[0-9a-f]{32}$/);
	assert.deepEqual([welcome.resumed, welcome.heartbeat], [false, 25]);
	assert.equal(ann.socket.protocol, 'hichat.v1');

	const thief = await wsd.hello(ticket);
	await thief.expectClosed(4001);
	assert.equal(await wsd.metric('connections'), 1);
});

test('an unknown ticket is refused', async (t) => {
	const wsd = await Daemon.start(t);
	for (const ticket of ['nobody', 'x'.repeat(128), '../hichat:online', '"\\']) {
		const live = await wsd.hello(ticket);
		await live.expectClosed(4001);
	}
});

test('a ticket that nobody can read is refused', async (t) => {
	const wsd = await Daemon.start(t);
	for (const text of ['', '{', '[]', '{"user":0,"session":1}', '{"user":1}',
		'{"user":1,"session":2,"watch":["a"]}', '{"user":1,"session":2,"conversations":[[1]]}']) {
		await wsd.store.call('SET', 'hichat:ticket:odd', text);
		const live = await wsd.hello('odd');
		await live.expectClosed(4001);
	}
});

test('a session that was revoked meanwhile is not welcomed', async (t) => {
	const wsd = await Daemon.start(t);
	await wsd.store.call('SET', 'hichat:revoked:881', '1', 'EX', 60);
	const live = await wsd.hello(await wsd.ticket({ user: 1, session: 881 }));
	await live.expectClosed(4003);
	assert.equal(await wsd.metric('sessions'), 0);
});

test('who does not say hello within five seconds is closed', async (t) => {
	const wsd = await Daemon.start(t);
	const live = wsd.open();
	await live.opened();
	const begin = performance.now();
	await live.expectClosed(4002);
	const waited = performance.now() - begin;
	assert.ok(waited > 4500 && waited < 6500, `${waited} ms`);
});

const nonsense = {
	'no JSON': 'hello?',
	'no UTF-8': Buffer.from('{"op":"hello","ticket":"\xff"}', 'latin1'),
	'a list': '[]',
	'nothing': '',
	'no op': '{}',
	'an unknown op': '{"op":"dance"}',
	'an op that is no text': '{"op":1}',
	'a hello without a ticket': '{"op":"hello"}',
	'a ticket that is no text': '{"op":"hello","ticket":5}',
	'an endless ticket': JSON.stringify({ op: 'hello', ticket: 'x'.repeat(500) }),
	'a resume without a session': '{"op":"hello","ticket":"x","resume":{"received":1}}',
	'a resume without a count': '{"op":"hello","ticket":"x","resume":{"session":"x"}}',
	'a negative count': '{"op":"hello","ticket":"x","resume":{"session":"x","received":-1}}',
	'an ack before hello': '{"op":"ack","received":0}',
	'typing before hello': '{"op":"typing","conversation":1}',
};

test('frames that make no sense before hello', async (t) => {
	const wsd = await Daemon.start(t);
	for (const [what, frame] of Object.entries(nonsense)) {
		const live = wsd.open();
		await live.opened();
		live.socket.send(frame, { binary: false });
		const { code } = await live.closed;
		assert.equal(code, 4000, what);
	}
	assert.equal(await wsd.metric('closes_total', 'code="4000"'), Object.keys(nonsense).length);
});

test('frames that make no sense after the welcome end the session', async (t) => {
	const wsd = await Daemon.start(t);
	const frames = [{ op: 'hello', ticket: 'x' }, { op: 'ack' }, { op: 'ack', received: 1 },
		{ op: 'ack', received: -1 }, { op: 'ack', received: 'all' }, { op: 'typing' },
		{ op: 'typing', conversation: 0 }, { op: 'typing', conversation: 1.5 }, 'pong'];
	for (const frame of frames) {
		const live = await wsd.connect({ user: 1 });
		live.send(frame);
		await live.expectClosed(4000);
	}
	await wsd.becomes('sessions', 0);
});

test('binary frames are refused', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect({ user: 1 });
	live.send(Buffer.from('{"op":"pong"}'));
	await live.expectClosed(4000);
});

/** A pong of exactly that many bytes. */
function padded(size) {
	return '{"op":"pong"}'.padStart(size);
}

test('a message may have 4096 bytes, in one frame or several, and no more', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect({ user: 1 });
	live.send(padded(4096));
	for (let i = 0; i < 4096; i += 512)
		live.socket.send(padded(4096).slice(i, i + 512), { fin: i + 512 === 4096 });
	live.send(padded(257));
	await wsd.becomes('frames_received_total', 4);
	assert.equal(live.socket.readyState, 1);

	live.send(padded(4097));
	await live.expectClosed(1009);
});

test('a message that never ends is refused at 4096 bytes', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect({ user: 1 });
	for (let i = 0; i < 9; i++) live.socket.send(' '.repeat(512), { fin: false });
	await live.expectClosed(1009);
});

test('a flood of frames is refused', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect({ user: 1 });
	for (let i = 0; i < 1000; i++) live.send({ op: 'pong' });
	await live.expectClosed(4029);
	assert.ok((await wsd.metric('frames_received_total')) < 1000);
});

test('a user has so many sessions and no more; one that only waits makes room', async (t) => {
	const wsd = await Daemon.start(t, { per_user: 3 });
	const lives = [];
	for (let i = 0; i < 3; i++) lives.push(await wsd.connect({ user: 1, session: i + 1 }));
	const fourth = await wsd.hello(await wsd.ticket({ user: 1, session: 4 }));
	await fourth.expectClosed(4029);
	const other = await wsd.connect({ user: 2 });

	await lives[1].cut();
	await wsd.becomes('connections', 3);
	const fifth = await wsd.connect({ user: 1, session: 5 });
	assert.equal(await wsd.metric('sessions'), 4);
	const back = await wsd.resume({ user: 2 }, other);
	assert.equal(back.resumed, true);
	await fifth.close();
});

test('a process has so many connections and no more', async (t) => {
	const wsd = await Daemon.start(t, { max_connections: 3 });
	const lives = [];
	for (let i = 0; i < 3; i++) lives.push(await wsd.connect({ user: i + 1 }));
	const fourth = wsd.open();
	await fourth.expectClosed(4029);
	await lives[0].close();
	await wsd.becomes('connections', 2);
	const fifth = await wsd.connect({ user: 5 });
	await fifth.close();
});
