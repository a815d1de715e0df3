// Members: roles, mutes, names in the group; leaving, removing, handing over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { groupOf, makeGroup, membersOf, roleOf } from '../harness/groups.mjs';

const HOUR = 3_600_000;

/** ann owns it, bob is an administrator, cem and dan are members. */
async function cast() {
	const [ann, bob, cem, dan] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem, dan]) await befriend(ann, friend);
	const group = await makeGroup(ann, [bob, cem, dan], { name: 'Cast' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	return { ann, bob, cem, dan, group, path };
}

const lastRow = async (person, group) => (await history(person, group.id)).at(-1);
const bodyOf = async (person, group) => (await lastRow(person, group)).body;
const newest = async (person) => (await person.get('/social/notifications?limit=1')).body.notifications[0];

test('the owner appoints administrators and takes it back', async () => {
	const { ann, bob, cem, group, path } = await cast();
	const appointed = await ann.patch(`${path}/members/${cem.id}`, { role: 'admin' });
	expectStatus(appointed, 200);
	assert.deepEqual([appointed.body.member.user.id, appointed.body.member.role], [cem.id, 'admin']);
	assert.equal(await roleOf(bob, group, cem), 'admin');
	assert.deepEqual(await bodyOf(bob, group), { event: 'role', user_id: cem.id, role: 'admin' });
	const told = await newest(cem);
	assert.deepEqual([told.kind, told.actor.id, told.subject],
		['group_role', ann.id, { group_id: group.id, name: 'Cast', role: 'admin' }]);

	const before = (await history(ann, group.id)).length;
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { role: 'admin' }), 200);
	assert.equal((await history(ann, group.id)).length, before, 'what is so already is no row');
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { role: 'member' }), 200);
	assert.equal(await roleOf(bob, group, cem), 'member');
	assert.equal((await newest(cem)).subject.role, 'member');

	expectProblem(await bob.patch(`${path}/members/${cem.id}`, { role: 'admin' }), 403, 'forbidden');
	expectProblem(await ann.patch(`${path}/members/${ann.id}`, { role: 'member' }), 403, 'forbidden');
	assert.equal(await roleOf(bob, group, ann), 'owner');
});

test('muting one member for a time', async () => {
	const { ann, bob, cem, group, path } = await cast();
	const until = Date.now() + HOUR;
	const muted = await bob.patch(`${path}/members/${cem.id}`, { muted_until: until });
	expectStatus(muted, 200);
	assert.equal(muted.body.member.muted_until, until);
	assert.deepEqual(await bodyOf(ann, group), { event: 'muted', user_id: cem.id, until });
	assert.equal((await groupOf(cem, group)).muted_until, until);

	expectStatus(await bob.patch(`${path}/members/${cem.id}`, { muted_until: Date.now() - HOUR }), 200);
	assert.equal((await groupOf(cem, group)).muted_until, 0, 'a time that has passed mutes nobody');
	const rows = (await history(ann, group.id)).length;
	expectStatus(await bob.patch(`${path}/members/${cem.id}`, { muted_until: 0 }), 200);
	assert.equal((await history(ann, group.id)).length, rows);

	expectProblem(await bob.patch(`${path}/members/${ann.id}`, { muted_until: until }), 403, 'forbidden');
	expectProblem(await cem.patch(`${path}/members/${cem.id}`, { muted_until: 0 }), 403, 'forbidden');
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { muted_until: until }), 200);
	expectProblem(await bob.patch(`${path}/members/${bob.id}`, { muted_until: 0 }), 403, 'forbidden');
});

test('who is muted cannot write until then', async () => {
	const { ann, cem, group, path } = await cast();
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { muted_until: Date.now() + HOUR }), 200);
	expectProblem(await send(cem, group.id, 'may I'), 403, 'muted');
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { muted_until: 0 }), 200);
	expectStatus(await send(cem, group.id, 'thanks'), 201);
});

test('everybody names themselves in a group, and nobody else', async () => {
	const { ann, cem, group, path } = await cast();
	const own = `${path}/members/${cem.id}`;
	const named = await cem.patch(own, { nickname: ' Captain ' });
	expectStatus(named, 200);
	assert.equal(named.body.member.nickname, 'Captain');
	assert.deepEqual(await bodyOf(ann, group), { event: 'nickname', user_id: cem.id, nickname: 'Captain' });
	assert.equal((await groupOf(cem, group)).nickname, 'Captain');
	const seen = (await membersOf(ann, group)).find((member) => member.user.id === cem.id);
	assert.equal(seen.nickname, 'Captain');
	expectProblem(await ann.patch(own, { nickname: 'Cook' }), 403, 'forbidden');
	for (const nickname of ['x'.repeat(33), '  ', 'a\nb', 5])
		expectProblem(await cem.patch(own, { nickname }), 422, 'invalid_field', 'nickname');
	expectStatus(await cem.patch(own, { nickname: '' }), 200);
	assert.equal((await groupOf(cem, group)).nickname, '');
});

