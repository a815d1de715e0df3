// Invitation links: made, shown to everybody who has one, used, counted, ended.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { groupOf, makeGroup, membersOf, roleOf } from '../harness/groups.mjs';

const WEEK = 7 * 86_400_000;

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const preview = (person, link) => person.get(`/social/group-links/${link.token}`);
const join = (person, link) => person.post(`/social/group-links/${link.token}/join`);
const revoke = (person, group, link) => person.delete(`/social/groups/${group.id}/links/${link.id}`);

async function linkOf(person, group, fields = {}) {
	const made = await person.post(`/social/groups/${group.id}/links`, fields);
	expectStatus(made, 201);
	return made.body.link;
}

async function linksOf(person, group, query = '') {
	const list = await person.get(`/social/groups/${group.id}/links${query}`);
	expectStatus(list, 200);
	return list.body;
}

let ann, bob; // owner and member of every group here

before(async () => {
	[ann, bob] = await people(2);
	await befriend(ann, bob);
});

const group = (fields) => makeGroup(ann, [bob], fields);

test('a link leads everybody to the group, also those who are not logged in', async () => {
	const [eve] = await people(1);
	const hikers = await group({ name: 'Hikers', join_policy: 'invitation' });
	expectStatus(await ann.patch(`/social/groups/${hikers.id}`, { findable: false }), 200);
	const link = await linkOf(ann, hikers);
	assert.match(link.token, /^[A-Za-z0-9_-]{43}$/);
	assert.equal(link.path, `#/join/${link.token}`);
	assert.equal(link.creator.id, ann.id);
	assert.equal(link.expires_at, link.created_at + WEEK);
	assert.deepEqual([link.max_uses, link.uses, link.revoked_at], [null, 0, null]);

	const open = await api('GET', `/social/group-links/${link.token}`);
	expectStatus(open, 200);
	assert.deepEqual([open.body.group.id, open.body.group.name, open.body.group.role], [hikers.id, 'Hikers', null]);
	assert.ok(!('announcement' in open.body.group), 'only what everybody may see');
	assert.ok(!('member' in open.body));
	assert.equal((await preview(eve, link)).body.member, false);
	const own = await preview(bob, link);
	assert.equal(own.body.member, true);
	assert.deepEqual(own.body.group, open.body.group);
});

test('who has it joins at once, whatever the policy, and is counted once', async () => {
	const [eve] = await people(1);
	for (const join_policy of ['open', 'approval', 'invitation']) {
		const hikers = await group({ join_policy });
		const link = await linkOf(ann, hikers);
		const joined = await join(eve, link);
		expectStatus(joined, 200);
		assert.deepEqual(
			[joined.body.group.id, joined.body.group.role, joined.body.group.member_count],
			[hikers.id, 'member', 3],
		);
		const [row] = await history(eve, hikers.id);
		assert.equal(row.sender_id, eve.id);
		assert.deepEqual(row.body, { event: 'joined', user_ids: [eve.id], count: 1, via: 'link' });
		const again = await join(eve, link);
		expectStatus(again, 200);
		assert.deepEqual(again.body, joined.body);
		expectStatus(await join(ann, link), 200);
		assert.equal((await linksOf(ann, hikers)).links[0].uses, 1);
		assert.equal((await history(eve, hikers.id)).length, 1);
	}
});

test('whoever waited for an answer has it by joining', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const asked = await eve.post(`/social/groups/${hikers.id}/join-requests`, {});
	expectStatus(await join(eve, await linkOf(ann, hikers)), 200);
	const list = await ann.get(`/social/groups/${hikers.id}/join-requests?status=accepted`);
	assert.deepEqual(list.body.requests.map((one) => one.id), [asked.body.request.id]);
});

