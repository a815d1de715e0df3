// Changes between two people, sends, and changes of groups take their locks in one order: the
// database never has to end one of them because two wait for each other.  Deadlocks are counted by
// the whole server, so this runs where nothing else does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';

const ROUNDS = 40;

async function deadlocks() {
	const [[, count]] = await sql("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'");
	return Number(count);
}

/** One after the other, so often. */
async function often(act) {
	for (let i = 0; i < ROUNDS; i++) await act(i);
}

async function cast() {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const direct = await befriend(bob, cem);
	const group = await makeGroup(ann, [bob, cem]);
	return { ann, bob, cem, direct, group };
}

test('mentions and messages while the two who are concerned block each other', async () => {
	const { ann, bob, cem, direct, group } = await cast();
	const before = await deadlocks();
	const saying = (person, conversation, mentions) => often(async () =>
		expectStatus(await send(person, conversation, 'hi', { mentions }), 201, 403));
	await Promise.all([
		saying(ann, group.id, [bob.id, cem.id]),
		saying(cem, group.id, [bob.id]),
		saying(cem, direct),
		often(async () => {
			expectStatus(await bob.put(`/social/blocks/${cem.id}`), 200);
			expectStatus(await bob.delete(`/social/blocks/${cem.id}`), 204);
		}),
	]);
	assert.equal(await deadlocks() - before, 0);
});

test('reading an announcement while the next one is made and the reader is muted', async () => {
	const { ann, bob, group } = await cast();
	const path = `/social/groups/${group.id}`;
	const before = await deadlocks();
	await Promise.all([
		often(async () => expectStatus(await bob.put(`${path}/announcement/read`), 204)),
		often(async () => expectStatus(await bob.put(`${path}/announcement/read`), 204)),
		often(async (i) => expectStatus(await ann.put(`${path}/announcement`, { text: `no. ${i}` }), 200)),
		often(async (i) => expectStatus(
			await ann.patch(`${path}/members/${bob.id}`, { muted_until: Date.now() + 3_600_000 + i }), 200)),
	]);
	assert.equal(await deadlocks() - before, 0);
});

test('proposals and invitations that are answered while a block ends them', async () => {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	await befriend(ann, bob);
	await befriend(bob, eve);
	const before = await deadlocks();
	for (const policy of ['approval', 'invitation']) {
		const group = await makeGroup(ann, [bob], { join_policy: policy });
		const path = `/social/groups/${group.id}`;
		await often(async () => {
			expectStatus(await bob.post(`${path}/members`, { user_ids: [eve.id] }), 200);
			const [[id]] = await sql(`SELECT id FROM group_request WHERE group_id = ${group.id} AND pending = 1`);
			const judge = policy === 'approval' ? ann : eve;
			const [blocked, answered] = await Promise.all([
				eve.put(`/social/blocks/${bob.id}`),
				judge.put(`${path}/join-requests/${id}`, { status: 'accepted' }),
			]);
			expectStatus(blocked, 200);
			expectStatus(answered, 200, 403, 409);
			expectStatus(await eve.delete(`/social/blocks/${bob.id}`), 204);
			if (answered.status === 200) expectStatus(await ann.delete(`${path}/members/${eve.id}`), 204);
		});
	}
	assert.equal(await deadlocks() - before, 0);
});
