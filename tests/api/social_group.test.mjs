// Making groups, showing and finding them, their members, the end of a group.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { groupOf, makeGroup, membersOf } from '../harness/groups.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

async function friendsOf(person, count) {
	const friends = await people(count);
	await Promise.all(friends.map((friend) => befriend(person, friend)));
	return friends;
}

test('a group is made with friends in it, and a row that says so', async () => {
	const ann = await register();
	const [bob, cem] = await friendsOf(ann, 2);
	const made = await ann.post('/social/groups', {
		name: '  Hikers 徒步  ', avatar: 'emoji:🥾', description: 'Sundays\nat nine', join_policy: 'open',
		member_ids: [cem.id, bob.id, cem.id],
	});
	expectStatus(made, 201);
	const { group } = made.body;
	const expected = {
		id: group.id, conversation_id: group.id, name: 'Hikers 徒步', avatar: 'emoji:🥾',
		description: 'Sundays\nat nine', announcement: '', announced_by: null, announced_at: null,
		owner_id: ann.id, join_policy: 'open', findable: true, shares_history: false, mute_all: false,
		member_count: 3, member_limit: group.member_limit, changed_seq: 1, created_at: group.created_at,
		dissolved_at: null, role: 'owner', nickname: '', muted_until: 0, announcement_unread: false,
	};
	assert.deepEqual(group, expected);
	assert.ok(group.member_limit >= 500);
	assert.deepEqual(await groupOf(bob, group), { ...expected, role: 'member' });

	const members = await membersOf(cem, group);
	assert.deepEqual(
		members.map((member) => [member.user.id, member.role, member.nickname, member.muted_until]),
		[[ann.id, 'owner', '', 0], [bob.id, 'member', '', 0], [cem.id, 'member', '', 0]],
	);
	for (const person of [ann, bob, cem]) {
		const rows = await history(person, group.id);
		assert.deepEqual(rows.map((row) => [row.seq, row.kind, row.sender_id]), [[1, 'system', ann.id]]);
		assert.deepEqual(rows[0].body, {
			event: 'group_created', name: 'Hikers 徒步', user_ids: [bob.id, cem.id], count: 2,
		});
	}
	for (const person of [bob, cem]) {
		const { notifications } = (await person.get('/social/notifications?limit=1')).body;
		assert.equal(notifications[0].kind, 'group_invitation');
		assert.equal(notifications[0].actor.id, ann.id);
		assert.deepEqual(notifications[0].subject, { group_id: group.id, name: 'Hikers 徒步' });
	}
	assert.ok(!(await ann.get('/social/notifications')).body.notifications.some((n) => n.kind.startsWith('group')));
});

test('a group of one has what was not said by default', async () => {
	const ann = await register();
	const group = await makeGroup(ann);
	assert.equal(group.join_policy, 'approval');
	assert.equal(group.description, '');
	assert.equal(group.avatar, null);
	assert.equal(group.member_count, 1);
	assert.equal(group.findable, true);
});

test('only friends without a block can be put into a new group; else nothing is made', async () => {
	const ann = await register();
	const [bob, stranger] = [...(await friendsOf(ann, 1)), await register()];
	const create = (ids) => ann.post('/social/groups', { name: 'no', member_ids: ids });
	expectProblem(await create([bob.id, stranger.id]), 403, 'not_friends', 'member_ids');
	expectProblem(await create([2 ** 52]), 403, 'not_friends', 'member_ids');
	for (const [one, other] of [[ann, bob], [bob, ann]]) {
		await sql(`INSERT INTO block VALUES (${one.id}, ${other.id}, 1)`);
		expectProblem(await create([bob.id]), 403, 'not_friends', 'member_ids');
		await sql(`DELETE FROM block WHERE user_id = ${one.id}`);
	}
	assert.deepEqual((await ann.get('/social/groups')).body.groups, []);
	expectStatus(await create([bob.id, ann.id]), 201); // oneself is in it anyway
});

test('a new group has no more members than are allowed', async () => {
	const ann = await register();
	const friends = await friendsOf(ann, 2);
	const small = { token: ann.token, env: { HICHAT_SOCIAL_GROUP_SIZE: '2' } };
	const create = (members) => cgi('social', 'POST', '/groups', {
		...small, body: { name: 'small', member_ids: members.map((member) => member.id) },
	});
	expectProblem(await create(friends), 409, 'group_full');
	const made = await create(friends.slice(1));
	expectStatus(made, 201);
	assert.equal(made.body.group.member_limit, 2);
});

test('so many groups an hour and no more', async () => {
	const ann = await register();
	const limited = { token: ann.token, body: { name: 'again' }, env: { HICHAT_LIMITS_GROUPS: '1' } };
	expectStatus(await cgi('social', 'POST', '/groups', limited), 201);
	const refused = await cgi('social', 'POST', '/groups', limited);
	expectProblem(refused, 429, 'rate_limited');
	assert.ok(Number(refused.headers.get('retry-after')) > 3000);
});

