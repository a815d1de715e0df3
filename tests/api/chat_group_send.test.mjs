// Sends in groups: whom they reach and name, who may not, and what a retry is.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';

let ann;
let bob;
let cem;
let eve;

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem, eve]) await befriend(ann, friend);
});

const path = (group) => `/chat/conversations/${group.id}/messages`;
const draft = (fields) => ({ client_key: randomUUID(), kind: 'text', body: { text: 'x' }, ...fields });
const mentionsOf = async (person) =>
	(await person.get('/social/notifications')).body.notifications.filter((item) => item.kind === 'mention');

test('what one member says is there for all, whoever is whose friend', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const answer = await send(bob, group.id, 'hello all');
	expectStatus(answer, 201);
	assert.equal(answer.body.message.seq, 2);
	for (const person of [ann, bob, cem]) {
		const last = (await history(person, group.id)).at(-1);
		assert.deepEqual([last.body.text, last.sender_id], ['hello all', bob.id]);
	}
	expectProblem(await send(eve, group.id, 'me too'), 403, 'not_a_member');
});

test('who is named is counted and notified once, the sender is not', async () => {
	const group = await makeGroup(ann, [bob, cem], { name: 'Named' });
	const before = (await mentionsOf(bob)).length;
	const answer = await ann.post(path(group), draft({ mentions: [bob.id, ann.id, bob.id] }));
	expectStatus(answer, 201);
	const { seq, mentions } = answer.body.message;
	assert.deepEqual(mentions, [bob.id, ann.id, bob.id]);
	const told = await mentionsOf(bob);
	assert.equal(told.length, before + 1);
	assert.equal(told[0].actor.id, ann.id);
	assert.deepEqual(told[0].subject, { group_id: group.id, name: 'Named', conversation_id: group.id, seq });
	assert.equal((await mentionsOf(ann)).length, 0);
	const mentioned = async (person) =>
		(await person.get(`/chat/conversations/${group.id}`)).body.conversation.mentioned;
	assert.deepEqual([await mentioned(ann), await mentioned(bob), await mentioned(cem)], [0, 1, 0]);
});

test('everybody is named by administrators only, and nobody is notified for it', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	expectProblem(await bob.post(path(group), draft({ mention_all: true })), 403, 'forbidden');
	const before = (await mentionsOf(cem)).length;
	const answer = await ann.post(path(group), draft({ mention_all: true, mentions: [bob.id] }));
	expectStatus(answer, 201);
	assert.deepEqual(answer.body.message.mentions, [bob.id, 0]);
	assert.equal((await mentionsOf(cem)).length, before);
	const { conversation } = (await cem.get(`/chat/conversations/${group.id}`)).body;
	assert.equal(conversation.mentioned, 1);
});

test('who is no member cannot be named, and a direct conversation has no everybody', async () => {
	const group = await makeGroup(ann, [bob]);
	expectProblem(await ann.post(path(group), draft({ mentions: [cem.id] })), 422, 'invalid_field', 'mentions');
	expectProblem(await ann.post(path(group), draft({ mention_all: 'yes' })), 422, 'invalid_field', 'mention_all');
	const direct = { id: (await ann.post('/chat/conversations', { user_id: bob.id })).body.conversation.id };
	expectProblem(await ann.post(path(direct), draft({ mention_all: true })), 422, 'invalid_field', 'mention_all');
	assert.equal((await history(ann, group.id)).length, 1);
});

test('a muted member waits as long as the answer says', async () => {
	const group = await makeGroup(ann, [bob]);
	const member = `/social/groups/${group.id}/members/${bob.id}`;
	expectStatus(await ann.patch(member, { muted_until: Date.now() + 60_000 }), 200);
	const refused = await send(bob, group.id, 'but');
	expectProblem(refused, 403, 'muted');
	const wait = Number(refused.headers.get('retry-after'));
	assert.ok(wait > 30 && wait <= 60, `waits ${wait} s`);
	await sql(`UPDATE member SET muted_until = ${Date.now() - 1}
		WHERE conversation_id = ${group.id} AND user_id = ${bob.id}`);
	expectStatus(await send(bob, group.id, 'now'), 201);
});

test('a retry is the same message, other mentions contradict it', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	const wanted = draft({ mentions: [bob.id] });
	const before = (await mentionsOf(bob)).length;
	const first = await ann.post(path(group), wanted);
	const second = await ann.post(path(group), wanted);
	expectStatus(first, 201);
	expectStatus(second, 200);
	assert.deepEqual(second.body.message, first.body.message);
	assert.equal((await mentionsOf(bob)).length, before + 1);
	expectProblem(await ann.post(path(group), { ...wanted, mentions: [cem.id] }), 409, 'conflict');
	expectProblem(await ann.post(path(group), { ...wanted, mentions: [] }), 409, 'conflict');
});

test('whoever joins or leaves is reached from then on, or no longer', async () => {
	const group = await makeGroup(ann, [bob]);
	expectStatus(await send(ann, group.id, 'before'), 201);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [cem.id] }), 200);
	expectStatus(await ann.post(path(group), draft({ mentions: [cem.id] })), 201);
	const seen = (await history(cem, group.id)).filter((row) => row.kind === 'text');
	assert.equal(seen.length, 1, 'what was said before cem came is not shown');
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${cem.id}`), 204);
	expectProblem(await ann.post(path(group), draft({ mentions: [cem.id] })), 422, 'invalid_field', 'mentions');
	expectProblem(await send(cem, group.id, 'still?'), 403, 'not_a_member');
});

test('who may no longer mention everybody still learns what became of it', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const group = await makeGroup(ann, [bob]);
	const role = (name) => ann.patch(`/social/groups/${group.id}/members/${bob.id}`, { role: name });
	const all = draft({ mention_all: true });
	expectStatus(await role('admin'), 200);
	expectStatus(await bob.post(path(group), all), 201);
	expectStatus(await role('member'), 200);
	expectStatus(await bob.post(path(group), draft()), 201);
	expectStatus(await bob.post(path(group), all), 200);
	expectProblem(await bob.post(path(group), draft({ mention_all: true })), 403, 'forbidden');
});