test('it ends by time, by use, by revocation and with its group', async () => {
	const [eve, fay] = await people(2);
	const hikers = await group();
	const [old, once, revoked, young] = [
		await linkOf(ann, hikers, { expires_in: 60 }),
		await linkOf(ann, hikers, { max_uses: 1 }),
		await linkOf(ann, hikers),
		await linkOf(ann, hikers),
	];
	for (const link of [old, once, revoked, young]) expectStatus(await preview(eve, link), 200);
	await sql(`UPDATE group_link SET expires_at = expires_at - 60000 WHERE id = ${old.id}`);
	expectStatus(await join(fay, once), 200);
	expectStatus(await revoke(ann, hikers, revoked), 204);
	for (const link of [old, once, revoked]) {
		expectProblem(await join(eve, link), 410, 'link_ended');
		expectProblem(await preview(eve, link), 410, 'link_ended');
		expectProblem(await api('GET', `/social/group-links/${link.token}`), 410, 'link_ended');
		// The way back stays open for those who are in.
		assert.equal((await preview(fay, link)).body.member, true);
		expectStatus(await join(fay, link), 200);
	}
	assert.equal(await roleOf(ann, hikers, eve), undefined);
	expectStatus(await ann.delete(`/social/groups/${hikers.id}`), 204);
	expectProblem(await join(eve, young), 410, 'link_ended');
	expectProblem(await preview(eve, young), 410, 'link_ended');
});

test('no link at all is not found', async () => {
	const unknown = { token: 'A'.repeat(43) };
	expectProblem(await preview(ann, unknown), 404, 'not_found');
	expectProblem(await join(ann, unknown), 404, 'not_found');
	expectProblem(await preview(ann, { token: '%F0%9F%91%8B' }), 404, 'not_found');
	for (const door of [preview, join]) expectProblem(await door(ann, { token: 'a%2Fb' }), 400, 'bad_request');
	const link = await linkOf(ann, await group());
	expectProblem(await preview(ann, { token: link.token.toLowerCase() }), 404, 'not_found');
	expectProblem(await api('POST', `/social/group-links/${link.token}/join`), 401, 'unauthenticated');
});

test('a full group takes nobody, and that is no use of the link', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const link = await linkOf(ann, hikers, { max_uses: 1 });
	await sql(`UPDATE chat_group SET member_limit = 2 WHERE id = ${hikers.id}`);
	expectProblem(await join(eve, link), 409, 'group_full');
	assert.equal((await linksOf(ann, hikers)).links[0].uses, 0);
	assert.equal((await membersOf(ann, hikers)).length, 2);
	await sql(`UPDATE chat_group SET member_limit = 3 WHERE id = ${hikers.id}`);
	expectStatus(await join(eve, link), 200);
});

test('the owner and administrators make, see and revoke links, nobody else', async () => {
	const [eve] = await people(1);
	const [hikers, others] = [await group(), await group()];
	const link = await linkOf(ann, hikers);
	const make = (person, target = hikers) => person.post(`/social/groups/${target.id}/links`, {});
	expectProblem(await make(bob), 403, 'forbidden');
	expectProblem(await make(eve), 403, 'not_a_member');
	expectProblem(await make(ann, { id: 2 ** 52 }), 404, 'not_found');
	expectProblem(await bob.get(`/social/groups/${hikers.id}/links`), 403, 'forbidden');
	expectProblem(await eve.get(`/social/groups/${hikers.id}/links`), 403, 'not_a_member');
	expectProblem(await ann.get(`/social/groups/${2 ** 52}/links`), 404, 'not_found');
	expectProblem(await revoke(bob, hikers, link), 403, 'forbidden');
	expectProblem(await revoke(eve, hikers, link), 403, 'not_a_member');
	expectProblem(await revoke(ann, others, link), 404, 'not_found');
	expectProblem(await revoke(ann, hikers, { id: 2 ** 52 }), 404, 'not_found');
	expectStatus(await preview(eve, link), 200);

	expectStatus(await ann.patch(`/social/groups/${hikers.id}/members/${bob.id}`, { role: 'admin' }), 200);
	const second = await linkOf(bob, hikers);
	assert.deepEqual((await linksOf(ann, hikers)).links.map((one) => [one.id, one.creator.id]), [
		[second.id, bob.id], [link.id, ann.id],
	]);
	expectStatus(await revoke(bob, hikers, link), 204);
	const { revoked_at } = (await linksOf(ann, hikers)).links[1];
	assert.ok(revoked_at >= link.created_at);
	expectStatus(await revoke(ann, hikers, link), 204);
	assert.equal((await linksOf(ann, hikers)).links[1].revoked_at, revoked_at, 'it ended when it ended');
	expectStatus(await ann.delete(`/social/groups/${hikers.id}`), 204);
	expectProblem(await make(ann), 403, 'group_dissolved');
	expectProblem(await revoke(ann, hikers, second), 403, 'group_dissolved');
	assert.ok((await linksOf(ann, hikers)).links.every((one) => one.revoked_at !== null));
});