test('invalid input names the field, and makes nothing', async () => {
	const ann = await register();
	const create = (fields) => ann.post('/social/groups', { name: 'x', ...fields });
	for (const name of [undefined, null, '', '  ', 'x'.repeat(65), 'a\nb', '\u200B', 7])
		expectProblem(await create({ name }), 422, 'invalid_field', 'name');
	expectProblem(await create({ avatar: 'fox' }), 422, 'invalid_field', 'avatar');
	expectProblem(await create({ description: 'x'.repeat(501) }), 422, 'invalid_field', 'description');
	expectProblem(await create({ join_policy: 'closed' }), 422, 'invalid_field', 'join_policy');
	expectProblem(await create({ member_ids: [0] }), 422, 'invalid_field', 'member_ids');
	expectProblem(await create({ member_ids: Array(1001).fill(1) }), 422, 'invalid_field', 'member_ids');
	assert.deepEqual((await ann.get('/social/groups')).body.groups, []);
	expectProblem(await ann.get('/social/groups?limit=101'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get('/social/groups?query='), 422, 'invalid_field', 'query');
	expectProblem(await ann.get('/social/groups?query=%20'), 422, 'invalid_field', 'query');
	expectStatus(await create({ name: '群'.repeat(64) }), 201);
});

test('my groups are paged by key and are mine alone', async () => {
	const ann = await register();
	const [bob] = await friendsOf(ann, 1);
	const mine = [];
	for (let i = 0; i < 3; i++) mine.push(await makeGroup(ann, i === 1 ? [bob] : [], { name: `g${i}` }));
	const first = (await ann.get('/social/groups?limit=2')).body;
	assert.deepEqual([first.groups.map((g) => g.id), first.more], [[mine[0].id, mine[1].id], true]);
	const second = (await ann.get(`/social/groups?limit=2&after=${mine[1].id}`)).body;
	assert.deepEqual([second.groups.map((g) => g.id), second.more], [[mine[2].id], false]);
	const his = (await bob.get('/social/groups')).body.groups;
	assert.deepEqual(his.map((g) => [g.id, g.role]), [[mine[1].id, 'member']]);
});

test('a group is found by number and by the beginning of its name, unless it hides or is over', async () => {
	const [ann, bob] = await people(2);
	const name = uniqueName('Ｗander ');
	const group = await makeGroup(ann, [], { name, description: 'walks' });
	const second = await makeGroup(ann, [], { name: `${name} 2` });
	const find = async (text) => {
		const answer = await bob.get(`/social/groups?query=${encodeURIComponent(text)}`);
		expectStatus(answer, 200);
		return answer.body.groups;
	};
	const ids = async (text) => (await find(text)).map((one) => one.id);
	const [found] = await find(String(group.id));
	assert.deepEqual(found, {
		id: group.id, conversation_id: group.id, name, avatar: null, description: 'walks',
		owner_id: ann.id, join_policy: 'approval', member_count: 1,
		member_limit: group.member_limit, created_at: group.created_at, role: null,
	});
	assert.deepEqual(await ids(name.replace('Ｗ', 'w').toUpperCase()), [group.id, second.id]);
	assert.deepEqual(await ids(`${name}%`), [], 'a percent sign is no wildcard');
	assert.equal(await ids(`${group.id}`).then((list) => list.filter((id) => id === group.id).length), 1);

	assert.deepEqual((await bob.get(`/social/groups/${group.id}`)).body.group, found);
	expectStatus(await ann.patch(`/social/groups/${group.id}`, { findable: false }), 200);
	assert.deepEqual(await ids(name), [second.id]);
	assert.ok(!(await ids(String(group.id))).includes(group.id));
	expectProblem(await bob.get(`/social/groups/${group.id}`), 404, 'not_found');
	assert.equal((await groupOf(ann, group)).findable, false, 'its members still see it');

	expectStatus(await ann.delete(`/social/groups/${second.id}`), 204);
	assert.deepEqual(await ids(name), []);
	expectProblem(await bob.get(`/social/groups/${second.id}`), 404, 'not_found');
	expectProblem(await bob.get(`/social/groups/${2 ** 52}`), 404, 'not_found');
});

test('searches are limited', async () => {
	const ann = await register();
	const search = () => cgi('social', 'GET', '/groups?query=x', { token: ann.token, env: { HICHAT_LIMITS_SEARCHES: '1' } });
	expectStatus(await search(), 200);
	expectProblem(await search(), 429, 'rate_limited');
});

test('members are paged by key, by role and by id, to members only', async () => {
	const ann = await register();
	const friends = await friendsOf(ann, 4);
	const group = await makeGroup(ann, friends);
	const ids = [ann, ...friends].map((person) => person.id).sort((a, b) => a - b);
	const page = async (query) => {
		const answer = await friends[0].get(`/social/groups/${group.id}/members?${query}`);
		expectStatus(answer, 200);
		return [answer.body.members.map((member) => member.user.id), answer.body.more];
	};
	assert.deepEqual(await page('limit=3'), [ids.slice(0, 3), true]);
	assert.deepEqual(await page(`limit=3&after=${ids[2]}`), [ids.slice(3), false]);
	assert.deepEqual(await page('role=owner'), [[ann.id], false]);
	assert.deepEqual(await page('role=admin'), [[], false]);
	assert.deepEqual(await page('role=member&limit=4'), [ids.filter((id) => id !== ann.id), false]);
	assert.deepEqual(await page(`ids=${ids[4]},${ids[1]},${ids[1]},${2 ** 52}`), [[ids[1], ids[4]], false]);

	const stranger = await register();
	expectProblem(await stranger.get(`/social/groups/${group.id}/members`), 403, 'not_a_member');
	expectProblem(await stranger.get(`/social/groups/${group.id}/presence`), 403, 'not_a_member');
	expectProblem(await ann.get(`/social/groups/${2 ** 52}/members`), 404, 'not_found');
	expectProblem(await ann.get(`/social/groups/${group.id}/members?role=king`), 422, 'invalid_field', 'role');
	expectProblem(await ann.get(`/social/groups/${group.id}/members?ids=x`), 422, 'invalid_field', 'ids');
	expectProblem(await ann.get(`/social/groups/${2 ** 52}/presence`), 404, 'not_found');
});

test('a dissolved group can be read, and nothing else', async () => {
	const ann = await register();
	const [bob] = await friendsOf(ann, 1);
	const group = await makeGroup(ann, [bob]);
	await sql(`INSERT INTO group_request (group_id, user_id, awaits, status, pending, created_at)
		SELECT ${group.id}, MAX(id), 'admins', 'pending', 1, 1 FROM user WHERE id NOT IN (${ann.id}, ${bob.id});
		INSERT INTO group_link (group_id, token, creator_id, created_at)
		VALUES (${group.id}, '${uniqueName('link')}', ${ann.id}, 1)`);
	const path = `/social/groups/${group.id}`;
	expectProblem(await bob.delete(path), 403, 'forbidden');
	expectStatus(await ann.delete(path), 204);
	expectProblem(await ann.delete(path), 403, 'group_dissolved');
	expectProblem(await ann.patch(path, { name: 'back' }), 403, 'group_dissolved');
	assert.deepEqual((await ann.get('/social/groups')).body.groups, []);
	const seen = await groupOf(bob, group);
	assert.ok(seen.dissolved_at >= group.created_at);
	assert.equal(seen.changed_seq, 2);
	assert.equal((await membersOf(bob, group)).length, 2);
	const last = (await history(bob, group.id)).at(-1);
	assert.deepEqual([last.kind, last.sender_id, last.body], ['system', ann.id, { event: 'dissolved' }]);
	const [[asked, offered]] = await sql(`SELECT
		(SELECT CONCAT(status, COALESCE(pending, '')) FROM group_request WHERE group_id = ${group.id}),
		(SELECT revoked_at > 1 FROM group_link WHERE group_id = ${group.id})`);
	assert.deepEqual([asked, offered], ['declined', '1']);
	expectProblem(await ann.delete(`/social/groups/${2 ** 52}`), 404, 'not_found');
	expectProblem(await (await register()).delete(path), 404, 'not_found');
});

test('what is found by name comes in pages, each once', async () => {
	const [ann, eve] = await Promise.all([register(), register()]);
	const name = uniqueName('pages');
	const groups = [];
	for (const ending of ['b', 'a', 'c', 'a', 'hidden']) groups.push(await makeGroup(ann, [], { name: `${name} ${ending}` }));
	expectStatus(await ann.patch(`/social/groups/${groups[4].id}`, { findable: false }), 200);
	const [b, a, c, second] = groups.map(({ id }) => id);
	const page = async (query) => {
		const answer = await eve.get(`/social/groups?query=${name}&${query}`);
		expectStatus(answer, 200);
		return [answer.body.groups.map(({ id }) => id), answer.body.more];
	};
	assert.deepEqual(await page('limit=1'), [[a], true]);
	assert.deepEqual(await page(`limit=2&after=${a}`), [[second, b], true]);
	assert.deepEqual(await page(`limit=2&after=${b}`), [[c], false]);
	assert.deepEqual(await page(''), [[a, second, b, c], false]);
	for (const after of [groups[4].id, 2 ** 52])
		expectProblem(await eve.get(`/social/groups?query=${name}&after=${after}`), 422, 'invalid_field', 'after');

	// The one with exactly that number comes first, and what is so named behind it.
	const named = await makeGroup(ann, [], { name: `${c} ${name}` });
	const byNumber = (rest) => eve.get(`/social/groups?query=${c}&${rest}`);
	const first = (await byNumber('limit=1')).body;
	assert.deepEqual([first.groups.map(({ id }) => id), first.more], [[c], true]);
	const next = (await byNumber(`limit=1&after=${c}`)).body;
	assert.deepEqual([next.groups.map(({ id }) => id), next.more], [[named.id], false]);
});
