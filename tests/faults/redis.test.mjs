// Redis carries speed, never data: without it everything that is not live works, and a flush
// loses nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, history, logIn, register, send } from '../harness/client.mjs';
import { connectLive } from '../harness/live.mjs';
import { startPart, stopPart } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

after(() => startPart('redis'));

test('without Redis people register, become friends, send and read', async (t) => {
	await stopPart('redis');
	t.after(() => startPart('redis'));
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	expectStatus(await send(ann, conversation, 'slowly but surely'), 201);
	assert.equal((await history(bob, conversation)).at(-1).body.text, 'slowly but surely');
	expectStatus(await bob.get('/chat/sync'), 200);
	expectStatus(await bob.get('/social/friends'), 200);
	await logIn(bob);
	expectProblem(await bob.post('/chat/live-tickets', {}), 503, 'unavailable');
	const health = await api('GET', '/chat/health');
	expectStatus(health, 200);
	assert.notEqual(health.body.redis, health.body.database, 'health tells which one is away');
});

test('a dead Redis slows nobody down', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	const timeOf = async (count) => {
		const start = performance.now();
		for (let i = 0; i < count; i += 1) expectStatus(await send(ann, conversation, `text ${i}`), 201);
		return (performance.now() - start) / count;
	};
	await timeOf(20);
	const usual = await timeOf(100);
	await stopPart('redis');
	t.after(() => startPart('redis'));
	const without = await timeOf(100);
	t.diagnostic(`a send takes ${usual.toFixed(1)} ms, without Redis ${without.toFixed(1)} ms`);
	assert.ok(without < usual * 3 + 5, `${without} ms instead of ${usual} ms`);
});

test('live connections are told to sync once Redis is back', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	// The test before this one may have left wsd waiting for its next try.
	const live = await eventually('a live connection', () => connectLive(bob));
	t.after(() => live.close());
	await stopPart('redis');
	expectStatus(await send(ann, conversation, 'unheard'), 201);
	await startPart('redis');
	await live.next('resync', undefined, { within: 15_000 });
	await eventually('a message is live again', async () => {
		const { message } = (await send(ann, conversation, 'heard')).body;
		return live.next('message', (event) => event.seq === message.seq, { within: 300 });
	});
	const texts = (await history(bob, conversation)).map((message) => message.body.text);
	assert.ok(texts.includes('unheard'));
});
