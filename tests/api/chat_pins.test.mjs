// Pins: what a conversation keeps at hand, and who may say so.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { changesOf, edit, messageOf, pin, pinsOf, react, recall, sent, standingOf, unpin } from '../harness/messages.mjs';

let ann;
let bob;
let cem;

before(async () => {
	[ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
});

const directOf = async (person, other) =>
	(await person.post('/chat/conversations', { user_id: other.id })).body.conversation.id;

test('a pin is a row of the stream, and is listed, latest first', async () => {
	const conversation = await directOf(ann, bob);
	const seqs = [await sent(ann, conversation, 'one'), await sent(bob, conversation, 'two'), await sent(ann, conversation, 'three')];
	const before = await standingOf(bob, conversation);
	const answer = await pin(ann, conversation, seqs[1]);
	expectStatus(answer, 200);
	const change = (await changesOf(bob, conversation)).at(-1);
	assert.deepEqual([change.kind, change.sender_id, change.body], ['pin', ann.id, { target: seqs[1], on: true }]);
	const { message } = answer.body;
	assert.deepEqual([message.pinned_at, message.changed_seq], [change.created_at, change.seq]);
	assert.deepEqual(await messageOf(bob, conversation, seqs[1]), message);
	assert.deepEqual(await standingOf(bob, conversation), before);
	expectStatus(await pin(bob, conversation, seqs[2]), 200);
	expectStatus(await pin(bob, conversation, seqs[0]), 200);
	for (const person of [ann, bob])
		assert.deepEqual(await pinsOf(person, conversation), [seqs[0], seqs[2], seqs[1]]);
	expectStatus(await unpin(ann, conversation, seqs[2]), 204);
	assert.deepEqual((await changesOf(bob, conversation)).at(-1).body, { target: seqs[2], on: false });
	assert.deepEqual(await pinsOf(bob, conversation), [seqs[0], seqs[1]]);
	assert.equal((await messageOf(bob, conversation, seqs[2])).pinned_at, null);
});

test('what is pinned is listed as it is now', async () => {
	const conversation = await directOf(ann, cem);
	const seq = await sent(ann, conversation, 'first');
	expectStatus(await pin(cem, conversation, seq), 200);
	expectStatus(await edit(ann, conversation, seq, 'second'), 200);
	expectStatus(await react(cem, conversation, seq, '👍'), 200);
	const { messages } = (await cem.get(`/chat/conversations/${conversation}/pins`)).body;
	assert.deepEqual(messages, [await messageOf(cem, conversation, seq)]);
	assert.equal(messages[0].reactions[0].mine, true);
	expectStatus(await recall(ann, conversation, seq), 204);
	assert.deepEqual(await pinsOf(cem, conversation), []);
	expectProblem(await pin(cem, conversation, seq), 409, 'recalled');
	expectStatus(await unpin(cem, conversation, seq), 204);
});

test('repeated, nothing changes', async () => {
	const conversation = await directOf(ann, bob);
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await unpin(ann, conversation, seq), 204);
	const first = await pin(ann, conversation, seq);
	const second = await pin(bob, conversation, seq);
	expectStatus(second, 200);
	assert.deepEqual(second.body, first.body);
	for (let i = 0; i < 2; i += 1) expectStatus(await unpin(bob, conversation, seq), 204);
	const changes = (await changesOf(ann, conversation)).filter((row) => row.body.target === seq);
	assert.deepEqual(changes.map((row) => row.body.on), [true, false]);
});

test('in a group its owner and administrators pin', async () => {
	const group = await makeGroup(ann, [bob, cem]);
	expectStatus(await ann.patch(`/social/groups/${group.id}/members/${bob.id}`, { role: 'admin' }), 200);
	const seq = await sent(cem, group.id, 'x');
	expectProblem(await pin(cem, group.id, seq), 403, 'forbidden');
	expectStatus(await pin(bob, group.id, seq), 200);
	expectProblem(await unpin(cem, group.id, seq), 403, 'forbidden');
	assert.deepEqual(await pinsOf(cem, group.id), [seq]);
	expectStatus(await unpin(ann, group.id, seq), 204);
	const eve = await register();
	for (const answer of [await pin(eve, group.id, seq), await unpin(eve, group.id, seq),
		await eve.get(`/chat/conversations/${group.id}/pins`)]) expectProblem(answer, 403, 'not_a_member');
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	expectProblem(await pin(ann, group.id, seq), 403, 'group_dissolved');
	assert.deepEqual(await pinsOf(cem, group.id), []);
});

test('of two people, while they may write', async () => {
	const [dan, eve] = await Promise.all([register(), register()]);
	const conversation = await befriend(dan, eve);
	const seq = await sent(dan, conversation, 'x');
	expectStatus(await eve.put(`/social/blocks/${dan.id}`), 200, 204);
	expectProblem(await pin(dan, conversation, seq), 403, 'blocked');
	expectStatus(await eve.delete(`/social/friends/${dan.id}`), 204);
	expectProblem(await unpin(dan, conversation, seq), 403, 'not_friends');
});

test('only what people say, while it is there to be seen', async () => {
	const conversation = await directOf(ann, bob);
	const seq = await sent(ann, conversation, 'x');
	expectStatus(await pin(ann, conversation, seq), 200);
	for (const odd of [1, seq + 1, 1_000_000]) {
		expectProblem(await pin(ann, conversation, odd), 404, 'not_found');
		expectProblem(await unpin(ann, conversation, odd), 404, 'not_found');
	}
	expectProblem(await ann.put(`/chat/conversations/${conversation}/pins/0`), 404, 'not_found');
	expectStatus(await bob.patch(`/chat/conversations/${conversation}`, { cleared_seq: seq }), 200);
	expectProblem(await pin(bob, conversation, seq), 404, 'not_found');
	assert.deepEqual(await pinsOf(bob, conversation), []);
	assert.ok((await pinsOf(ann, conversation)).includes(seq));
});

test('who joins sees no pins of what was said before', async () => {
	const group = await makeGroup(ann, [bob]);
	const seq = await sent(ann, group.id, 'before');
	expectStatus(await pin(ann, group.id, seq), 200);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [cem.id] }), 200);
	assert.deepEqual(await pinsOf(bob, group.id), [seq]);
	assert.deepEqual(await pinsOf(cem, group.id), []);
});

test('fifty messages can be pinned at a time', async () => {
	const group = await makeGroup(ann, [bob]);
	const seqs = [];
	for (let i = 0; i < 51; i += 1) seqs.push(await sent(ann, group.id, `no. ${i}`));
	for (const seq of seqs.slice(0, 50)) expectStatus(await pin(ann, group.id, seq), 200);
	expectProblem(await pin(ann, group.id, seqs[50]), 409, 'too_many_pins');
	expectStatus(await pin(ann, group.id, seqs[0]), 200);
	expectStatus(await unpin(ann, group.id, seqs[0]), 204);
	expectStatus(await pin(ann, group.id, seqs[50]), 200);
	assert.deepEqual(await pinsOf(bob, group.id), seqs.slice(1).reverse());
});
