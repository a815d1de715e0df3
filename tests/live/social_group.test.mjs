// What members learn at once of a group, on each of their devices, and nobody else does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, logIn, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const AT_ONCE = { within: 1000 };

/** ann, who will own the group, her friends bob (with two devices) and cem, and eve, a friend who
 * has nothing to do with it; all of them connected. */
async function cast(t) {
	const [ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem, eve]) await befriend(ann, friend);
	const phone = await logIn(bob, 'phone');
	const lives = await Promise.all([ann, bob, phone, cem, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	const [annLive, bobLive, phoneLive, cemLive, eveLive] = lives;
	return { ann, bob, cem, eve, annLive, bobs: [bobLive, phoneLive], cemLive, eveLive };
}

const rowOf = (name) => (event) => event.kind === 'system' && event.body.event === name;

/** What has come about the group besides what next() took, until now: events keep their order, so
 * whatever leaked is there before an event that the person causes now. */
async function aboutUntilNow(person, live, group) {
	const bio = `now ${Math.random()}`;
	expectStatus(await person.patch('/account/me', { bio }), 200);
	await live.next('profile', (event) => event.user.bio === bio);
	return live.events.filter((event) => [event.conversation_id, event.conversation?.id, event.subject?.group_id]
		.includes(group.id));
}

test('a new group: its members have row and conversation at once, the added ones a notification', async (t) => {
	const { ann, bob, cem, eve, annLive, bobs, cemLive, eveLive } = await cast(t);
	const group = await makeGroup(ann, [bob, cem], { name: 'Club' });
	for (const live of [annLive, ...bobs, cemLive]) {
		const row = await live.next('message', rowOf('group_created'), AT_ONCE);
		assert.deepEqual([row.conversation_id, row.seq, row.sender_id], [group.id, 1, ann.id]);
		const { conversation, shared } = await live.next('conversation', (event) => event.shared, AT_ONCE);
		assert.deepEqual([shared, conversation.id, conversation.kind], [true, group.id, 'group']);
		assert.deepEqual([conversation.group.name, conversation.group.changed_seq], ['Club', 1]);
		assert.ok(!('role' in conversation.group), 'nothing that is not the same for all');
	}
	for (const live of [...bobs, cemLive]) {
		const told = await live.next('notification', (event) => event.kind === 'group_invitation', AT_ONCE);
		assert.deepEqual([told.actor.id, told.subject], [ann.id, { group_id: group.id, name: 'Club' }]);
	}
	const hers = await aboutUntilNow(ann, annLive, group);
	assert.deepEqual(hers.map((event) => event.event), ['message', 'conversation']);
	assert.deepEqual(await aboutUntilNow(eve, eveLive, group), []);
});

test('every change of the group is a row and an event for all members and for nobody else', async (t) => {
	const { ann, bob, cem, eve, annLive, bobs, cemLive, eveLive } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	const path = `/social/groups/${group.id}`;
	const changes = [
		['renamed', () => ann.patch(path, { name: 'New' }), (now) => now.name === 'New'],
		['avatar', () => ann.patch(path, { avatar: 'emoji:🦊' }), (now) => now.avatar === 'emoji:🦊'],
		['description', () => ann.patch(path, { description: 'd' }), (now) => now.description === 'd'],
		['policy', () => ann.patch(path, { join_policy: 'open' }), (now) => now.join_policy === 'open'],
		['nickname', () => cem.patch(`${path}/members/${cem.id}`, { nickname: 'C' })],
		['mute_all', () => ann.patch(path, { mute_all: true }), (now) => now.mute_all],
		['role', () => ann.patch(`${path}/members/${bob.id}`, { role: 'admin' })],
		['muted', () => ann.patch(`${path}/members/${cem.id}`, { muted_until: 2 ** 52 })],
		['announcement', () => ann.put(`${path}/announcement`, { text: 'hear' }), (now) => now.announcement === 'hear'],
		['owner', () => ann.put(`${path}/owner`, { user_id: cem.id }), (now) => now.owner_id === cem.id],
		['dissolved', () => cem.delete(path), (now) => now.dissolved_at > 0],
	];
	for (const [name, change, shows = () => true] of changes) {
		expectStatus(await change(), 200, 204);
		for (const live of [annLive, ...bobs, cemLive]) {
			const { seq } = await live.next('message', rowOf(name), AT_ONCE);
			const news = (event) => event.shared && event.conversation.group.changed_seq === seq;
			const { conversation } = await live.next('conversation', news, AT_ONCE);
			assert.ok(shows(conversation.group), `${name}: ${JSON.stringify(conversation.group)}`);
		}
	}
	assert.deepEqual(await aboutUntilNow(eve, eveLive, group), []);
});

test('who is concerned by a change of members gets the whole conversation, and the others do not', async (t) => {
	const { ann, bob, cem, annLive, bobs, cemLive } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	const path = `/social/groups/${group.id}`;
	const own = (event) => !event.shared && event.conversation.id === group.id;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	for (const live of bobs)
		assert.equal((await live.next('conversation', own, AT_ONCE)).conversation.group.role, 'admin');
	const until = Date.now() + 3_600_000;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { muted_until: until }), 200);
	for (const live of bobs)
		assert.equal((await live.next('conversation', own, AT_ONCE)).conversation.group.muted_until, until);
	expectStatus(await ann.put(`${path}/announcement`, { text: 'hear' }), 200);
	expectStatus(await bob.put(`${path}/announcement/read`), 204);
	for (const live of bobs)
		assert.equal((await live.next('conversation', own, AT_ONCE)).conversation.group.announcement_unread, false);
	for (const [person, live] of [[ann, annLive], [cem, cemLive]])
		assert.deepEqual((await aboutUntilNow(person, live, group)).filter((event) =>
			event.event === 'conversation' && own(event)), []);
});

