// kill -9 of any part in the middle of a chat: nothing that was acknowledged is missing, and live
// delivery is back within 5 s of the part's return.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { Reader, Sender, assertComplete } from '../harness/follower.mjs';
import { killPart, processes, programs, restarted } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const RETURN = 5_000;

/** From now on, how long until a message that is sent now is seen live? */
async function untilDeliveredLive(person, conversation, reader) {
	const start = performance.now();
	await eventually('a new message is seen live', async () => {
		const answer = await send(person, conversation, 'are you there?').catch(() => null);
		if (answer?.status !== 201) return false;
		const seen = () => reader.saw(answer.body.message);
		return eventually('this one', seen, { within: 250 }).catch(() => false);
	}, { within: RETURN });
	return performance.now() - start;
}

for (const part of [...programs, 'wsd', 'redis', 'web']) {
	test(`kill -9 of ${part} loses nothing, and live delivery comes back`, async (t) => {
		const [ann, bob] = await Promise.all([register(), register()]);
		const conversation = await befriend(ann, bob);
		const reader = new Reader(bob);
		const sender = new Sender(ann, conversation);
		t.after(() => Promise.all([sender.stop(), reader.stop()]));
		await eventually('the chat is under way', () =>
			reader.arrivals.size >= 20 && sender.acknowledged.length >= 20);

		const before = processes(part);
		killPart(part);
		await restarted(part, before);
		const back = performance.now();
		const delay = await untilDeliveredLive(ann, conversation, reader);
		t.diagnostic(`live again ${Math.round(delay)} ms after ${part} was back`);

		// The chat goes on, and only then ends.
		const marker = sender.acknowledged.length;
		await eventually('more is acknowledged', () => sender.acknowledged.length >= marker + 20);
		await sender.stop();
		const last = sender.acknowledged.at(-1);
		await eventually('the last message is seen', () => reader.saw(last));
		assert.ok(performance.now() > back);
		await assertComplete(assert, bob, conversation, sender.acknowledged);
	});
}

test('a killed program leaves the others alone', async () => {
	const before = Object.fromEntries(programs.map((name) => [name, processes(name)]));
	killPart('moments');
	await restarted('moments', before.moments);
	for (const name of programs.filter((one) => one !== 'moments'))
		assert.deepEqual(processes(name), before[name], name);
	const ann = await register();
	expectStatus(await ann.get('/account/me'), 200);
});
