// Bringing friends into a group: at once, with the administrators' consent, or with their own.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { crowd, groupOf, makeGroup, membersOf, roleOf } from '../harness/groups.mjs';

const DAY = 86_400_000;

// Ascending by id, as the answers name them.
const people = async (count) =>
	(await Promise.all(Array.from({ length: count }, () => register()))).sort((a, b) => a.id - b.id);
const invite = (person, group, ...invited) =>
	person.post(`/social/groups/${group.id}/members`, { user_ids: invited.map((one) => one.id ?? one) });
const answer = (person, group, request, status) =>
	person.put(`/social/groups/${group.id}/join-requests/${request.id ?? request}`, { status });
const told = async (person, kind) =>
	(await person.get('/social/notifications')).body.notifications.filter((one) => one.kind === kind);
const joinedRows = async (person, group) =>
	(await history(person, group.id)).filter((row) => row.body.event === 'joined');

async function invited(person, group, ...guests) {
	const made = await invite(person, group, ...guests);
	expectStatus(made, 200);
	return made.body;
}

async function invitationsOf(person, query = '') {
	const list = await person.get(`/social/group-invitations${query}`);
	expectStatus(list, 200);
	return list.body;
}

async function waiting(person, group) {
	const list = await person.get(`/social/groups/${group.id}/join-requests`);
	expectStatus(list, 200);
	return list.body.requests;
}

let ann, bob; // owner and member of every group here, friends

before(async () => {
	[ann, bob] = await people(2);
	await befriend(ann, bob);
});

const group = (fields) => makeGroup(ann, [bob], fields);

async function friendsOf(person, count) {
	const friends = await people(count);
	await Promise.all(friends.map((friend) => befriend(person, friend)));
	return friends;
}

test('the owner brings friends in at once, whatever the policy', async () => {
	const [eve, fay] = await friendsOf(ann, 2);
	for (const join_policy of ['open', 'approval', 'invitation']) {
		const made = await group({ join_policy, name: join_policy });
		const body = await invited(ann, made, fay, eve, bob, ann, eve);
		assert.deepEqual(body, { added: [eve.id, fay.id], pending: [] }, 'members are skipped');
		const [row] = await joinedRows(eve, made);
		assert.equal(row.sender_id, ann.id);
		assert.deepEqual(row.body, { event: 'joined', user_ids: [eve.id, fay.id], count: 2, via: 'added' });
		for (const person of [eve, fay]) {
			assert.equal(await roleOf(ann, made, person), 'member');
			const [note] = await told(person, 'group_invitation');
			assert.equal(note.actor.id, ann.id);
			assert.deepEqual(note.subject, { group_id: made.id, name: join_policy });
		}
		assert.equal((await groupOf(bob, made)).member_count, 4);
		assert.deepEqual(await invited(ann, made, eve), { added: [], pending: [] });
		assert.equal((await joinedRows(eve, made)).length, 1, 'nothing happened, nothing is said');
	}
});

test('a member of an open group brings friends in at once', async () => {
	const [eve] = await friendsOf(bob, 1);
	const made = await group({ join_policy: 'open' });
	assert.deepEqual(await invited(bob, made, eve), { added: [eve.id], pending: [] });
	const [row] = await joinedRows(eve, made);
	assert.deepEqual([row.sender_id, row.body.via], [bob.id, 'added']);
	assert.equal((await told(eve, 'group_invitation'))[0].actor.id, bob.id);
});