test('one refused part of a change refuses all of it', async () => {
	const { bob, cem, group, path } = await cast();
	const both = { muted_until: Date.now() + HOUR, nickname: 'Cook' };
	expectProblem(await bob.patch(`${path}/members/${cem.id}`, both), 403, 'forbidden');
	assert.equal((await groupOf(cem, group)).muted_until, 0);
});

test('invalid changes of members name the field; unknown members are not found', async () => {
	const { ann, cem, path } = await cast();
	const change = (body) => ann.patch(`${path}/members/${cem.id}`, body);
	expectProblem(await change({ role: 'owner' }), 422, 'invalid_field', 'role');
	expectProblem(await change({ role: 'king' }), 422, 'invalid_field', 'role');
	expectProblem(await change({ muted_until: -1 }), 422, 'invalid_field', 'muted_until');
	expectProblem(await change({ muted_until: '1' }), 422, 'invalid_field', 'muted_until');
	expectStatus(await change({}), 200);
	const stranger = await register();
	expectProblem(await ann.patch(`${path}/members/${stranger.id}`, { role: 'admin' }), 404, 'not_found');
	expectProblem(await stranger.patch(`${path}/members/${cem.id}`, {}), 403, 'not_a_member');
	expectProblem(await ann.patch(`/social/groups/${2 ** 52}/members/${cem.id}`, {}), 404, 'not_found');
});

test('who leaves is gone, with a row that says so', async () => {
	const { ann, cem, group, path } = await cast();
	expectStatus(await cem.delete(`${path}/members/${cem.id}`), 204);
	const row = await lastRow(ann, group);
	assert.deepEqual([row.sender_id, row.body], [cem.id, { event: 'left', user_ids: [cem.id], count: 1 }]);
	const now = await groupOf(ann, group);
	assert.deepEqual([now.member_count, now.changed_seq], [3, row.seq]);
	assert.equal(await roleOf(ann, group, cem), undefined);
	expectProblem(await send(cem, group.id, 'still here?'), 403, 'not_a_member');
	expectProblem(await cem.get(`/chat/conversations/${group.id}/messages`), 403, 'not_a_member');
	expectProblem(await cem.delete(`${path}/members/${cem.id}`), 403, 'not_a_member');
	assert.deepEqual((await cem.get('/social/groups')).body.groups, []);
	assert.ok(!(await cem.get('/chat/sync')).body.conversations.some((one) => one.id === group.id));
});

test('the owner leaves only after handing the group over, or when it is dissolved', async () => {
	const { ann, bob, cem, group, path } = await cast();
	expectProblem(await ann.delete(`${path}/members/${ann.id}`), 409, 'owner_must_transfer');
	expectStatus(await ann.put(`${path}/owner`, { user_id: cem.id }), 200);
	expectStatus(await ann.delete(`${path}/members/${ann.id}`), 204);
	assert.equal(await roleOf(bob, group, cem), 'owner');
	expectStatus(await cem.delete(path), 204);
	expectStatus(await cem.delete(`${path}/members/${cem.id}`), 204);
	expectStatus(await bob.delete(`${path}/members/${bob.id}`), 204);
});

test('who is removed is gone at once, and told', async () => {
	const { ann, bob, cem, dan, group, path } = await cast();
	expectStatus(await bob.delete(`${path}/members/${cem.id}`), 204);
	const row = await lastRow(dan, group);
	assert.deepEqual([row.sender_id, row.body], [bob.id, { event: 'removed', user_ids: [cem.id], count: 1 }]);
	const told = await newest(cem);
	assert.deepEqual([told.kind, told.actor.id, told.subject],
		['group_removed', bob.id, { group_id: group.id, name: 'Cast' }]);
	expectProblem(await send(cem, group.id, 'hello?'), 403, 'not_a_member');
	assert.equal((await groupOf(ann, group)).member_count, 3);

	expectProblem(await bob.delete(`${path}/members/${cem.id}`), 404, 'not_found');
	expectProblem(await dan.delete(`${path}/members/${bob.id}`), 403, 'forbidden');
	expectProblem(await bob.delete(`${path}/members/${ann.id}`), 403, 'forbidden');
	expectProblem(await cem.delete(`${path}/members/${dan.id}`), 403, 'not_a_member');
	expectProblem(await ann.delete(`/social/groups/${2 ** 52}/members/${cem.id}`), 404, 'not_found');
	expectProblem(await ann.delete(`${path}/members/none`), 404, 'not_found');
});

