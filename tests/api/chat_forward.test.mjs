// Forwarding: singly and merged, into several conversations, safe to try again.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, beforeEach, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';

let ann;
let bob;
let cem;
let eve;
let withBob;
let withCem;
let group;
let seqs;

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	[withBob, withCem] = [await befriend(ann, bob), await befriend(ann, cem)];
	group = await makeGroup(ann, [bob, cem]);
});

beforeEach(async () => {
	const first = await send(bob, withBob, 'one 你好 👋');
	const second = await send(ann, withBob, 'two');
	seqs = [first, second].map((answer) => answer.body.message.seq);
});

const forward = (fields, who = ann) => who.post('/chat/forwards', {
	client_key: randomUUID(), from_conversation: withBob, seqs, to_conversations: [withCem], ...fields,
});
const latest = async (who, conversation, count) => (await history(who, conversation)).slice(-count);

test('messages go singly, in their order, to every target', async () => {
	const answer = await forward({ seqs: [...seqs].reverse(), to_conversations: [withCem, group.conversation_id] });
	expectStatus(answer, 201);
	assert.deepEqual(answer.body.refused, []);
	assert.equal(answer.body.messages.length, 4);
	for (const conversation of [withCem, group.conversation_id]) {
		const copies = await latest(cem, conversation, 2);
		assert.deepEqual(copies.map(({ body }) => body), [
			{ text: 'one 你好 👋', forwarded: true }, { text: 'two', forwarded: true },
		]);
		assert.ok(copies.every(({ kind, sender_id }) => kind === 'text' && sender_id === ann.id));
		assert.deepEqual(answer.body.messages.filter((one) => one.conversation_id === conversation), copies);
	}
});

test('what is forwarded can be forwarded again', async () => {
	const { body } = await forward({ seqs: [seqs[0]] });
	const answer = await forward({
		from_conversation: withCem, seqs: [body.messages[0].seq], to_conversations: [group.conversation_id],
	}, cem);
	expectStatus(answer, 201);
	assert.deepEqual(answer.body.messages[0].body, { text: 'one 你好 👋', forwarded: true });
});

test('the same key makes no second copy', async () => {
	const again = { client_key: randomUUID() };
	const first = await forward(again);
	const second = await forward(again);
	expectStatus(first, 201);
	expectStatus(second, 201);
	assert.deepEqual(second.body, first.body);
	assert.deepEqual(await latest(cem, withCem, 2), first.body.messages);
});

test('a key with other messages is a conflict', async () => {
	const again = { client_key: randomUUID() };
	expectStatus(await forward({ ...again, seqs: [seqs[0]] }), 201);
	expectProblem(await forward({ ...again, seqs: [seqs[1]] }), 409, 'conflict');
});

test('merged they are one message that names people, not accounts', async () => {
	const answer = await forward({ merged: true, title: 'Ann and Bob' });
	expectStatus(answer, 201);
	const [message] = answer.body.messages;
	assert.equal(message.kind, 'merged');
	assert.equal(message.body.title, 'Ann and Bob');
	assert.deepEqual(message.body.items.map(({ name, kind, body }) => ({ name, kind, body })), [
		{ name: bob.user.nickname, kind: 'text', body: { text: 'one 你好 👋' } },
		{ name: ann.user.nickname, kind: 'text', body: { text: 'two' } },
	]);
	assert.deepEqual(await latest(cem, withCem, 1), [message]);
	assert.ok(!JSON.stringify(message.body).includes('_id'));
});

test('bundles hold bundles, but not without end', async () => {
	let [from, to] = [withBob, withCem];
	let wanted = seqs;
	for (let depth = 1; depth <= 4; depth += 1) {
		const answer = await forward({ from_conversation: from, seqs: wanted, to_conversations: [to], merged: true });
		if (depth === 4) return expectProblem(answer, 422, 'invalid_field', 'seqs');
		expectStatus(answer, 201);
		wanted = [answer.body.messages[0].seq];
		[from, to] = [to, from];
	}
});

test('a bundle is bounded', async () => {
	const long = [];
	for (let i = 0; i < 9; i += 1) long.push((await send(ann, withBob, '字'.repeat(3000))).body.message.seq);
	expectProblem(await forward({ seqs: long, merged: true }), 413, 'too_large');
});

test('a target that refuses keeps nobody from the others', async () => {
	const strangers = await makeGroup(cem);
	const answer = await forward({ to_conversations: [strangers.conversation_id, withCem] });
	expectStatus(answer, 201);
	assert.deepEqual(answer.body.refused, [{ conversation_id: strangers.conversation_id, code: 'not_a_member' }]);
	assert.equal(answer.body.messages.length, 2);
	expectProblem(await forward({ to_conversations: [strangers.conversation_id] }), 403, 'not_a_member');
});

test('nobody forwards what they cannot see', async () => {
	expectProblem(await forward({}, eve), 403, 'not_a_member');
	expectProblem(await forward({ from_conversation: 2 ** 52 }), 403, 'not_a_member');
	expectProblem(await forward({ seqs: [...seqs, 100000] }), 404, 'not_found', 'seqs');
	await ann.patch(`/chat/conversations/${withBob}`, { cleared_seq: seqs[0] });
	expectProblem(await forward({}), 404, 'not_found', 'seqs');
	expectStatus(await forward({ seqs: [seqs[1]] }), 201);
});

test('events are no messages', async () => {
	const event = (await history(bob, withBob)).find(({ kind }) => kind === 'system');
	const answer = await forward({ seqs: [event.seq], to_conversations: [group.conversation_id] }, bob);
	expectProblem(answer, 422, 'invalid_field', 'seqs');
});

for (const [name, [fields, field]] of Object.entries({
	'no key': [{ client_key: undefined }, 'client_key'],
	'a key with other letters': [{ client_key: 'kéy' }, 'client_key'],
	'a long key': [{ client_key: 'k'.repeat(57) }, 'client_key'],
	'no messages': [{ seqs: [] }, 'seqs'],
	'too many messages': [{ seqs: Array.from({ length: 101 }, (_, i) => i + 1) }, 'seqs'],
	'no targets': [{ to_conversations: [] }, 'to_conversations'],
	'too many targets': [{ to_conversations: Array.from({ length: 11 }, (_, i) => i + 1) }, 'to_conversations'],
	'a long title': [{ title: 't'.repeat(101) }, 'title'],
})) {
	test(`${name}: refused`, async () => {
		expectProblem(await forward(fields), 422, 'invalid_field', field);
	});
}

test('a target twice and too many copies are refused', async () => {
	expectProblem(await forward({ to_conversations: [withCem, withCem] }), 422, 'invalid_field', 'to_conversations');
	const many = [];
	for (let i = 0; i < 51; i += 1) many.push((await send(ann, withBob, `${i}`)).body.message.seq);
	const answer = await forward({ seqs: many, to_conversations: [withCem, group.conversation_id] });
	expectProblem(answer, 422, 'invalid_field', 'seqs');
});

test('every copy counts against the limit of sends', async () => {
	const env = { HICHAT_LIMITS_SENDS: '3' };
	const post = (key) => cgi('chat', 'POST', '/forwards', {
		body: { client_key: key, from_conversation: withBob, seqs, to_conversations: [withCem] },
		token: ann.token,
		env,
	});
	expectStatus(await post('limit-a'), 201);
	expectProblem(await post('limit-b'), 429, 'rate_limited');
	expectStatus(await post('limit-a'), 201);
});