test('with approval the administrators are asked, and told once of many', async () => {
	const [eve, fay, gil] = await friendsOf(bob, 3);
	const made = await group({ name: 'Choir' });
	const body = await invited(bob, made, gil, eve, fay);
	assert.deepEqual(body, { added: [], pending: [eve.id, fay.id, gil.id] });
	const requests = await waiting(ann, made);
	assert.deepEqual(
		requests.map((one) => [one.user.id, one.inviter.id, one.awaits, one.status]).sort(),
		[eve, fay, gil].map((one) => [one.id, bob.id, 'admins', 'pending']).sort(),
	);
	const notes = (await told(ann, 'group_request')).filter((one) => one.subject.group_id === made.id);
	assert.equal(notes.length, 1);
	assert.equal(notes[0].actor.id, bob.id);
	const of = (person) => requests.find((one) => one.user.id === person.id);
	assert.deepEqual(notes[0].subject, {
		group_id: made.id, name: 'Choir', request_id: of(eve).id, count: 3,
	});
	assert.ok(!(await told(eve, 'group_invitation')).length, 'not yet');
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
	assert.deepEqual(await invited(bob, made, eve), { added: [], pending: [eve.id] });
	assert.equal((await waiting(ann, made)).length, 3, 'nobody is proposed twice');

	expectStatus(await answer(ann, made, of(eve), 'accepted'), 200);
	assert.equal(await roleOf(ann, made, eve), 'member');
	const [note] = await told(eve, 'group_invitation');
	assert.equal(note.actor.id, bob.id);
	assert.deepEqual(note.subject, { group_id: made.id, name: 'Choir' });
	expectStatus(await answer(ann, made, of(fay), 'declined'), 200);
	assert.ok(!(await told(fay, 'group_request_answered')).length, 'she never asked');
	assert.deepEqual(
		(await told(bob, 'group_request_answered')).slice(0, 2).map((one) => one.subject),
		[[fay, 'declined'], [eve, 'accepted']].map(([person, status]) => ({
			group_id: made.id, name: 'Choir', request_id: of(person).id, status,
		})),
	);
	const [stranger] = await people(1);
	for (const person of [gil, stranger])
		expectProblem(await answer(person, made, of(gil), 'accepted'), 404, 'not_found');
	expectProblem(await answer(bob, made, of(gil), 'accepted'), 403, 'forbidden');
	assert.deepEqual(await invited(bob, made, fay), { added: [], pending: [] }, 'declined just now');
	await sql(`UPDATE group_request SET answered_at = answered_at - ${DAY} WHERE id = ${of(fay).id}`);
	assert.deepEqual(await invited(bob, made, fay), { added: [], pending: [fay.id] });
});

test('who was proposed and asks is heard as somebody who asked', async () => {
	const [eve] = await friendsOf(bob, 1);
	const made = await group();
	await invited(bob, made, eve);
	expectStatus(await eve.post(`/social/groups/${made.id}/join-requests`, { message: 'me' }), 200);
	const [request] = await waiting(ann, made);
	assert.deepEqual([request.user.id, request.inviter, request.message], [eve.id, null, 'me']);
	expectStatus(await answer(ann, made, request, 'declined'), 200);
	for (const person of [eve, bob]) {
		const [heard] = await told(person, 'group_request_answered');
		assert.deepEqual([heard.subject.request_id, heard.subject.status], [request.id, 'declined']);
	}
	expectProblem(await eve.post(`/social/groups/${made.id}/join-requests`, {}), 429, 'recently_declined');
});

test('by invitation the invited person answers', async () => {
	const [eve, fay, gil] = await friendsOf(bob, 3);
	const made = await group({ name: 'Secret', join_policy: 'invitation' });
	expectStatus(await ann.patch(`/social/groups/${made.id}`, { findable: false }), 200);
	expectProblem(await eve.get(`/social/groups/${made.id}`), 404, 'not_found');
	const body = await invited(bob, made, eve, fay, gil);
	assert.deepEqual(body, { added: [], pending: [eve.id, fay.id, gil.id] });
	assert.deepEqual(await waiting(ann, made), [], 'no business of the administrators');

	const [invitation] = (await invitationsOf(eve)).invitations;
	assert.equal(invitation.inviter.id, bob.id);
	assert.deepEqual(
		[invitation.group.id, invitation.group.name, invitation.group.member_count, invitation.group.role],
		[made.id, 'Secret', 2, null],
	);
	const [note] = await told(eve, 'group_invitation');
	assert.equal(note.actor.id, bob.id);
	assert.deepEqual(note.subject, { group_id: made.id, name: 'Secret', request_id: invitation.id });
	expectStatus(await eve.get(`/social/groups/${made.id}`), 200);

	expectProblem(await answer(fay, made, invitation, 'accepted'), 404, 'not_found');
	expectProblem(await answer(ann, made, invitation, 'accepted'), 403, 'forbidden');
	const accepted = await answer(eve, made, invitation, 'accepted');
	expectStatus(accepted, 200);
	assert.equal(accepted.body.request.status, 'accepted');
	assert.equal(await roleOf(ann, made, eve), 'member');
	const [row] = await joinedRows(eve, made);
	assert.equal(row.sender_id, eve.id);
	assert.deepEqual(row.body, { event: 'joined', user_ids: [eve.id], count: 1, via: 'invitation' });
	const [answered] = await told(bob, 'group_request_answered');
	assert.equal(answered.actor.id, eve.id);
	assert.deepEqual(answered.subject, {
		group_id: made.id, name: 'Secret', request_id: invitation.id, status: 'accepted',
	});
	assert.deepEqual((await invitationsOf(eve)).invitations, []);

	const asked = await gil.post(`/social/groups/${made.id}/join-requests`, {});
	expectStatus(asked, 200);
	assert.equal(asked.body.request.status, 'accepted', 'asking is accepting');
	assert.equal((await joinedRows(gil, made)).at(-1).body.via, 'invitation');
});

