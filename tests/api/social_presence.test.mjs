// Who may ask whether somebody is online: friends and fellow members, unless a block stands between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { eventually } from '../harness/wait.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

async function presenceOf(person, ...ids) {
	const answer = await person.get(`/social/presence?ids=${ids.join(',')}`);
	expectStatus(answer, 200);
	return answer.body.presence;
}
const seenBy = async (person, ...ids) => (await presenceOf(person, ...ids)).map((p) => p.user_id);

/** A group of ann's friends, who are strangers to each other. */
async function group(ann, ...others) {
	for (const other of others) await befriend(ann, other);
	const made = await ann.post('/social/groups', { name: 'G', member_ids: others.map((o) => o.id) });
	expectStatus(made, 201);
	return made.body.group.id;
}

async function online(t, ...connected) {
	const lives = await Promise.all(connected.map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
}

test('friends are told of each other, strangers are not', async (t) => {
	const [ann, bob, eve] = await people(3);
	await befriend(ann, bob);
	await online(t, bob, eve);
	const [his] = await eventually('bob is online', async () => {
		const list = await presenceOf(ann, bob.id, eve.id, 2 ** 52, bob.id);
		return list[0].online && list;
	});
	assert.deepEqual(Object.keys(his).sort(), ['last_seen_at', 'online', 'user_id']);
	assert.deepEqual(await seenBy(ann, bob.id, eve.id, 2 ** 52, bob.id), [bob.id], 'once');
	assert.deepEqual(await seenBy(eve, ann.id, bob.id), []);
});

test('members of one group see each other while both are in it', async (t) => {
	const [ann, bob, cem, eve] = await people(4);
	await online(t, cem);
	const id = await group(ann, bob, cem);
	await eventually('cem is online', async () => (await presenceOf(bob, cem.id))[0].online);
	assert.deepEqual(await seenBy(eve, ann.id, bob.id, cem.id), []);
	expectStatus(await cem.delete(`/social/groups/${id}/members/${cem.id}`), 204);
	assert.deepEqual(await seenBy(bob, cem.id, ann.id), [ann.id]);
	assert.deepEqual(await seenBy(cem, bob.id, ann.id), [ann.id], 'his friend');
});

test('a dissolved group shows nobody any more', async (t) => {
	const [ann, bob, cem] = await people(3);
	await online(t, cem);
	const id = await group(ann, bob, cem);
	await eventually('cem is online', async () => (await bob.get(`/social/groups/${id}/presence`)).body.count === 1);
	assert.deepEqual(await seenBy(bob, cem.id), [cem.id]);
	expectStatus(await ann.delete(`/social/groups/${id}`), 204);
	assert.deepEqual(await seenBy(bob, cem.id), []);
	const there = `/social/groups/${id}`;
	const members = async () => (await bob.get(`${there}/members`)).body.members.filter((one) => one.online);
	assert.deepEqual((await bob.get(`${there}/presence`)).body, { online: [], count: 0 });
	assert.deepEqual(await members(), []);
});

test('who were friends once have a conversation, and see nothing of each other', async () => {
	const [ann, bob] = await people(2);
	await befriend(ann, bob);
	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	assert.deepEqual(await seenBy(ann, bob.id), []);
});

test('a block hides both, as friends and as fellow members, until it is taken back', async (t) => {
	const [ann, bob, cem] = await people(3);
	await group(ann, bob, cem);
	await sql(`UPDATE user SET last_seen_at = 1700000000000 WHERE id IN (${ann.id}, ${bob.id}, ${cem.id})`);
	await online(t, ann, bob);
	const friendOf = async (one, other) => {
		const { friends } = (await one.get('/social/friends')).body;
		const { online: here, last_seen_at } = friends.find((f) => f.user.id === other.id);
		return [here, last_seen_at !== null];
	};
	for (const [one, other] of [[ann, bob], [bob, ann]])
		await eventually('both see each other', async () => (await friendOf(one, other)).every(Boolean));

	for (const [blocking, blocked] of [[ann, bob], [cem, bob]])
		expectStatus(await blocking.put(`/social/blocks/${blocked.id}`), 200);
	for (const [one, other] of [[ann, bob], [bob, ann]]) {
		assert.deepEqual(await friendOf(one, other), [false, false]);
		assert.deepEqual(await seenBy(one, other.id), []);
	}
	assert.deepEqual(await seenBy(bob, cem.id), []);
	assert.deepEqual(await seenBy(cem, bob.id, ann.id), [ann.id]);
	const patched = await bob.patch(`/social/friends/${ann.id}`, { remark: 'A' });
	assert.deepEqual([patched.body.friend.online, patched.body.friend.last_seen_at], [false, null]);

	expectStatus(await ann.delete(`/social/blocks/${bob.id}`), 204);
	for (const [one, other] of [[ann, bob], [bob, ann]]) {
		assert.deepEqual(await friendOf(one, other), [true, true]);
		assert.equal((await presenceOf(one, other.id))[0].online, true);
	}
});

test('what is no list of ids is refused', async () => {
	const ann = await register();
	for (const query of ['', '?ids=', '?ids=1,x', '?ids=0', `?ids=${Array(501).fill(1).join(',')}`])
		expectProblem(await ann.get(`/social/presence${query}`), 422, 'invalid_field', 'ids');
	expectProblem(await api('GET', '/social/presence?ids=1'), 401, 'unauthenticated');
});
