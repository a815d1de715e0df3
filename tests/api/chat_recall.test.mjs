// Recalls: who may, until when, and that nothing of the text is left.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { changesOf, edit, editsOf, messageOf, pin, pinsOf, react, recall, sent, standingOf }
	from '../harness/messages.mjs';

let ann;
let bob;
let cem;
let dan;
let conversation;

before(async () => {
	[ann, bob, cem, dan] = await Promise.all([register(), register(), register(), register()]);
	conversation = await befriend(ann, bob);
	for (const friend of [cem, dan]) await befriend(ann, friend);
});

/** Every column of every table that holds this text. */
async function columnsWith(text) {
	const columns = await sql(`SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS
		WHERE TABLE_SCHEMA = 'hichat' AND (DATA_TYPE LIKE '%text' OR DATA_TYPE LIKE '%char' OR DATA_TYPE = 'json')`);
	assert.ok(columns.length > 20);
	const counts = columns.map(([table, column]) =>
		`SELECT '${table}.${column}' FROM \`${table}\` WHERE \`${column}\` LIKE '%${text}%'`);
	return (await sql(`SET NAMES utf8mb4; ${counts.join(' UNION ALL ')}`)).map(([name]) => name);
}

const makeOld = (place, seq, seconds) => sql(`UPDATE message SET created_at = created_at - ${seconds * 1000}
	WHERE conversation_id = ${place} AND seq = ${seq}`);

test('what is left of a recalled message is its place', async () => {
	const client_key = randomUUID();
	const seq = await sent(ann, conversation, 'oh no', { client_key });
	const before = await standingOf(bob, conversation);
	const was = await messageOf(bob, conversation, seq);
	expectStatus(await recall(ann, conversation, seq), 204);
	const change = (await changesOf(bob, conversation)).at(-1);
	assert.deepEqual([change.kind, change.sender_id, change.body], ['recall', ann.id, { target: seq }]);
	assert.deepEqual(await messageOf(bob, conversation, seq),
		{ ...was, body: null, recalled_at: change.created_at, changed_seq: change.seq });
	assert.deepEqual(await standingOf(bob, conversation), before);
	const again = await send(ann, conversation, 'oh no', { client_key });
	expectStatus(again, 200);
	assert.deepEqual(again.body.message, await messageOf(ann, conversation, seq));
});

test('recalled again, it stays as it is', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await recall(ann, conversation, seq), 204);
	const left = await messageOf(bob, conversation, seq);
	await makeOld(conversation, seq, 1000);
	expectStatus(await recall(ann, conversation, seq), 204);
	assert.deepEqual((await messageOf(bob, conversation, seq)).changed_seq, left.changed_seq);
	assert.equal((await history(bob, conversation)).at(-1).seq, left.changed_seq);
});

test('a recalled text is nowhere in the database', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const [first, second, third] = Array.from({ length: 3 }, () => `secret-${randomUUID()}`);
	const seq = await sent(cem, group.id, `@bob ${first}`, { mentions: [bob.id] });
	expectStatus(await edit(cem, group.id, seq, second), 200);
	expectStatus(await edit(cem, group.id, seq, `@ann ${third}`, { mentions: [ann.id, bob.id] }), 200);
	expectStatus(await react(bob, group.id, seq, '🫥'), 200);
	expectStatus(await pin(ann, group.id, seq), 200);
	assert.deepEqual(await columnsWith(first), ['message_edit.text']);
	assert.deepEqual((await columnsWith(second)).sort(), ['message.body', 'message_edit.text']);
	assert.deepEqual(await columnsWith(third), ['message.body', 'message.body']);
	expectStatus(await recall(cem, group.id, seq), 204);
	for (const text of [first, second, third]) assert.deepEqual(await columnsWith(text), []);
	for (const table of ['reaction', 'pin', 'message_edit', 'mention'])
		assert.deepEqual(await sql(`SELECT seq FROM ${table} WHERE conversation_id = ${group.id}`), [], table);

	const rows = await history(bob, group.id);
	const message = rows.find((row) => row.seq === seq);
	assert.deepEqual([message.body, message.mentions, message.reactions, message.pinned_at], [null, [], [], null]);
	for (const row of rows.filter((one) => one.kind === 'edit')) assert.deepEqual(row.body, { target: seq });
	expectStatus(await editsOf(cem, group.id, seq), 200);
	assert.deepEqual((await editsOf(cem, group.id, seq)).body.edits, []);
	assert.deepEqual(await pinsOf(bob, group.id), []);
	assert.equal((await standingOf(bob, group.id)).mentioned, 0, 'nobody is mentioned by it any more');
});