test('an invitation that is declined bothers nobody, and is not repeated for a day', async () => {
	const [eve] = await friendsOf(bob, 1);
	const made = await group({ join_policy: 'invitation' });
	await invited(bob, made, eve);
	const [invitation] = (await invitationsOf(eve)).invitations;
	expectStatus(await answer(eve, made, invitation, 'declined'), 200);
	expectStatus(await answer(eve, made, invitation, 'declined'), 200);
	expectProblem(await answer(eve, made, invitation, 'accepted'), 409, 'already_answered');
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
	const heard = await told(bob, 'group_request_answered');
	assert.ok(!heard.some((one) => one.subject.group_id === made.id));
	assert.deepEqual(await invited(bob, made, eve), { added: [], pending: [] });
	await sql(`UPDATE group_request SET answered_at = answered_at - ${DAY} WHERE id = ${invitation.id}`);
	assert.deepEqual(await invited(bob, made, eve), { added: [], pending: [eve.id] });
	assert.notEqual((await invitationsOf(eve)).invitations[0].id, invitation.id);
});

test('an invitation expires after 30 days, and ends with its group', async () => {
	const [eve] = await friendsOf(bob, 1);
	const [old, gone] = [await group({ join_policy: 'invitation' }), await group({ join_policy: 'invitation' })];
	for (const made of [old, gone]) await invited(bob, made, eve);
	const [ofGone, ofOld] = (await invitationsOf(eve)).invitations;
	assert.deepEqual([ofGone.group.id, ofOld.group.id], [gone.id, old.id]);
	await sql(`UPDATE group_request SET created_at = created_at - ${30 * DAY} WHERE id = ${ofOld.id}`);
	expectStatus(await ann.delete(`/social/groups/${gone.id}`), 204);
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
	expectProblem(await answer(eve, old, ofOld, 'accepted'), 409, 'already_answered');
	expectProblem(await answer(eve, gone, ofGone, 'accepted'), 403, 'group_dissolved');
	expectProblem(await eve.post(`/social/groups/${old.id}/join-requests`, {}), 403, 'invitation_only');
	assert.deepEqual(await invited(bob, old, eve), { added: [], pending: [eve.id] });
	assert.notEqual((await invitationsOf(eve)).invitations[0].id, ofOld.id);
});

test('only friends without a block are brought along; else nobody is', async () => {
	const [[eve, fay], [stranger]] = [await friendsOf(bob, 2), await people(1)];
	for (const join_policy of ['open', 'approval', 'invitation']) {
		const made = await group({ join_policy });
		expectProblem(await invite(bob, made, eve, stranger), 403, 'not_friends', 'user_ids');
		expectProblem(await invite(bob, made, eve, 2 ** 52), 403, 'not_friends', 'user_ids');
		for (const [one, other] of [[bob, fay], [fay, bob]]) {
			expectStatus(await one.put(`/social/blocks/${other.id}`), 200);
			expectProblem(await invite(bob, made, eve, fay), 403, 'not_friends', 'user_ids');
			expectStatus(await one.delete(`/social/blocks/${other.id}`), 204);
		}
		assert.equal((await membersOf(ann, made)).length, 2);
		assert.deepEqual(await waiting(ann, made), []);
	}
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
	assert.ok(!(await told(eve, 'group_invitation')).length);
	const open = await group({ join_policy: 'open' });
	expectStatus(await stranger.post(`/social/groups/${open.id}/join-requests`, {}), 201);
	assert.deepEqual(await invited(bob, open, stranger, eve), { added: [eve.id], pending: [] });
});

test('nobody is let in by the word of somebody who is their friend no longer', async () => {
	const [eve, fay] = await friendsOf(bob, 2);
	const made = await group();
	await invited(bob, made, eve, fay);
	const requests = await waiting(ann, made);
	const [ofEve, ofFay] = [eve, fay].map((person) => requests.find(({ user }) => user.id === person.id));
	expectStatus(await eve.delete(`/social/friends/${bob.id}`), 204);
	expectStatus(await fay.put(`/social/blocks/${bob.id}`), 200);
	expectProblem(await answer(ann, made, ofEve, 'accepted'), 403, 'not_friends');
	expectProblem(await answer(ann, made, ofFay, 'accepted'), 409, 'already_answered');
	assert.deepEqual((await waiting(ann, made)).map(({ id }) => id), [ofEve.id]);
	expectStatus(await answer(ann, made, ofEve, 'declined'), 200);
	assert.equal((await membersOf(ann, made)).length, 2);
});

test('who left in the meantime is not told what became of their proposal', async () => {
	const [eve] = await friendsOf(bob, 1);
	const made = await group();
	await invited(bob, made, eve);
	const [request] = await waiting(ann, made);
	expectStatus(await bob.delete(`/social/groups/${made.id}/members/${bob.id}`), 204);
	expectStatus(await answer(ann, made, request, 'accepted'), 200);
	assert.equal(await roleOf(ann, made, eve), 'member');
	const heard = await told(bob, 'group_request_answered');
	assert.ok(!heard.some((one) => one.subject.group_id === made.id));
});