test('many are removed by one row; with one who may not be removed, none is', async () => {
	const { ann, bob, cem, dan, group, path } = await cast();
	const remove = (person, ...ids) => person.post(`${path}/removals`, { user_ids: ids });
	expectProblem(await remove(bob, cem.id, ann.id), 403, 'forbidden');
	expectProblem(await remove(bob, cem.id, bob.id), 403, 'forbidden');
	expectProblem(await remove(cem, dan.id), 403, 'forbidden');
	expectProblem(await remove(ann, cem.id, ann.id), 403, 'forbidden');
	expectProblem(await remove(await register(), cem.id), 403, 'not_a_member');
	assert.equal((await membersOf(ann, group)).length, 4);

	const none = await remove(bob, 2 ** 52);
	expectStatus(none, 200);
	assert.deepEqual(none.body, { removed: 0 });
	const rows = (await history(ann, group.id)).length;
	const removed = await remove(ann, dan.id, cem.id, bob.id, dan.id, 2 ** 52);
	expectStatus(removed, 200);
	assert.deepEqual(removed.body, { removed: 3 });
	assert.equal((await history(ann, group.id)).length, rows + 1);
	const gone = [bob.id, cem.id, dan.id].sort((a, b) => a - b);
	assert.deepEqual(await bodyOf(ann, group), { event: 'removed', user_ids: gone, count: 3 });
	assert.deepEqual((await membersOf(ann, group)).map((member) => member.user.id), [ann.id]);
	for (const person of [bob, cem, dan]) assert.equal((await newest(person)).kind, 'group_removed');

	for (const user_ids of [undefined, [], [0], 'all', Array(1001).fill(1)])
		expectProblem(await ann.post(`${path}/removals`, { user_ids }), 422, 'invalid_field', 'user_ids');
	expectProblem(await ann.post(`/social/groups/${2 ** 52}/removals`, { user_ids: [1] }), 404, 'not_found');
});

test('the owner hands the group over to a member', async () => {
	const { ann, bob, cem, group, path } = await cast();
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { muted_until: Date.now() + HOUR }), 200);
	const handed = await ann.put(`${path}/owner`, { user_id: cem.id });
	expectStatus(handed, 200);
	assert.deepEqual([handed.body.group.owner_id, handed.body.group.role], [cem.id, 'admin']);
	const row = await lastRow(bob, group);
	assert.deepEqual([row.sender_id, row.body], [ann.id, { event: 'owner', user_id: cem.id }]);
	const roles = new Map((await membersOf(bob, group)).map((member) => [member.user.id, member.role]));
	assert.deepEqual([roles.get(ann.id), roles.get(bob.id), roles.get(cem.id)], ['admin', 'admin', 'owner']);
	assert.equal((await groupOf(cem, group)).muted_until, 0, 'an owner is not silenced');
	const told = await newest(cem);
	assert.deepEqual([told.kind, told.subject], ['group_role', { group_id: group.id, name: 'Cast', role: 'owner' }]);

	expectProblem(await ann.put(`${path}/owner`, { user_id: ann.id }), 403, 'forbidden');
	expectProblem(await cem.put(`${path}/owner`, { user_id: (await register()).id }), 404, 'not_found');
	expectProblem(await cem.put(`${path}/owner`, {}), 422, 'invalid_field', 'user_id');
	expectProblem(await cem.put(`${path}/owner`, { user_id: 0 }), 422, 'invalid_field', 'user_id');
	const rows = (await history(bob, group.id)).length;
	expectStatus(await cem.put(`${path}/owner`, { user_id: cem.id }), 200);
	assert.equal((await history(bob, group.id)).length, rows);
	expectProblem(await cem.put(`/social/groups/${2 ** 52}/owner`, { user_id: 1 }), 404, 'not_found');
});

test('no member of a dissolved group is changed or removed', async () => {
	const { ann, bob, cem, group, path } = await cast();
	expectStatus(await ann.delete(path), 204);
	expectProblem(await ann.patch(`${path}/members/${cem.id}`, { role: 'admin' }), 403, 'group_dissolved');
	expectProblem(await ann.patch(`${path}/members/${cem.id}`, { muted_until: 1 }), 403, 'group_dissolved');
	expectProblem(await cem.patch(`${path}/members/${cem.id}`, { nickname: 'x' }), 403, 'group_dissolved');
	expectProblem(await bob.delete(`${path}/members/${cem.id}`), 403, 'group_dissolved');
	expectProblem(await bob.post(`${path}/removals`, { user_ids: [cem.id] }), 403, 'group_dissolved');
	expectProblem(await ann.put(`${path}/owner`, { user_id: cem.id }), 403, 'group_dissolved');
	assert.equal((await membersOf(ann, group)).length, 4);
});
