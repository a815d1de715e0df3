// Reading a conversation page by page.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';

const COUNT = 25; // with the greeting

let ann;
let bob;
let conversation;

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	conversation = await befriend(ann, bob);
	for (let i = 2; i <= COUNT; i += 1) expectStatus(await send(i % 2 ? ann : bob, conversation, `no. ${i}`), 201);
});

async function page(query, reader = bob) {
	const answer = await reader.get(`/chat/conversations/${conversation}/messages${query}`);
	expectStatus(answer, 200);
	return { seqs: answer.body.messages.map((message) => message.seq), more: answer.body.more };
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const pages = [
	['', range(1, 25), false],
	['?limit=10', range(16, 25), true],
	['?limit=25', range(1, 25), false],
	['?limit=10&before=16', range(6, 15), true],
	['?limit=10&before=6', range(1, 5), false],
	['?before=1', [], false],
	['?limit=10&after=0', range(1, 10), true],
	['?limit=10&after=15', range(16, 25), false],
	['?limit=10&after=14', range(15, 24), true],
	['?after=25', [], false],
	['?after=1000000', [], false],
	['?after=5&before=9', range(6, 8), false],
	['?after=5&before=9&limit=2', range(6, 7), true],
];
for (const [query, seqs, more] of pages) {
	test(`messages${query} ascend, and tell whether there are more`, async () => {
		assert.deepEqual(await page(query), { seqs, more });
	});
}

for (const [query, field] of [
	['?limit=0', 'limit'],
	['?limit=101', 'limit'],
	['?after=x', 'after'],
	['?before=-1', 'before'],
]) {
	test(`messages${query} is refused`, async () => {
		const answer = await bob.get(`/chat/conversations/${conversation}/messages${query}`);
		expectProblem(answer, 422, 'invalid_field', field);
	});
}

test('what one has cleared is gone for that one alone', async () => {
	const path = `/chat/conversations/${conversation}`;
	expectStatus(await ann.patch(path, { cleared_seq: 20 }), 200);
	assert.deepEqual(await page('?limit=10', ann), { seqs: range(21, 25), more: false });
	assert.deepEqual(await page('?after=3&limit=10', ann), { seqs: range(21, 25), more: false });
	assert.deepEqual(await page('?before=21', ann), { seqs: [], more: false });
	assert.deepEqual(await page('?limit=10', bob), { seqs: range(16, 25), more: true });
	expectProblem(await send(ann, conversation, 're', { reply_to: 20 }), 422, 'invalid_field', 'reply_to');
	// It only rises, and never beyond what is there.
	expectStatus(await ann.patch(path, { cleared_seq: 3 }), 200);
	assert.deepEqual((await page('', ann)).seqs, range(21, 25));
	expectStatus(await ann.patch(path, { cleared_seq: 1_000_000 }), 200);
	assert.deepEqual((await page('', ann)).seqs, []);
	const next = (await send(bob, conversation, 'new')).body.message.seq;
	assert.deepEqual((await page('', ann)).seqs, [next]);
});
