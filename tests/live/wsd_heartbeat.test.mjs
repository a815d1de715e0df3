// Who is silent is gone; who answers is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daemon } from '../harness/daemon.mjs';

const ann = { user: 1 };

test('pings come at the interval that the welcome names', async (t) => {
	const wsd = await Daemon.start(t, { heartbeat: 1 });
	const live = await wsd.connect(ann);
	assert.equal(live.heartbeat, 1);
	const begin = performance.now();
	const pings = () => live.frames.filter((frame) => frame.op === 'ping').length;
	await live.frame('three pings', () => pings() >= 3);
	const took = performance.now() - begin;
	assert.ok(took > 2700 && took < 4500, `${took} ms`);
	assert.equal(live.received, 0, 'pings are no events');
});

test('silence closes; the session waits for its client', async (t) => {
	const wsd = await Daemon.start(t, { heartbeat: 1, silence: 3 });
	const mute = await wsd.connect(ann, { habits: { autoPong: false } });
	const answering = await wsd.connect({ user: 2 });
	const talking = await wsd.connect({ user: 3 }, { habits: { autoPong: false } });
	const talk = setInterval(() => talking.send({ op: 'typing', conversation: 1 }), 500);
	const begin = performance.now();
	await mute.expectClosed(4007);
	const took = performance.now() - begin;
	assert.ok(took > 2700 && took < 4500, `${took} ms`);
	assert.equal(answering.socket.readyState, 1);
	assert.equal(talking.socket.readyState, 1);
	clearInterval(talk);
	assert.equal((await wsd.resume(ann, mute)).resumed, true);
});