test('an invitation of somebody whom one has blocked since is over', async () => {
	const [eve] = await friendsOf(bob, 1);
	const made = await group({ join_policy: 'invitation' });
	await invited(bob, made, eve);
	expectStatus(await eve.put(`/social/blocks/${bob.id}`), 200);
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
	expectStatus(await eve.delete(`/social/blocks/${bob.id}`), 204);
	assert.deepEqual((await invitationsOf(eve)).invitations, []);
});

test('all or none find room', async () => {
	const [eve, fay] = await friendsOf(ann, 2);
	const made = await group();
	await sql(`UPDATE chat_group SET member_limit = 3 WHERE id = ${made.id}`);
	expectProblem(await invite(ann, made, eve, fay), 409, 'group_full');
	assert.equal((await membersOf(ann, made)).length, 2);
	assert.deepEqual((await invited(ann, made, eve, bob)).added, [eve.id]);
});

test('a thousand are added by one row, and invited by one call', async () => {
	const [owner, member] = await people(2);
	await befriend(owner, member);
	const made = await makeGroup(owner, [member], { join_policy: 'invitation' });
	await sql(`UPDATE chat_group SET member_limit = 10000 WHERE id = ${made.id}`);
	const [many, others] = [await crowd(1000, owner), await crowd(1000, member)];
	assert.deepEqual(await invited(owner, made, ...many), { added: many, pending: [] });
	const [row, ...more] = await joinedRows(owner, made);
	assert.deepEqual(row.body, { event: 'joined', user_ids: many.slice(0, 50), count: 1000, via: 'added' });
	assert.deepEqual(more, []);
	assert.equal((await groupOf(owner, made)).member_count, 1002);

	assert.deepEqual(await invited(member, made, ...others), { added: [], pending: others });
	const [[requests, notes]] = await sql(`SELECT
		(SELECT COUNT(*) FROM group_request WHERE group_id = ${made.id} AND awaits = 'user' AND pending = 1),
		(SELECT COUNT(*) FROM notification JOIN group_request ON group_request.user_id = notification.user_id
			WHERE group_request.group_id = ${made.id} AND notification.kind = 'group_invitation'
			AND JSON_VALUE(notification.subject, '$.request_id') = group_request.id)`);
	assert.deepEqual([requests, notes], ['1000', '1000'], 'each was told of their own request');
});

test('refused to strangers, in groups that are gone or never were', async () => {
	const [eve, fay] = await people(2);
	await befriend(eve, fay);
	const made = await group({ join_policy: 'open' });
	expectProblem(await invite(eve, made, fay), 403, 'not_a_member');
	expectProblem(await invite(eve, { id: 2 ** 52 }, fay), 404, 'not_found');
	expectStatus(await ann.delete(`/social/groups/${made.id}`), 204);
	expectProblem(await invite(ann, made, bob), 403, 'group_dissolved');
});

test('invalid input names the field', async () => {
	const made = await group();
	const post = (body) => ann.post(`/social/groups/${made.id}/members`, body);
	expectProblem(await post({}), 422, 'invalid_field', 'user_ids');
	expectProblem(await post({ user_ids: [] }), 422, 'invalid_field', 'user_ids');
	expectProblem(await post({ user_ids: bob.id }), 422, 'invalid_field', 'user_ids');
	expectProblem(await post({ user_ids: [String(bob.id)] }), 422, 'invalid_field', 'user_ids');
	expectProblem(await post({ user_ids: [0] }), 422, 'invalid_field', 'user_ids');
	const many = Array.from({ length: 1001 }, (_, i) => i + 1);
	expectProblem(await post({ user_ids: many }), 422, 'invalid_field', 'user_ids');
	expectProblem(await ann.get('/social/group-invitations?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get('/social/group-invitations?before=x'), 422, 'invalid_field', 'before');
});

test('my invitations are paged by key, newest first', async () => {
	const [eve] = await friendsOf(bob, 1);
	const groups = [];
	for (let i = 0; i < 5; i += 1) {
		const made = await group({ join_policy: 'invitation' });
		groups.unshift(made.id);
		await invited(bob, made, eve);
	}
	const first = await invitationsOf(eve, '?limit=3');
	assert.equal(first.more, true);
	const second = await invitationsOf(eve, `?limit=3&before=${first.invitations.at(-1).id}`);
	assert.equal(second.more, false);
	const shown = [...first.invitations, ...second.invitations].map((one) => one.group.id);
	assert.deepEqual(shown, groups);
});
