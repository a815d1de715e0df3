// Sixteen clients on a bad network: each send goes out several times, late and in any order, and
// many a time the connection is gone before the answer.  Whatever was answered is there once, and
// no conversation has a hole.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { befriend, expectStatus, history, register, send, site } from '../harness/client.mjs';

const CLIENTS = 16;
const SENDS = 24;
const ATTEMPTS = 3;
const LATE_MS = 12; // about as long as a send takes: some are cut before it is done, some after

/** The same every time, so that what failed once fails again. */
function numbers(seed) {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state % below;
	};
}

function shuffle(list, random) {
	for (let i = list.length - 1; i > 0; i -= 1) {
		const j = random(i + 1);
		[list[i], list[j]] = [list[j], list[i]];
	}
	return list;
}

/** Sends the whole request and hangs up so many milliseconds later, answered or not. */
function sendAndHangUp(person, conversation, text, client_key, milliseconds) {
	return new Promise((resolve, reject) => {
		const sending = request(`${site}/api/v1/chat/conversations/${conversation}/messages`, {
			method: 'POST',
			agent: false,
			headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
		});
		let hungUp = false;
		sending.on('close', resolve);
		sending.on('error', (error) => hungUp || reject(error));
		sending.on('response', (response) => response.resume());
		sending.end(JSON.stringify({ client_key, kind: 'text', body: { text } }), async () => {
			await pause(milliseconds);
			hungUp = true;
			sending.destroy();
		});
	});
}

/** What one client asks for: every send several times, in a wild order, four at a time.  Each third
 * attempt or so is cut once before it is made. */
async function rage({ person, conversation, random }) {
	const attempts = Array.from({ length: SENDS * ATTEMPTS }, (_, i) => i % SENDS);
	shuffle(attempts, random);
	const answers = [];
	const cut = new Set();
	const lane = async () => {
		while (attempts.length > 0) {
			const number = attempts.pop();
			const [text, client_key] = [`${person.id} 第 ${number} 条 🚀`, `k${number}`];
			await pause(random(LATE_MS));
			if (random(3) === 0) {
				cut.add(number);
				await sendAndHangUp(person, conversation, text, client_key, random(LATE_MS));
			}
			answers.push({ number, answer: await send(person, conversation, text, { client_key }) });
		}
	};
	await Promise.all([lane(), lane(), lane(), lane()]);
	return { answers, cut };
}

/** Returns how many sends were made by an attempt whose answer nobody read. */
function checkAnswers({ answers, cut }) {
	let unread = 0;
	for (let number = 0; number < SENDS; number += 1) {
		const own = answers.filter((entry) => entry.number === number).map((entry) => entry.answer);
		assert.equal(own.length, ATTEMPTS);
		for (const answer of own) {
			expectStatus(answer, 200, 201);
			assert.deepEqual(answer.body.message, own[0].body.message);
		}
		const made = own.filter((answer) => answer.status === 201).length;
		assert.ok(made === 1 || (made === 0 && cut.has(number)), `made by ${made} of those that were answered`);
		unread += 1 - made;
	}
	return unread;
}

test('each conversation is 1..n without hole or repeat', { timeout: 120_000 }, async (t) => {
	const people = await Promise.all(Array.from({ length: CLIENTS }, () => register()));
	const clients = [];
	for (let i = 0; i < CLIENTS; i += 2) {
		const conversation = await befriend(people[i], people[i + 1]);
		for (const person of [people[i], people[i + 1]])
			clients.push({ person, conversation, random: numbers(i + clients.length) });
	}
	const raged = await Promise.all(clients.map(rage));
	const answers = raged.map((one) => one.answers);
	const unread = raged.map(checkAnswers).reduce((sum, count) => sum + count);
	const cut = raged.reduce((sum, one) => sum + one.cut.size, 0);
	t.diagnostic(`${unread} of ${cut} sends that were cut had been made all the same`);
	assert.ok(unread > 0, 'some were made although nobody heard of it');

	for (let i = 0; i < CLIENTS; i += 2) {
		const [mine, theirs] = await Promise.all(
			[clients[i], clients[i + 1]].map(({ person, conversation }) => history(person, conversation)));
		assert.deepEqual(mine, theirs, 'both see the same');
		assert.equal(mine.length, 1 + 2 * SENDS);
		mine.forEach((message, index) => {
			assert.equal(message.seq, index + 1);
			assert.equal(message.ordinal, index + 1);
		});
		const keys = mine.map((message) => `${message.sender_id} ${message.client_key}`);
		assert.equal(new Set(keys).size, keys.length);
		for (const { answer } of [...answers[i], ...answers[i + 1]])
			assert.deepEqual(mine[answer.body.message.seq - 1], answer.body.message);
	}
});
