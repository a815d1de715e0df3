// Fifty people want the last places of a group at the same moment: exactly as many get in as fit.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { groupOf, makeGroup, membersOf } from '../harness/groups.mjs';

const CROWD = 50;
const PLACES = 7;

let owner;
let crowd;

before(async () => {
	owner = await register();
	crowd = await Promise.all(Array.from({ length: CROWD }, () => register()));
});

async function groupWithPlaces(join_policy) {
	const group = await makeGroup(owner, [], { join_policy });
	await sql(`UPDATE chat_group SET member_limit = ${1 + PLACES} WHERE id = ${group.id}`);
	return group;
}

/** What everybody was answered is what the group has become. */
async function expectFull(group, answers, code) {
	const inside = crowd.filter((_, i) => answers[i].status < 300).map((person) => person.id);
	assert.equal(inside.length, PLACES);
	for (const each of answers) if (each.status >= 300) expectProblem(each, code === 'link_ended' ? 410 : 409, code);
	const members = (await membersOf(owner, group)).map((member) => member.user.id);
	assert.deepEqual(members, [owner.id, ...inside].sort((a, b) => a - b));
	assert.equal((await groupOf(owner, group)).member_count, 1 + PLACES);
	const rows = await history(owner, group.id);
	assert.deepEqual(rows.map((row) => row.seq), rows.map((_, i) => i + 1), 'numbered without a hole');
	const joined = rows.filter((row) => row.body.event === 'joined').flatMap((row) => row.body.user_ids);
	assert.deepEqual(joined.sort((a, b) => a - b), inside.sort((a, b) => a - b));
}

test('through the open door', async () => {
	const group = await groupWithPlaces('open');
	const answers = await Promise.all(
		crowd.map((person) => person.post(`/social/groups/${group.id}/join-requests`, {})),
	);
	await expectFull(group, answers, 'group_full');
	const [[left]] = await sql(`SELECT COUNT(*) FROM group_request WHERE group_id = ${group.id} AND pending = 1`);
	assert.equal(left, '0', 'nobody waits who was refused');
});

test('by requests that are all accepted at once', async () => {
	const group = await groupWithPlaces('approval');
	const requests = await Promise.all(crowd.map(async (person) => {
		const asked = await person.post(`/social/groups/${group.id}/join-requests`, {});
		expectStatus(asked, 201);
		return asked.body.request.id;
	}));
	const answers = await Promise.all(requests.map((id) =>
		owner.put(`/social/groups/${group.id}/join-requests/${id}`, { status: 'accepted' }),
	));
	await expectFull(group, answers, 'group_full');
	const waiting = await owner.get(`/social/groups/${group.id}/join-requests?limit=100`);
	const refused = requests.filter((_, i) => answers[i].status !== 200);
	assert.deepEqual(waiting.body.requests.map((one) => one.id).sort(), refused.sort(), 'the others go on waiting');
});

test('by a link into a group that fills up', async () => {
	const group = await groupWithPlaces('invitation');
	const { link } = (await owner.post(`/social/groups/${group.id}/links`, {})).body;
	const answers = await Promise.all(crowd.map((person) => person.post(`/social/group-links/${link.token}/join`)));
	await expectFull(group, answers, 'group_full');
	const { links } = (await owner.get(`/social/groups/${group.id}/links`)).body;
	assert.equal(links[0].uses, PLACES);
});

test('by a link that is used up', async () => {
	const group = await makeGroup(owner, [], { join_policy: 'invitation' });
	const { link } = (await owner.post(`/social/groups/${group.id}/links`, { max_uses: PLACES })).body;
	const answers = await Promise.all(crowd.map((person) => person.post(`/social/group-links/${link.token}/join`)));
	await expectFull(group, answers, 'link_ended');
	const { links } = (await owner.get(`/social/groups/${group.id}/links`)).body;
	assert.equal(links[0].uses, PLACES);
});

test('by all ways at once', async () => {
	const group = await groupWithPlaces('approval');
	const { link } = (await owner.post(`/social/groups/${group.id}/links`, {})).body;
	const asking = crowd.slice(0, CROWD / 2);
	const requests = await Promise.all(asking.map(async (person) => {
		const asked = await person.post(`/social/groups/${group.id}/join-requests`, {});
		return asked.body.request.id;
	}));
	const answers = await Promise.all(crowd.map((person, i) => (i < requests.length
		? owner.put(`/social/groups/${group.id}/join-requests/${requests[i]}`, { status: 'accepted' })
		: person.post(`/social/group-links/${link.token}/join`))));
	await expectFull(group, answers, 'group_full');
});
