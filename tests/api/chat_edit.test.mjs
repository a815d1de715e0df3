// Editing texts: what everybody sees then, who may, until when, and what it was before.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { changesOf, edit, editsOf, messageOf, recall, sent, standingOf } from '../harness/messages.mjs';

let ann;
let bob;
let cem;
let conversation;

before(async () => {
	[ann, bob, cem] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
	await befriend(ann, cem);
});

const textsOf = async (person, place, seq) => {
	const answer = await editsOf(person, place, seq);
	expectStatus(answer, 200);
	return answer.body.edits.map((one) => one.text);
};

test('an edit is a row of the stream, and the message is what it has become', async () => {
	const seq = await sent(ann, conversation, 'helo');
	const before = await standingOf(bob, conversation);
	const answer = await edit(ann, conversation, seq, 'hello');
	expectStatus(answer, 200);
	const { message } = answer.body;
	const change = (await changesOf(bob, conversation)).at(-1);
	assert.deepEqual([change.kind, change.sender_id, change.seq], ['edit', ann.id, seq + 1]);
	assert.deepEqual(change.body, { target: seq, text: 'hello' });
	assert.deepEqual(message.body, { text: 'hello' });
	assert.equal(message.changed_seq, change.seq);
	assert.equal(message.edited_at, change.created_at);
	for (const person of [ann, bob]) assert.deepEqual(await messageOf(person, conversation, seq), message);
	assert.deepEqual(await standingOf(bob, conversation), before);
	const { last_message } = (await bob.get(`/chat/conversations/${conversation}`)).body.conversation;
	assert.deepEqual(last_message, message);
	assert.equal((await send(bob, conversation, 'next')).body.message.seq, change.seq + 1);
});

test('the same text again changes nothing', async () => {
	const seq = await sent(ann, conversation, 'same');
	const none = await edit(ann, conversation, seq, 'same');
	expectStatus(none, 200);
	assert.equal(none.body.message.edited_at, null);
	const first = await edit(ann, conversation, seq, 'other');
	const second = await edit(ann, conversation, seq, 'other');
	expectStatus(second, 200);
	assert.deepEqual(second.body, first.body);
	const changes = (await changesOf(ann, conversation)).filter((row) => row.body.target === seq);
	assert.equal(changes.length, 1);
});

