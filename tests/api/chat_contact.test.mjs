// Contact cards: messages that name a person.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';

let ann;
let bob;
let cem;
let conversation;

before(async () => {
	[ann, bob, cem] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
});

const sendCard = (body) => ann.post(`/chat/conversations/${conversation}/messages`,
	{ client_key: randomUUID(), kind: 'contact', body });

test('a card names a person and nothing else', async () => {
	const answer = await sendCard({ user_id: cem.id, nickname: 'somebody else' });
	expectStatus(answer, 201);
	assert.equal(answer.body.message.kind, 'contact');
	assert.deepEqual(answer.body.message.body, { user_id: cem.id });
	assert.deepEqual((await history(bob, conversation)).at(-1), answer.body.message);
});

for (const [name, body] of Object.entries({
	'of nobody': {},
	'of an unknown person': { user_id: 2 ** 52 },
	'of a name': { user_id: 'cem' },
	'with a text': { text: 'cem' },
})) {
	test(`a card ${name} is refused`, async () => {
		expectProblem(await sendCard(body), 422, 'invalid_field', 'body');
	});
}
