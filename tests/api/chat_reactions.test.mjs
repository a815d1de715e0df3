// Reactions: one emoji each, counted for everybody, idempotent.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { changesOf, messageOf, react, recall, sent, standingOf, unreact } from '../harness/messages.mjs';

let ann;
let bob;
let cem;
let conversation;

before(async () => {
	[ann, bob, cem] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
	await befriend(ann, cem);
});

const reaction = (emoji, people, viewer) => ({
	emoji,
	count: people.length,
	mine: people.some((one) => one.id === viewer.id),
	user_ids: people.map((one) => one.id),
});

test('a reaction is a row of the stream, and stands with its message', async () => {
	const seq = await sent(ann, conversation, 'x');
	const before = await standingOf(ann, conversation);
	const answer = await react(bob, conversation, seq, '👍');
	expectStatus(answer, 200);
	const change = (await changesOf(ann, conversation)).at(-1);
	assert.deepEqual([change.kind, change.sender_id], ['reaction', bob.id]);
	assert.deepEqual(change.body, { target: seq, emoji: '👍', on: true });
	assert.deepEqual(answer.body.message.reactions, [reaction('👍', [bob], bob)]);
	assert.equal(answer.body.message.changed_seq, change.seq);
	assert.deepEqual(await messageOf(bob, conversation, seq), answer.body.message);
	assert.deepEqual((await messageOf(ann, conversation, seq)).reactions, [reaction('👍', [bob], ann)]);
	assert.deepEqual(await standingOf(ann, conversation), before);
	for (const person of [ann, bob]) {
		const { last_message } = (await person.get(`/chat/conversations/${conversation}`)).body.conversation;
		assert.deepEqual(last_message.reactions, [reaction('👍', [bob], person)]);
	}
});

test('they stand in the order of their first use, each as often as there are people', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const seq = await sent(ann, group.id, 'x');
	for (const [person, emoji] of [[bob, '🎉'], [ann, '❤️'], [cem, '🎉'], [bob, '❤️'], [ann, '🇨🇳']])
		expectStatus(await react(person, group.id, seq, emoji), 200);
	assert.deepEqual((await messageOf(cem, group.id, seq)).reactions,
		[reaction('🎉', [bob, cem], cem), reaction('❤️', [ann, bob], cem), reaction('🇨🇳', [ann], cem)]);
	expectStatus(await unreact(bob, group.id, seq, '🎉'), 204);
	assert.deepEqual((await changesOf(cem, group.id)).at(-1).body, { target: seq, emoji: '🎉', on: false });
	assert.deepEqual((await messageOf(cem, group.id, seq)).reactions[0], reaction('🎉', [cem], cem));
	expectStatus(await unreact(cem, group.id, seq, '🎉'), 204);
	expectStatus(await react(cem, group.id, seq, '🎉'), 200);
	assert.deepEqual((await messageOf(ann, group.id, seq)).reactions.map((one) => one.emoji), ['❤️', '🇨🇳', '🎉']);
});

test('repeated, neither reacting nor taking back changes anything', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await unreact(bob, conversation, seq, '👍'), 204);
	const first = await react(bob, conversation, seq, '👍');
	const second = await react(bob, conversation, seq, '👍');
	expectStatus(second, 200);
	assert.deepEqual(second.body, first.body);
	for (let i = 0; i < 2; i += 1) expectStatus(await unreact(bob, conversation, seq, '👍'), 204);
	assert.deepEqual((await messageOf(bob, conversation, seq)).reactions, []);
	const changes = (await changesOf(ann, conversation)).filter((row) => row.body.target === seq);
	assert.deepEqual(changes.map((row) => row.body.on), [true, false]);
});

test('what is no single emoji is refused', async () => {
	const seq = await sent(ann, conversation, 'x');
	for (const odd of ['a', '1', '👍👍', '👍a', '🇨', '👍\u0301', '👍\u0308\u0308', ' ', '👨‍👩‍👧‍👦‍👨‍👩‍👧‍👦']) {
		expectProblem(await react(ann, conversation, seq, odd), 422, 'invalid_field', 'emoji');
		expectProblem(await unreact(ann, conversation, seq, odd), 422, 'invalid_field', 'emoji');
	}
	for (const fine of ['👨‍👩‍👧‍👦', '👍🏽', '1️⃣', '#️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴‍☠️', '❤'])
		expectStatus(await react(ann, conversation, seq, fine), 200);
	assert.equal((await messageOf(bob, conversation, seq)).reactions.length, 7);
});

test('a message takes twenty different ones', async () => {
	const seq = await sent(ann, conversation, 'x');
	const emoji = Array.from({ length: 20 }, (_, i) => String.fromCodePoint(0x1f400 + i));
	for (const one of emoji) expectStatus(await react(ann, conversation, seq, one), 200);
	expectProblem(await react(bob, conversation, seq, '👍'), 409, 'too_many_reactions');
	expectStatus(await react(bob, conversation, seq, emoji[3]), 200);
	expectStatus(await unreact(ann, conversation, seq, emoji[0]), 204);
	expectStatus(await react(bob, conversation, seq, '👍'), 200);
});