test('what it said before is for its author', async () => {
	const seq = await sent(ann, conversation, 'one');
	assert.deepEqual(await textsOf(ann, conversation, seq), []);
	for (const text of ['two', 'three']) expectStatus(await edit(ann, conversation, seq, text), 200);
	const { edits, more } = (await editsOf(ann, conversation, seq)).body;
	assert.deepEqual(edits.map((one) => one.text), ['one', 'two']);
	assert.equal(more, false);
	assert.equal(edits[1].edited_at, (await messageOf(ann, conversation, seq)).edited_at);
	const page = (await editsOf(ann, conversation, seq, '?limit=1')).body;
	assert.deepEqual([page.edits.map((one) => one.text), page.more], [['one'], true]);
	const next = (await editsOf(ann, conversation, seq, `?limit=1&after=${page.edits[0].seq}`)).body;
	assert.deepEqual([next.edits.map((one) => one.text), next.more], [['two'], false]);
	expectProblem(await editsOf(bob, conversation, seq), 403, 'forbidden');
	expectProblem(await editsOf(cem, conversation, seq), 403, 'not_a_member');
	expectProblem(await editsOf(ann, conversation, seq, '?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await editsOf(ann, conversation, 1), 404, 'not_found');
});

test('in a group also for its owner and administrators', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	expectStatus(await ann.patch(`/social/groups/${group.id}/members/${bob.id}`, { role: 'admin' }), 200);
	const seq = await sent(cem, group.id, 'one');
	expectStatus(await edit(cem, group.id, seq, 'two'), 200);
	for (const person of [ann, bob, cem]) assert.deepEqual(await textsOf(person, group.id, seq), ['one']);
	const other = await sent(ann, group.id, 'one');
	expectStatus(await edit(ann, group.id, other, 'two'), 200);
	expectProblem(await editsOf(cem, group.id, other), 403, 'forbidden');
});

test('only texts of one\'s own are edited', async () => {
	const group = await makeGroup(ann, [bob]);
	const seq = await sent(bob, group.id, 'mine');
	expectProblem(await edit(ann, group.id, seq, 'yours'), 403, 'not_yours');
	expectProblem(await edit(ann, group.id, 1, 'joined'), 404, 'not_found');
	expectProblem(await edit(ann, group.id, 1000, 'nothing'), 404, 'not_found');
	expectProblem(await edit(cem, group.id, seq, 'stranger'), 403, 'not_a_member');
	expectStatus(await edit(bob, group.id, seq, 'mine still'), 200);
	expectProblem(await edit(bob, group.id, seq + 1, 'a change'), 404, 'not_found');
	const card = await ann.post(`/chat/conversations/${conversation}/messages`,
		{ client_key: randomUUID(), kind: 'contact', body: { user_id: cem.id } });
	expectStatus(card, 201);
	expectProblem(await edit(ann, conversation, card.body.message.seq, 'text'), 404, 'not_found');
	expectStatus(await recall(bob, group.id, seq), 204);
	expectProblem(await edit(bob, group.id, seq, 'too late'), 409, 'recalled');
});

test('what is no text is refused, as in a send', async () => {
	const seq = await sent(ann, conversation, 'text');
	const path = `/chat/conversations/${conversation}/messages/${seq}`;
	for (const body of [{ text: '' }, { text: ' \u200d ' }, { text: 'x'.repeat(8001) }, { text: 1 }, {}])
		expectProblem(await ann.patch(path, { body }), 422, 'invalid_field', 'body');
	expectProblem(await ann.patch(path, {}), 422, 'invalid_field', 'body');
	expectProblem(await edit(ann, conversation, seq, 'x', { mentions: [cem.id] }), 422, 'invalid_field', 'mentions');
	expectProblem(await edit(ann, conversation, seq, 'x', { mention_all: true }), 422, 'invalid_field', 'mention_all');
	assert.deepEqual((await messageOf(bob, conversation, seq)).body, { text: 'text' });
});

test('who may not write there may not edit there either', async () => {
	const [dan, eve] = await Promise.all([register(), register()]);
	const direct = await befriend(dan, eve);
	const seq = await sent(dan, direct, 'one');
	expectStatus(await eve.put(`/social/blocks/${dan.id}`), 200, 204);
	expectProblem(await edit(dan, direct, seq, 'two'), 403, 'blocked');
	expectStatus(await eve.delete(`/social/blocks/${dan.id}`), 204);
	expectStatus(await eve.delete(`/social/friends/${dan.id}`), 204);
	expectProblem(await edit(dan, direct, seq, 'two'), 403, 'not_friends');

	const group = await makeGroup(ann, [bob, cem]);
	const member = `/social/groups/${group.id}/members/${bob.id}`;
	const his = await sent(bob, group.id, 'one');
	expectStatus(await ann.patch(member, { muted_until: Date.now() + 60_000 }), 200);
	expectProblem(await edit(bob, group.id, his, 'two'), 403, 'muted');
	expectStatus(await ann.delete(member), 204);
	expectProblem(await edit(bob, group.id, his, 'two'), 403, 'not_a_member');
	const hers = await sent(ann, group.id, 'one');
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	expectProblem(await edit(ann, group.id, hers, 'two'), 403, 'group_dissolved');
});

test('the time to edit ends where the configuration says', async () => {
	const seq = await sent(ann, conversation, 'old');
	await sql(`UPDATE message SET created_at = created_at - 86401000
		WHERE conversation_id = ${conversation} AND seq = ${seq}`);
	expectProblem(await edit(ann, conversation, seq, 'new'), 403, 'too_late');
	expectStatus(await edit(ann, conversation, seq, 'old'), 200);
	const answer = await cgi('chat', 'PATCH', `/conversations/${conversation}/messages/${seq}`,
		{ token: ann.token, body: { body: { text: 'new' } }, env: { HICHAT_CHAT_EDIT_WINDOW: '0' } });
	assert.equal(answer.status, 200, answer.text);
	assert.deepEqual((await messageOf(bob, conversation, seq)).body, { text: 'new' });
});

test('an edit counts as a send', async () => {
	const env = { HICHAT_LIMITS_SENDS: '1' };
	const dan = await register();
	const direct = await befriend(dan, ann);
	const seq = await sent(dan, direct, 'x');
	const patch = (text) => cgi('chat', 'PATCH', `/conversations/${direct}/messages/${seq}`,
		{ token: dan.token, body: { body: { text } }, env });
	const statuses = [(await patch('one')).status, (await patch('two')).status];
	assert.ok(statuses.includes(429), statuses.join());
});

test('whom it names is named from then on, and nobody else', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const mentioned = async (person) => (await standingOf(person, group.id)).mentioned;
	const seq = await sent(ann, group.id, '@bob', { mentions: [bob.id] });
	expectStatus(await edit(ann, group.id, seq, '@bob, still'), 200);
	assert.deepEqual([await mentioned(bob), await mentioned(cem)], [1, 0]);
	const answer = await edit(ann, group.id, seq, '@cem', { mentions: [cem.id, cem.id] });
	assert.deepEqual(answer.body.message.mentions, [cem.id, cem.id]);
	assert.deepEqual([await mentioned(bob), await mentioned(cem)], [0, 1]);
	const change = (await changesOf(bob, group.id)).at(-1);
	assert.deepEqual(change.body, { target: seq, text: '@cem', mentions: [cem.id, cem.id] });
	assert.deepEqual(change.mentions, [], 'the row itself names nobody');
	expectStatus(await edit(ann, group.id, seq, '@cem', { mention_all: true, mentions: [] }), 200);
	assert.deepEqual([await mentioned(bob), await mentioned(cem)], [1, 1]);
	expectStatus(await edit(ann, group.id, seq, 'nobody', { mentions: [] }), 200);
	assert.deepEqual([await mentioned(bob), await mentioned(cem)], [0, 0]);
	const his = await sent(bob, group.id, 'x');
	expectProblem(await edit(bob, group.id, his, '@all', { mention_all: true }), 403, 'forbidden');
	const eve = await register();
	expectProblem(await edit(bob, group.id, his, '@eve', { mentions: [eve.id] }), 422, 'invalid_field', 'mentions');
});

