// Deleting for oneself: hidden from one person, on whatever way it would be read.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { edit, editsOf, hide, messageOf, pin, pinsOf, react, recall, sent, standingOf } from '../harness/messages.mjs';

let ann;
let bob;
let cem;
let conversation;

before(async () => {
	[ann, bob, cem] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
});

test('it is gone for one, and as it was for the other', async () => {
	const secret = `secret-${randomUUID()}`;
	const seq = await sent(ann, conversation, secret);
	const before = await standingOf(bob, conversation);
	const was = await messageOf(bob, conversation, seq);
	expectStatus(await hide(bob, conversation, seq), 204);
	assert.deepEqual(await messageOf(bob, conversation, seq), { ...was, body: null, hidden: true });
	assert.deepEqual(await messageOf(ann, conversation, seq), was);
	assert.deepEqual(await standingOf(bob, conversation), before);
	for (const path of ['/chat/sync', `/chat/conversations/${conversation}`, `/chat/conversations/${conversation}/messages`]) {
		const answer = await bob.get(path);
		expectStatus(answer, 200);
		assert.ok(!answer.text.includes(secret), path);
		assert.ok((await ann.get(path)).text.includes(secret), path);
	}
	const next = await sent(ann, conversation, 'next');
	assert.equal(next, seq + 1, 'it is no row of the stream');
	assert.equal((await messageOf(bob, conversation, next)).hidden, false);
});

test('deleted once more, nothing happens', async () => {
	const seq = await sent(ann, conversation, 'x');
	for (let i = 0; i < 2; i += 1) expectStatus(await hide(ann, conversation, seq), 204);
	assert.equal((await messageOf(ann, conversation, seq)).hidden, true);
});

test('no edit shows what is hidden, whenever it was made', async () => {
	const [first, second, third] = Array.from({ length: 3 }, () => `secret-${randomUUID()}`);
	const seq = await sent(ann, conversation, first);
	expectStatus(await edit(ann, conversation, seq, second), 200);
	expectStatus(await hide(bob, conversation, seq), 204);
	expectStatus(await edit(ann, conversation, seq, third), 200);
	const rows = await history(bob, conversation);
	for (const text of [first, second, third]) assert.ok(!JSON.stringify(rows).includes(text));
	const edits = rows.filter((row) => row.kind === 'edit' && row.body.target === seq);
	assert.deepEqual(edits.map((row) => [row.body, row.hidden]), Array(2).fill([{ target: seq }, false]));
	const hers = (await history(ann, conversation)).filter((row) => row.kind === 'edit' && row.body.target === seq);
	assert.deepEqual(hers.map((row) => row.body.text), [second, third]);
	expectStatus(await hide(ann, conversation, seq), 204);
	expectProblem(await editsOf(ann, conversation, seq), 404, 'not_found');
});

test('reactions and pins of it are hidden with it', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await react(ann, conversation, seq, '👍'), 200);
	expectStatus(await pin(ann, conversation, seq), 200);
	expectStatus(await hide(bob, conversation, seq), 204);
	assert.deepEqual((await messageOf(bob, conversation, seq)).reactions, []);
	assert.ok(!(await pinsOf(bob, conversation)).includes(seq));
	assert.ok((await pinsOf(ann, conversation)).includes(seq));
	const answer = await react(bob, conversation, seq, '👎');
	expectStatus(answer, 200);
	assert.deepEqual([answer.body.message.body, answer.body.message.hidden], [null, true]);
	assert.deepEqual((await messageOf(ann, conversation, seq)).reactions.map((one) => one.count), [1, 1]);
});

test('it is not passed on either', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await hide(ann, conversation, seq), 204);
	const answer = await ann.post('/chat/forwards', { client_key: randomUUID(),
		from_conversation: conversation, seqs: [seq], to_conversations: [conversation] });
	expectProblem(answer, 404, 'not_found', 'seqs');
});

test('what happened, and what is left of a recall, can be deleted too', async () => {
	const group = await makeGroup(ann, [bob]);
	expectStatus(await hide(bob, group.id, 1), 204);
	const first = (await history(bob, group.id))[0];
	assert.deepEqual([first.kind, first.body, first.hidden], ['system', null, true]);
	const seq = await sent(ann, group.id, 'x');
	expectStatus(await recall(ann, group.id, seq), 204);
	expectStatus(await hide(bob, group.id, seq), 204);
	assert.equal((await messageOf(bob, group.id, seq)).hidden, true);
	expectProblem(await hide(bob, group.id, seq + 1), 404, 'not_found');
});

test('only what one sees can be deleted', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectProblem(await hide(cem, conversation, seq), 403, 'not_a_member');
	expectProblem(await hide(ann, conversation, 1_000_000), 404, 'not_found');
	expectStatus(await ann.patch(`/chat/conversations/${conversation}`, { cleared_seq: seq }), 200);
	expectProblem(await hide(ann, conversation, seq), 404, 'not_found');
	const found = await sql(`SELECT user_id FROM hidden_message WHERE conversation_id = ${conversation} AND seq = ${seq}`);
	assert.deepEqual(found, []);
});

test('who was blocked or unfriended still deletes for themselves', async () => {
	const [dan, eve] = await Promise.all([register(), register()]);
	const direct = await befriend(dan, eve);
	const seq = await sent(eve, direct, 'x');
	expectStatus(await eve.delete(`/social/friends/${dan.id}`), 204);
	expectStatus(await hide(dan, direct, seq), 204);
	assert.equal((await messageOf(dan, direct, seq)).body, null);
	expectProblem(await send(dan, direct, 'x'), 403, 'not_friends');
});
