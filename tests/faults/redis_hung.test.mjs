// A Redis that takes connections and answers nothing: a request waits for it no longer than
// [redis] timeout_ms says, and finds that out for all others of its process, as hichat.conf(5) says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { connectLive } from '../harness/live.mjs';
import { killPart, parts } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const TIMEOUT = 250; // ms, the default
const SENDS = 150; // many times the workers of chat
const FIRST = 250;
const LAST = 5000;

/** How often a process has tried Redis in so many milliseconds, the first failure included. */
function tries(milliseconds) {
	let [count, pause, at] = [1, FIRST, TIMEOUT + FIRST];
	for (; at <= milliseconds; at += TIMEOUT + pause) {
		count += 1;
		pause = Math.min(pause * 2, LAST);
	}
	return count;
}

const outages = () => readFileSync(parts.log('chat'), 'utf8').split('redis fails').length - 1;

/** How long each took, and all of them, in milliseconds. */
async function sendsInTurn(person, conversation) {
	const times = [];
	const begin = performance.now();
	for (let i = 0; i < SENDS; i += 1) {
		const started = performance.now();
		expectStatus(await send(person, conversation, `text ${i}`), 201);
		times.push(performance.now() - started);
	}
	return { longest: Math.max(...times), whole: performance.now() - begin };
}

test('a hung Redis slows a request now and then, and by its time-out alone', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	await sendsInTurn(ann, conversation); // every worker has its connections
	const usual = await sendsInTurn(ann, conversation);
	const before = outages();
	killPart('redis', 'SIGSTOP');
	t.after(() => killPart('redis', 'SIGCONT'));
	const hung = await sendsInTurn(ann, conversation);
	for (const [name, { whole, longest }] of Object.entries({ usual, hung }))
		t.diagnostic(`${name}: ${SENDS} sends take ${Math.round(whole)} ms, the longest ${Math.round(longest)} ms`);
	assert.ok(hung.longest >= TIMEOUT, 'it does hang');
	assert.ok(hung.longest < 2 * TIMEOUT + 2 * usual.longest, 'the time-out alone');
	assert.ok(hung.whole < 2 * usual.whole + tries(hung.whole) * TIMEOUT, 'and not for many of them');
	assert.equal(outages() - before, 1, 'one worker has found it out for all');
});

test('what is sent meanwhile is stored, and once it goes on events are live again', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	const live = await eventually('a live connection', () => connectLive(bob));
	t.after(() => live.close());
	killPart('redis', 'SIGSTOP');
	let hung = true;
	const wake = () => hung && killPart('redis', 'SIGCONT');
	t.after(wake);
	expectStatus(await send(ann, conversation, 'unheard'), 201);
	wake();
	hung = false;
	await eventually('a message is live again', async () => {
		const { message } = (await send(ann, conversation, 'heard')).body;
		return live.next('message', (event) => event.seq === message.seq, { within: 300 });
	}, { within: 30_000 });
	const texts = (await history(bob, conversation)).map((message) => message.body.text);
	assert.ok(texts.includes('unheard'));
});