test('roles, announcements and removals are told to whom they concern, on every device', async (t) => {
	const { ann, bob, cem, eve, annLive, bobs, cemLive, eveLive } = await cast(t);
	const group = await makeGroup(ann, [bob, cem], { name: 'Club' });
	const path = `/social/groups/${group.id}`;
	const about = { group_id: group.id, name: 'Club' };
	const expectTold = async (lives, kind, subject) => {
		for (const live of lives) {
			const told = await live.next('notification', (event) => event.kind === kind, AT_ONCE);
			assert.deepEqual([told.actor.id, told.subject, told.read], [ann.id, subject, false]);
		}
	};
	await expectTold([...bobs, cemLive], 'group_invitation', about);
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	await expectTold(bobs, 'group_role', { ...about, role: 'admin' });
	expectStatus(await ann.put(`${path}/announcement`, { text: 'hear' }), 200);
	await expectTold([...bobs, cemLive], 'group_announcement', { ...about, text: 'hear' });
	expectStatus(await ann.delete(`${path}/members/${cem.id}`), 204);
	await expectTold([cemLive], 'group_removed', about);
	expectStatus(await ann.put(`${path}/owner`, { user_id: bob.id }), 200);
	await expectTold(bobs, 'group_role', { ...about, role: 'owner' });

	const kinds = async (person, live) => (await aboutUntilNow(person, live, group))
		.filter((event) => event.event === 'notification').map((event) => event.kind);
	for (const live of bobs)
		assert.deepEqual(await kinds(bob, live), ['group_invitation', 'group_role', 'group_announcement', 'group_role']);
	assert.deepEqual(await kinds(cem, cemLive), ['group_invitation', 'group_announcement', 'group_removed']);
	assert.deepEqual(await kinds(ann, annLive), []);
	assert.deepEqual(await kinds(eve, eveLive), []);
});

test('who was removed or has left is told so, and nothing after that', async (t) => {
	const { ann, bob, cem, annLive, bobs, cemLive } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	const path = `/social/groups/${group.id}`;
	const removed = (event) => event.conversation.removed === true;
	expectStatus(await ann.delete(`${path}/members/${bob.id}`), 204);
	for (const live of bobs) {
		const { conversation } = await live.next('conversation', removed, AT_ONCE);
		assert.deepEqual(conversation, { id: group.id, kind: 'group', removed: true, changed_seq: 2 });
	}
	await cemLive.next('message', rowOf('removed'), AT_ONCE);
	expectStatus(await cem.delete(`${path}/members/${cem.id}`), 204);
	assert.equal((await cemLive.next('conversation', removed, AT_ONCE)).conversation.id, group.id);
	const left = await annLive.next('message', rowOf('left'), AT_ONCE);
	assert.deepEqual([left.sender_id, left.body.user_ids], [cem.id, [cem.id]]);

	expectStatus(await ann.patch(path, { name: 'Without them' }), 200);
	expectStatus(await ann.put(`${path}/announcement`, { text: 'alone' }), 200);
	expectStatus(await ann.delete(path), 204);
	for (const [person, live] of [[bob, bobs[0]], [bob, bobs[1]], [cem, cemLive]]) {
		const events = await aboutUntilNow(person, live, group);
		const end = events.findIndex((event) => event.conversation?.removed);
		const later = events.slice(end + 1).filter((event) => event.kind !== 'group_removed');
		assert.deepEqual(later, []);
		assert.ok(!events.some((event) => rowOf('removed')(event) && live !== cemLive), 'the row is for members');
	}
});

test('who is online in a group, but for those between whom a block stands', async (t) => {
	const { ann, bob, cem } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	const path = `/social/groups/${group.id}`;
	const all = [ann.id, bob.id, cem.id];
	const onlineFor = async (person, expected) => {
		const answer = await person.get(`${path}/presence`);
		expectStatus(answer, 200);
		assert.deepEqual(answer.body, { online: expected.sort((a, b) => a - b), count: expected.length });
		const { members } = (await person.get(`${path}/members`)).body;
		assert.deepEqual(members.filter((member) => member.online).map((member) => member.user.id), expected);
	};
	await onlineFor(ann, [...all]);
	await onlineFor(bob, [...all]);
	expectStatus(await cem.put(`/social/blocks/${bob.id}`), 200);
	await onlineFor(bob, [ann.id, bob.id]);
	await onlineFor(cem, [ann.id, cem.id]);
	await onlineFor(ann, [...all]);
});

test('what is stored is told, even when the answer can no longer be read', async (t) => {
	const { ann, bob, cem, bobs } = await cast(t);
	const group = await makeGroup(ann, [bob, cem]);
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${cem.id}`);
	const answer = await ann.patch(`/social/groups/${group.id}/members/${cem.id}`, { muted_until: 2 ** 52 });
	expectProblem(answer, 404, 'not_found');
	for (const live of bobs) {
		const row = await live.next('message', rowOf('muted'), AT_ONCE);
		assert.equal(row.body.user_id, cem.id);
	}
});
