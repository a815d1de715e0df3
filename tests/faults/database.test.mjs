// MariaDB goes away and comes back: requests in between get 503, later ones work, and no process
// had to be restarted for it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';
import { Reader, Sender, assertComplete } from '../harness/follower.mjs';
import { killPart, processes, programs, restarted, startPart, stopPart } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const everything = [...programs, 'wsd', 'redis', 'web'];
const processesNow = () => Object.fromEntries(everything.map((part) => [part, processes(part)]));

let ann;
let bob;
let conversation;

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	conversation = await befriend(ann, bob);
});

test('without MariaDB requests get 503, and 200 again once it is back', async (t) => {
	const pids = processesNow();
	t.after(() => startPart('mariadb')); // also when this fails half-way
	await stopPart('mariadb');
	expectProblem(await ann.get('/account/me'), 503, 'unavailable');
	expectProblem(await ann.get('/social/friends'), 503, 'unavailable');
	expectProblem(await ann.get('/chat/sync'), 503, 'unavailable');
	expectProblem(await send(ann, conversation, 'into the void'), 503, 'unavailable');
	for (const name of programs) {
		const health = await api('GET', `/${name}/health`);
		expectStatus(health, 503);
		assert.notEqual(health.body.status, 'ok');
		assert.equal(health.body.program, name);
	}
	await startPart('mariadb');
	const again = { within: 30_000 };
	await eventually('a send works', async () => (await send(ann, conversation, 'back')).status === 201, again);
	for (const path of ['/account/me', '/social/friends', '/chat/sync'])
		await eventually(path, async () => (await ann.get(path)).status === 200);
	for (const name of programs)
		await eventually(`${name} is well`, async () => (await api('GET', `/${name}/health`)).status === 200);
	assert.deepEqual(processesNow(), pids, 'nothing was restarted');
});

test('a crash of MariaDB in the middle of a chat loses nothing that was acknowledged', async (t) => {
	const reader = new Reader(bob);
	const senders = [new Sender(ann, conversation), new Sender(bob, conversation)];
	t.after(() => Promise.all([reader, ...senders].map((one) => one.stop())));
	const all = () => senders.flatMap((sender) => sender.acknowledged);
	await eventually('the chat is under way', () => senders.every((one) => one.acknowledged.length >= 20));

	const pids = processes('mariadb');
	killPart('mariadb');
	await restarted('mariadb', pids);
	const retried = senders.map((sender) => sender.retries);
	const marker = senders.map((sender) => sender.acknowledged.length);
	await eventually('both are acknowledged again', () =>
		senders.every((one, index) => one.acknowledged.length >= marker[index] + 20), { within: 60_000 });
	assert.ok(senders.every((one, index) => one.retries >= retried[index]));
	await Promise.all(senders.map((sender) => sender.stop()));
	await assertComplete(assert, ann, conversation, all());
});
