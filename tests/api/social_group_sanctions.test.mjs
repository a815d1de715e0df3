// A mute holds: leaving and coming back does not end it, and nobody who is muted says anything by
// renaming themselves or the group.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { groupOf, makeGroup } from '../harness/groups.mjs';

const HOUR = 3_600_000;

/** ann owns it, bob is an administrator, cem a member; anybody may join. */
async function cast(fields) {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const group = await makeGroup(ann, [bob, cem], { join_policy: 'open' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	if (fields) expectStatus(await ann.patch(path, fields), 200);
	return { ann, bob, cem, group, path };
}

const mute = async (by, path, person, until = Date.now() + HOUR) =>
	expectStatus(await by.patch(`${path}/members/${person.id}`, { muted_until: until }), 200);
const leave = async (person, path) => expectStatus(await person.delete(`${path}/members/${person.id}`), 204);
const comeBack = async (person, path) => expectStatus(await person.post(`${path}/join-requests`, {}), 201);

test('a mute goes on for whoever leaves and comes back', async () => {
	const { ann, cem, group, path } = await cast();
	const until = Date.now() + HOUR;
	await mute(ann, path, cem, until);
	await leave(cem, path);
	await comeBack(cem, path);
	assert.equal((await groupOf(cem, group)).muted_until, until);
	expectProblem(await send(cem, group.id, 'I am back'), 403, 'muted');

	await mute(ann, path, cem, 0);
	expectStatus(await send(cem, group.id, 'thanks'), 201);
	await leave(cem, path);
	await comeBack(cem, path);
	assert.equal((await groupOf(cem, group)).muted_until, 0, 'one that was lifted is over');
	expectStatus(await send(cem, group.id, 'still here'), 201);
});

test('a mute goes on whoever ended the membership, and whatever leads back', async () => {
	const { ann, bob, cem, group, path } = await cast();
	await mute(ann, path, cem);
	await mute(ann, path, bob);
	expectStatus(await ann.post(`${path}/removals`, { user_ids: [cem.id, bob.id] }), 200);
	expectStatus(await ann.post(`${path}/members`, { user_ids: [cem.id] }), 200);
	const { link } = (await ann.post(`${path}/links`, {})).body;
	expectStatus(await bob.post(`/social/group-links/${link.token}/join`), 200);
	for (const person of [bob, cem]) expectProblem(await send(person, group.id, 'back'), 403, 'muted');
});

test('a mute that ran out while somebody was away is over', async () => {
	const { ann, cem, group, path } = await cast();
	await mute(ann, path, cem, Date.now() + 1_500);
	await leave(cem, path);
	await comeBack(cem, path);
	const { muted_until } = await groupOf(cem, group);
	assert.ok(muted_until > 0);
	while (Date.now() < muted_until) await new Promise((done) => setTimeout(done, muted_until - Date.now()));
	expectStatus(await send(cem, group.id, 'now I may'), 201);
});

test('what somebody cleared does not come back with them', async () => {
	const { ann, cem, group, path } = await cast({ shares_history: true });
	expectStatus(await send(ann, group.id, 'an old story'), 201);
	const head = (await cem.get(`/chat/conversations/${group.id}`)).body.conversation;
	expectStatus(await cem.patch(`/chat/conversations/${group.id}`, { cleared_seq: head.last_seq }), 200);
	await leave(cem, path);
	await comeBack(cem, path);
	const texts = (await history(cem, group.id)).filter((row) => row.kind === 'text');
	assert.deepEqual(texts, []);
});
