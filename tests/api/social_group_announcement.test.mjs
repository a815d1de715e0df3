// Announcements: for every member until they have read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { hold, sql, waiting } from '../harness/database.mjs';
import { crowd, groupOf, makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';

async function cast() {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const group = await makeGroup(ann, [bob, cem], { name: 'Club' });
	return { ann, bob, cem, group, path: `/social/groups/${group.id}/announcement` };
}

const unreadOf = async (person, group) => (await groupOf(person, group)).announcement_unread;
const told = async (person) => {
	const { notifications } = (await person.get('/social/notifications')).body;
	return notifications.filter(({ kind }) => kind === 'group_announcement');
};

test('an announcement is shown to each member until read, and told to all but its author', async () => {
	const { ann, bob, cem, group, path } = await cast();
	const long = `${'会'.repeat(199)}🦊 and so on`;
	const announced = await ann.put(path, { text: long });
	expectStatus(announced, 200);
	const { group: now } = announced.body;
	assert.deepEqual([now.announcement, now.announced_by, now.announcement_unread], [long, ann.id, false]);
	assert.ok(now.announced_at >= group.created_at);
	for (const person of [bob, cem]) {
		assert.equal(await unreadOf(person, group), true);
		const [notification, ...others] = await told(person);
		assert.deepEqual(others, []);
		assert.equal(notification.actor.id, ann.id);
		const text = `${'会'.repeat(199)}🦊`;
		assert.deepEqual(notification.subject, { group_id: group.id, name: 'Club', text });
	}
	assert.deepEqual(await told(ann), []);
	const row = (await history(bob, group.id)).at(-1);
	assert.deepEqual([row.sender_id, row.body], [ann.id, { event: 'announcement', text: `${'会'.repeat(199)}🦊` }]);
	const { conversation } = (await bob.get(`/chat/conversations/${group.id}`)).body;
	assert.equal(conversation.unread, 2, 'it counts, as the group itself does');

	expectStatus(await bob.put(`${path}/read`), 204);
	assert.equal(await unreadOf(bob, group), false);
	assert.equal(await unreadOf(cem, group), true);
});

test('a new one is unread again; reading an old one does not read it', async () => {
	const { ann, bob, group, path } = await cast();
	expectStatus(await ann.put(path, { text: 'first' }), 200);
	const { announced_at } = await groupOf(bob, group);
	const second = await ann.put(path, { text: 'second' });
	assert.ok(second.body.group.announced_at > announced_at);
	expectStatus(await bob.put(`${path}/read`, { announced_at }), 204);
	assert.equal(await unreadOf(bob, group), true);
	expectStatus(await bob.put(`${path}/read`, { announced_at: 2 ** 52 }), 204);
	assert.equal(await unreadOf(bob, group), false);
	expectStatus(await ann.put(path, { text: 'third' }), 200);
	assert.equal(await unreadOf(bob, group), true, 'nobody has read the future');
});

test('the same text again is no news; an empty one takes it away quietly', async () => {
	const { ann, bob, group, path } = await cast();
	expectStatus(await ann.put(path, { text: 'once' }), 200);
	const first = await groupOf(bob, group);
	expectStatus(await ann.put(path, { text: 'once' }), 200);
	assert.deepEqual(await groupOf(bob, group), first);
	assert.equal((await told(bob)).length, 1);
	const away = await ann.put(path, { text: '' });
	expectStatus(away, 200);
	assert.equal(away.body.group.announcement, '');
	assert.equal(await unreadOf(bob, group), false);
	assert.equal((await told(bob)).length, 1);
	assert.deepEqual((await history(bob, group.id)).at(-1).body, { event: 'announcement', text: '' });
	expectStatus(await bob.put(`${path}/read`), 204);
});

test('who joins later finds it unread', async () => {
	const { ann, group, path } = await cast();
	expectStatus(await ann.put(path, { text: 'for newcomers too' }), 200);
	const eve = await register();
	await befriend(ann, eve);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	const seen = await groupOf(eve, group);
	assert.deepEqual([seen.announcement, seen.announcement_unread], ['for newcomers too', true]);
});

test('members, strangers and the past announce nothing', async () => {
	const { ann, bob, group, path } = await cast();
	const stranger = await register();
	expectProblem(await bob.put(path, { text: 'mine' }), 403, 'forbidden');
	expectProblem(await stranger.put(path, { text: 'mine' }), 403, 'not_a_member');
	expectProblem(await stranger.put(`${path}/read`), 403, 'not_a_member');
	expectProblem(await ann.put(`/social/groups/${2 ** 52}/announcement`, { text: 'x' }), 404, 'not_found');
	expectProblem(await ann.put(`/social/groups/${2 ** 52}/announcement/read`), 404, 'not_found');
	expectProblem(await ann.put(path, {}), 422, 'invalid_field', 'text');
	expectProblem(await ann.put(path, { text: 'x'.repeat(2001) }), 422, 'invalid_field', 'text');
	for (const text of ['a\u0007', ' \n ', '\u200b'])
		expectProblem(await ann.put(path, { text }), 422, 'invalid_field', 'text');
	expectProblem(await bob.put(`${path}/read`, { announced_at: 'now' }), 422, 'invalid_field', 'announced_at');
	expectStatus(await ann.put(path, { text: '公'.repeat(2000) }), 200);
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	expectProblem(await ann.put(path, { text: 'too late' }), 403, 'group_dissolved');
	expectStatus(await bob.put(`${path}/read`), 204);
	assert.equal(await unreadOf(bob, group), false, 'what was announced can still be read');
});

test('nobody who writes waits until all have been told', async (t) => {
	const { ann, bob, group, path } = await cast();
	const release = await hold(t, `SELECT id FROM user WHERE id = ${bob.id} FOR UPDATE;
		SELECT user_id FROM notification_turn WHERE user_id = ${bob.id} FOR UPDATE`);
	const announced = ann.put(path, { text: 'hear' });
	await eventually('telling bob waits', async () => (await waiting()) > 0);
	assert.equal((await groupOf(ann, group)).announcement, 'hear', 'it is committed');
	assert.equal(await unreadOf(bob, group), true, 'and shown, whether or not he was told');
	expectStatus(await send(ann, group.id, 'did you hear?'), 201);
	assert.ok((await waiting()) > 0);
	await release();
	expectStatus(await announced, 200);
	assert.equal((await told(bob)).length, 1);
});

test('thousands are told once each', async () => {
	const { ann, bob, group, path } = await cast();
	await sql(`UPDATE chat_group SET member_limit = 10000 WHERE id = ${group.id}`);
	const ids = await crowd(2300, ann);
	for (let i = 0; i < ids.length; i += 1000)
		expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: ids.slice(i, i + 1000) }), 200);
	expectStatus(await ann.put(path, { text: 'All of you' }), 200);
	const [[rows, people, author]] = await sql(`SELECT COUNT(*), COUNT(DISTINCT user_id), COALESCE(SUM(user_id = ${ann.id}), 0)
		FROM notification WHERE kind = 'group_announcement' AND actor_id = ${ann.id}`);
	assert.deepEqual([rows, people, author].map(Number), [2302, 2302, 0]);
	assert.equal((await told(bob)).length, 1);
});