test('the first twenty people are named, and everybody knows their own', async () => {
	const group = await makeGroup(ann, [bob, cem], { name: 'Crowded' });
	const ids = await crowd(25, ann);
	const seq = await sent(ann, group.id, 'x');
	expectStatus(await react(bob, group.id, seq, '👍'), 200);
	// People who cannot log in, who reacted in the order of their ids.
	const named = [bob.id, ...ids.slice(0, 19)];
	await sql(`${ids.map((id, i) => `INSERT INTO reaction VALUES (${group.id}, ${seq}, '👍', ${id}, ${seq + 2 + i})`).join(';')};
		UPDATE message SET reactions = '[{"emoji":"👍","count":26,"user_ids":[${named}]}]'
		WHERE conversation_id = ${group.id} AND seq = ${seq};
		UPDATE conversation SET last_seq = last_seq + 25 WHERE id = ${group.id}`.replace(/^/, 'SET NAMES utf8mb4; '));
	const answer = await react(cem, group.id, seq, '👍');
	expectStatus(answer, 200);
	assert.deepEqual(answer.body.message.reactions, [{ emoji: '👍', count: 27, mine: true, user_ids: named }]);
	for (const [person, mine] of [[ann, false], [bob, true], [cem, true]]) {
		const { last_message } = (await person.get(`/chat/conversations/${group.id}`)).body.conversation;
		assert.equal(last_message.reactions[0].mine, mine);
		const page = (await person.get(`/chat/conversations/${group.id}/messages?limit=2&before=${seq + 1}`)).body.messages;
		assert.equal(page[1].reactions[0].mine, mine);
	}
	expectStatus(await unreact(bob, group.id, seq, '👍'), 204);
	const { reactions } = (await cem.get(`/chat/conversations/${group.id}`)).body.conversation.last_message;
	assert.deepEqual(reactions, [{ emoji: '👍', count: 26, mine: true, user_ids: ids.slice(0, 20) }]);
});

test('only who may write there reacts there', async () => {
	const [dan, eve] = await Promise.all([register(), register()]);
	const direct = await befriend(dan, eve);
	const seq = await sent(dan, direct, 'x');
	expectStatus(await react(eve, direct, seq, '👍'), 200);
	expectProblem(await react(cem, direct, seq, '👍'), 403, 'not_a_member');
	expectStatus(await dan.put(`/social/blocks/${eve.id}`), 200, 204);
	expectProblem(await react(eve, direct, seq, '👎'), 403, 'blocked');
	expectProblem(await unreact(eve, direct, seq, '👍'), 403, 'blocked');
	expectStatus(await dan.delete(`/social/blocks/${eve.id}`), 204);
	expectStatus(await dan.delete(`/social/friends/${eve.id}`), 204);
	expectProblem(await react(eve, direct, seq, '👎'), 403, 'not_friends');

	const group = await makeGroup(ann, [bob]);
	const hers = await sent(ann, group.id, 'x');
	expectStatus(await ann.patch(`/social/groups/${group.id}`, { mute_all: true }), 200);
	expectProblem(await react(bob, group.id, hers, '👍'), 403, 'muted');
	expectStatus(await react(ann, group.id, hers, '👍'), 200);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	expectProblem(await react(bob, group.id, hers, '👍'), 403, 'not_a_member');
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	expectProblem(await react(ann, group.id, hers, '👎'), 403, 'group_dissolved');
});

test('only to what people say, while it is there to be seen', async () => {
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await react(ann, conversation, seq, '👍'), 200);
	expectProblem(await react(ann, conversation, 1, '👍'), 404, 'not_found');
	expectProblem(await react(ann, conversation, seq + 1, '👍'), 404, 'not_found');
	expectProblem(await react(ann, conversation, 1_000_000, '👍'), 404, 'not_found');
	expectStatus(await recall(ann, conversation, seq), 204);
	expectProblem(await react(bob, conversation, seq, '👍'), 409, 'recalled');
	expectStatus(await unreact(ann, conversation, seq, '👍'), 204);
	const old = await sent(ann, conversation, 'x');
	expectStatus(await bob.patch(`/chat/conversations/${conversation}`, { cleared_seq: old }), 200);
	expectProblem(await react(bob, conversation, old, '👍'), 404, 'not_found');
});

test('a repeated send finds its reactions', async () => {
	const client_key = randomUUID();
	const seq = await sent(ann, conversation, 'once', { client_key });
	expectStatus(await react(ann, conversation, seq, '👍'), 200);
	const again = await send(ann, conversation, 'once', { client_key });
	expectStatus(again, 200);
	assert.deepEqual(again.body.message.reactions, [reaction('👍', [ann], ann)]);
	expectProblem(await send(ann, conversation, 'twice', { client_key }), 409, 'conflict');
});

test('at the same time, none is lost', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const seq = await sent(ann, group.id, 'x');
	const emoji = ['👍', '👎', '🎉', '❤️'];
	const all = [ann, bob, cem].flatMap((person) => emoji.map((one) => [person, one]));
	const answers = await Promise.all([...all, ...all].map(([person, one]) => react(person, group.id, seq, one)));
	for (const answer of answers) expectStatus(answer, 200);
	const { reactions, changed_seq } = await messageOf(bob, group.id, seq);
	assert.deepEqual(reactions.map((one) => one.count), [3, 3, 3, 3]);
	const changes = await changesOf(bob, group.id);
	assert.equal(changes.length, all.length);
	assert.equal((await history(bob, group.id)).at(-1).seq, changed_seq);
	for (const one of reactions) {
		const order = changes.filter((row) => row.body.emoji === one.emoji).map((row) => row.sender_id);
		assert.deepEqual(one.user_ids, order);
	}
});
