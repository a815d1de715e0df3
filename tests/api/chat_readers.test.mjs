// Who has read a message: told to its sender, and to nobody else.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { hide, recall, sent } from '../harness/messages.mjs';

let ann;
let bob;
let cem;
let dee;
let withBob;
let group;

before(async () => {
	[ann, bob, cem, dee] = await Promise.all([register(), register(), register(), register()]);
	withBob = await befriend(ann, bob);
	for (const friend of [cem, dee]) await befriend(ann, friend);
	group = (await makeGroup(ann, [bob, cem])).id;
});

const readersOf = (person, conversation, seq) =>
	person.get(`/chat/conversations/${conversation}/messages/${seq}/readers`);
const receipt = async (person, conversation_id, fields) =>
	expectStatus(await person.post('/chat/receipts', { receipts: [{ conversation_id, ...fields }] }), 204);

/** {id: state} of those who are named, and how many are not. */
async function told(conversation, seq, person = ann) {
	const answer = await readersOf(person, conversation, seq);
	expectStatus(answer, 200);
	const { readers, untold } = answer.body;
	return [Object.fromEntries(readers.map(({ user, state }) => [user.id, state])), untold];
}

test('each member has got it, read it, or neither; the sender is not named', async () => {
	const seq = await sent(ann, group, 'who reads this?');
	assert.deepEqual(await told(group, seq), [{ [bob.id]: 'sent', [cem.id]: 'sent' }, 0]);
	await receipt(bob, group, { delivered_seq: seq });
	await receipt(cem, group, { read_seq: seq });
	assert.deepEqual(await told(group, seq), [{ [bob.id]: 'delivered', [cem.id]: 'read' }, 0]);
	const answer = await readersOf(ann, group, seq);
	assert.deepEqual(answer.body.readers.map(({ user }) => user.username).sort(), [bob.username, cem.username].sort());
	await sent(bob, group, 'I do');
	assert.deepEqual(await told(group, seq), [{ [bob.id]: 'read', [cem.id]: 'read' }, 0]);
});

test('who came later is not waited for, who left is not named', async () => {
	const own = (await makeGroup(ann, [bob, cem], { shares_history: true })).id;
	const seq = await sent(ann, own);
	expectStatus(await ann.post(`/social/groups/${own}/members`, { user_ids: [dee.id] }), 200, 201);
	assert.deepEqual(await told(own, seq), [{ [bob.id]: 'sent', [cem.id]: 'sent' }, 0]);
	expectStatus(await cem.delete(`/social/groups/${own}/members/${cem.id}`), 204);
	assert.deepEqual(await told(own, seq), [{ [bob.id]: 'sent' }, 0]);
});

test('in a direct conversation it is what the head says', async () => {
	const seq = await sent(ann, withBob);
	await receipt(bob, withBob, { read_seq: seq });
	assert.deepEqual(await told(withBob, seq), [{ [bob.id]: 'read' }, 0]);
	const eve = await register();
	const withEve = await befriend(ann, eve);
	const other = await sent(ann, withEve);
	await receipt(eve, withEve, { read_seq: other });
	expectStatus(await eve.delete(`/social/friends/${ann.id}`), 204);
	assert.deepEqual(await told(withEve, other), [{}, 1]);
	const head = await ann.get(`/chat/conversations/${withEve}`);
	assert.equal(head.body.conversation.peer_read_seq, 0);
});

test('between two people with a block neither is told', async () => {
	const eve = await register();
	await befriend(ann, eve);
	const own = (await makeGroup(ann, [bob, eve])).id;
	const [mine, hers] = [await sent(ann, own), await sent(eve, own)];
	expectStatus(await eve.put(`/social/blocks/${ann.id}`), 200);
	assert.deepEqual(await told(own, mine), [{ [bob.id]: 'sent' }, 1]);
	assert.deepEqual(await told(own, hers, eve), [{ [bob.id]: 'sent' }, 1]);
});

test('others who see the message learn nothing', async () => {
	const seq = await sent(ann, group);
	expectProblem(await readersOf(bob, group, seq), 403, 'not_yours');
	expectProblem(await readersOf(dee, group, seq), 403, 'not_a_member');
});

test('what was recalled, deleted for oneself, cleared or never said has no readers', async () => {
	const [gone, hidden, cleared] = [await sent(ann, group), await sent(ann, group), await sent(ann, group)];
	expectStatus(await recall(ann, group, gone), 204);
	expectStatus(await hide(ann, group, hidden), 204);
	expectProblem(await readersOf(ann, group, gone), 409, 'recalled');
	expectProblem(await readersOf(ann, group, hidden), 404, 'not_found');
	expectStatus(await ann.patch(`/chat/conversations/${group}`, { cleared_seq: cleared }), 200);
	expectProblem(await readersOf(ann, group, cleared), 404, 'not_found');
	const event = (await history(bob, group)).find(({ kind }) => kind === 'system');
	expectProblem(await readersOf(bob, group, event.seq), 404, 'not_found');
	expectProblem(await readersOf(ann, group, 2 ** 52), 404, 'not_found');
});

test('in a large group nobody is asked for', async () => {
	const large = (await makeGroup(ann, [...await crowd(199, ann)])).id;
	const seq = await sent(ann, large);
	assert.equal(Object.keys((await told(large, seq))[0]).length, 199);
	expectStatus(await ann.post(`/social/groups/${large}/members`, { user_ids: [bob.id] }), 200, 201);
	expectProblem(await readersOf(ann, large, (await send(ann, large, 'x')).body.message.seq), 403, 'too_many_members');
});