test('how long and how often is said when it is made; invalid input names the field', async () => {
	const hikers = await group();
	const make = (fields) => ann.post(`/social/groups/${hikers.id}/links`, fields);
	for (const expires_in of [0, null])
		assert.equal((await linkOf(ann, hikers, { expires_in })).expires_at, null);
	for (const expires_in of [60, 31_536_000]) {
		const link = await linkOf(ann, hikers, { expires_in });
		assert.equal(link.expires_at - link.created_at, expires_in * 1000);
	}
	for (const expires_in of [59, 1, -1, 31_536_001, '3600', 0.5])
		expectProblem(await make({ expires_in }), 422, 'invalid_field', 'expires_in');
	for (const max_uses of [1, 10_000, null])
		assert.equal((await linkOf(ann, hikers, { max_uses })).max_uses, max_uses);
	for (const max_uses of [0, -1, 10_001, '5'])
		expectProblem(await make({ max_uses }), 422, 'invalid_field', 'max_uses');
	expectProblem(await ann.get(`/social/groups/${hikers.id}/links?limit=0`), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get(`/social/groups/${hikers.id}/links?before=-`), 422, 'invalid_field', 'before');
});

test('the list is paged by key, newest first', async () => {
	const hikers = await group();
	const made = [];
	for (let i = 0; i < 5; i += 1) made.unshift((await linkOf(ann, hikers)).id);
	const first = await linksOf(ann, hikers, '?limit=3');
	assert.equal(first.more, true);
	const second = await linksOf(ann, hikers, `?limit=3&before=${first.links.at(-1).id}`);
	assert.equal(second.more, false);
	assert.deepEqual([...first.links, ...second.links].map((one) => one.id), made);
	assert.equal((await groupOf(ann, hikers)).member_count, 2);
});

test('there are limits on making them, on looking and on joining', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const { token } = await linkOf(ann, hikers);
	const thrice = async (method, path, options) => {
		const tries = [];
		for (let i = 0; i < 3; i += 1) tries.push(await cgi('social', method, path, options));
		expectProblem(tries[2], 429, 'rate_limited');
		assert.ok(Number(tries[2].headers.get('retry-after')) > 0);
		return tries.slice(0, 2).map((each) => each.status);
	};
	const limited = ['GROUP_CHANGES', 'GROUP_REQUESTS', 'SEARCHES'].map((key) => [`HICHAT_LIMITS_${key}`, '2']);
	const env = Object.fromEntries(limited);
	const [maker, joiner] = [{ token: ann.token, body: {}, env }, { token: eve.token, env }];
	// Whoever looks need not be logged in: counted by address, here one that no other test has.
	const looking = { env, address: `198.51.100.${1 + (process.pid % 250)}` };
	assert.deepEqual(await thrice('POST', `/groups/${hikers.id}/links`, maker), [201, 201]);
	assert.deepEqual(await thrice('GET', `/group-links/${token}`, looking), [200, 200]);
	assert.deepEqual(await thrice('POST', `/group-links/${token}/join`, joiner), [200, 200]);
});
