// Sixteen clients on a bad network: each send goes out several times, late and in any order.
// Whatever was answered is there once, and no conversation has a hole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';

const CLIENTS = 16;
const SENDS = 24;
const ATTEMPTS = 3;

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

/** What one client asks for: every send several times, in a wild order, four at a time. */
async function rage({ person, conversation, random }) {
	const attempts = Array.from({ length: SENDS * ATTEMPTS }, (_, i) => i % SENDS);
	shuffle(attempts, random);
	const answers = [];
	const lane = async () => {
		while (attempts.length > 0) {
			const number = attempts.pop();
			for (let wait = random(4); wait > 0; wait -= 1) await turn();
			const text = `${person.id} 第 ${number} 条 🚀`;
			const answer = await send(person, conversation, text, { client_key: `k${number}` });
			answers.push({ number, answer });
		}
	};
	await Promise.all([lane(), lane(), lane(), lane()]);
	return answers;
}

function checkAnswers(answers) {
	for (let number = 0; number < SENDS; number += 1) {
		const own = answers.filter((entry) => entry.number === number).map((entry) => entry.answer);
		assert.equal(own.length, ATTEMPTS);
		for (const answer of own) {
			expectStatus(answer, 200, 201);
			assert.deepEqual(answer.body.message, own[0].body.message);
		}
		assert.equal(own.filter((answer) => answer.status === 201).length, 1, 'one of them made it');
	}
}

test('each conversation is 1..n without hole or repeat', { timeout: 120_000 }, async () => {
	const people = await Promise.all(Array.from({ length: CLIENTS }, () => register()));
	const clients = [];
	for (let i = 0; i < CLIENTS; i += 2) {
		const conversation = await befriend(people[i], people[i + 1]);
		for (const person of [people[i], people[i + 1]])
			clients.push({ person, conversation, random: numbers(i + clients.length) });
	}
	const answers = await Promise.all(clients.map(rage));
	answers.forEach(checkAnswers);

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