test('a mention of everybody that is recalled is counted no more', async () => {
	const group = await makeGroup(ann, [bob]);
	const kept = await sent(ann, group.id, '@all 1', { mention_all: true });
	const seq = await sent(ann, group.id, '@all 2', { mention_all: true, mentions: [bob.id] });
	assert.equal((await standingOf(bob, group.id)).mentioned, 2);
	expectStatus(await recall(ann, group.id, seq), 204);
	assert.equal((await standingOf(bob, group.id)).mentioned, 1);
	expectStatus(await recall(ann, group.id, kept), 204);
	assert.equal((await standingOf(bob, group.id)).mentioned, 0);
});

test('one\'s own is recalled within the time that the configuration says', async () => {
	const seq = await sent(ann, conversation, 'old');
	await makeOld(conversation, seq, 121);
	expectProblem(await recall(ann, conversation, seq), 403, 'too_late');
	assert.deepEqual((await messageOf(bob, conversation, seq)).body, { text: 'old' });
	const answer = await cgi('chat', 'DELETE', `/conversations/${conversation}/messages/${seq}`,
		{ token: ann.token, env: { HICHAT_CHAT_RECALL_WINDOW: '0' } });
	assert.equal(answer.status, 204, answer.text);
	assert.equal((await messageOf(bob, conversation, seq)).body, null);
});

test('what others said is recalled by who keeps the group in order', async () => {
	const group = await makeGroup(ann, [bob, cem, dan]);
	for (const admin of [bob, dan])
		expectStatus(await ann.patch(`/social/groups/${group.id}/members/${admin.id}`, { role: 'admin' }), 200);
	const old = async (person) => {
		const seq = await sent(person, group.id, `of ${person.username}`);
		await makeOld(group.id, seq, 1_000_000);
		return seq;
	};
	const [hers, his, other, plain, plain2] = [await old(ann), await old(bob), await old(dan), await old(cem), await old(cem)];
	for (const seq of [hers, his]) expectProblem(await recall(cem, group.id, seq), 403, 'not_yours');
	expectProblem(await recall(cem, group.id, plain), 403, 'too_late');
	expectProblem(await recall(bob, group.id, hers), 403, 'not_yours');
	for (const seq of [plain, his, other]) expectStatus(await recall(bob, group.id, seq), 204);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${cem.id}`), 204);
	expectProblem(await recall(cem, group.id, plain2), 403, 'not_a_member');
	for (const seq of [hers, plain2]) expectStatus(await recall(ann, group.id, seq), 204);
	assert.equal((await changesOf(bob, group.id)).length, 5);
});

test('in a direct conversation nobody recalls what the other said', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectProblem(await recall(bob, conversation, seq), 403, 'not_yours');
	expectProblem(await recall(cem, conversation, seq), 403, 'not_a_member');
});

test('who is no friend any more, or blocked, still recalls what they said', async () => {
	const [eve, fay] = await Promise.all([register(), register()]);
	const direct = await befriend(eve, fay);
	const seqs = [await sent(eve, direct, 'one'), await sent(eve, direct, 'two')];
	expectStatus(await fay.put(`/social/blocks/${eve.id}`), 200, 204);
	expectStatus(await recall(eve, direct, seqs[0]), 204);
	expectStatus(await fay.delete(`/social/friends/${eve.id}`), 204);
	expectStatus(await recall(eve, direct, seqs[1]), 204);
	for (const seq of seqs) assert.equal((await messageOf(fay, direct, seq)).body, null);
});

test('a dissolved group stays as it is', async () => {
	const group = await makeGroup(ann, [bob]);
	const seq = await sent(ann, group.id, 'x');
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	expectProblem(await recall(ann, group.id, seq), 403, 'group_dissolved');
});

test('what nobody wrote, is not there or not to be seen cannot be recalled', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectProblem(await recall(ann, conversation, 1), 404, 'not_found');
	expectProblem(await recall(ann, conversation, 1_000_000), 404, 'not_found');
	expectStatus(await recall(ann, conversation, seq), 204);
	expectProblem(await recall(ann, conversation, seq + 1), 404, 'not_found');
	const cleared = await sent(bob, conversation, 'x');
	expectStatus(await bob.patch(`/chat/conversations/${conversation}`, { cleared_seq: cleared }), 200);
	expectProblem(await recall(bob, conversation, cleared), 404, 'not_found');
	const odd = await ann.delete(`/chat/conversations/${conversation}/messages/${cleared}?for=everybody`);
	expectProblem(odd, 422, 'invalid_field', 'for');
});

test('a recall and an edit at the same time leave nothing behind', async () => {
	for (let round = 0; round < 5; round += 1) {
		const text = `race-${randomUUID()}`;
		const seq = await sent(ann, conversation, 'x');
		const [edited, recalled] = await Promise.all([
			edit(ann, conversation, seq, text), recall(ann, conversation, seq)]);
		expectStatus(edited, 200, 409);
		expectStatus(recalled, 204);
		assert.deepEqual(await columnsWith(text), []);
	}
	await changesOf(ann, conversation);
});