test('a repeated send finds the message as it is now', async () => {
	const client_key = randomUUID();
	const seq = await sent(ann, conversation, 'first', { client_key });
	const edited = await edit(ann, conversation, seq, 'second');
	const again = await send(ann, conversation, 'first', { client_key });
	expectStatus(again, 200);
	assert.deepEqual(again.body, edited.body);
});

test('an edited forward stays a forward', async () => {
	const seq = await sent(ann, conversation, 'passed on');
	const forwarded = await ann.post('/chat/forwards', { client_key: randomUUID(),
		from_conversation: conversation, seqs: [seq], to_conversations: [conversation] });
	expectStatus(forwarded, 201);
	const copy = forwarded.body.messages[0];
	const answer = await edit(ann, conversation, copy.seq, 'mended');
	expectStatus(answer, 200);
	assert.deepEqual(answer.body.message.body, { ...copy.body, text: 'mended' });
});

test('what is below one\'s view cannot be edited', async () => {
	const seq = await sent(ann, conversation, 'gone for me');
	expectStatus(await ann.patch(`/chat/conversations/${conversation}`, { cleared_seq: seq }), 200);
	expectProblem(await edit(ann, conversation, seq, 'back'), 404, 'not_found');
	expectProblem(await editsOf(ann, conversation, seq), 404, 'not_found');
});

test('edits at the same time are one after the other', async () => {
	const seq = await sent(ann, conversation, 'start');
	const texts = Array.from({ length: 8 }, (_, i) => `text ${i}`);
	const answers = await Promise.all([
		...texts.map((text) => edit(ann, conversation, seq, text)),
		...texts.map(() => send(bob, conversation, 'between')),
	]);
	for (const answer of answers) expectStatus(answer, 200, 201);
	const changes = (await changesOf(bob, conversation)).filter((row) => row.body.target === seq);
	assert.equal(changes.length, texts.length);
	const message = await messageOf(bob, conversation, seq);
	assert.equal(message.changed_seq, changes.at(-1).seq);
	assert.equal(message.body.text, changes.at(-1).body.text);
	assert.deepEqual(await textsOf(ann, conversation, seq),
		['start', ...changes.slice(0, -1).map((row) => row.body.text)]);
});

test('who has blocked the author is not called by an edit either', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const mentioned = async (person) => (await standingOf(person, group.id)).mentioned;
	const seq = await sent(bob, group.id, 'to nobody');
	expectStatus(await cem.put(`/social/blocks/${bob.id}`), 200);
	expectStatus(await edit(bob, group.id, seq, '@ann @cem', { mentions: [ann.id, cem.id] }), 200);
	assert.deepEqual([await mentioned(ann), await mentioned(cem)], [1, 0]);
	expectStatus(await cem.delete(`/social/blocks/${bob.id}`), 204);
});
