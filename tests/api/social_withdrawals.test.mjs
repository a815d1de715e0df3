// Withdrawing what one has asked for: of a person, of a group.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup, roleOf } from '../harness/groups.mjs';

const DAY = 86_400_000;
const nowhere = 2 ** 52;

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const told = async (person, kind) =>
	(await person.get('/social/notifications')).body.notifications.filter((one) => one.kind === kind);

async function made(asking) {
	const answer = await asking;
	expectStatus(answer, 201);
	return answer.body.request;
}

const askFriend = (person, other) => person.post('/social/friend-requests', { user_id: other.id });
const ofFriend = (request) => `/social/friend-requests/${request.id}`;
const askGroup = (person, group) => person.post(`/social/groups/${group.id}/join-requests`, {});
const ofGroup = (group, request) => `/social/groups/${group.id}/join-requests/${request.id}`;

test('a friend request that was withdrawn can be answered by nobody, and both see so', async () => {
	const [ann, bob] = await people(2);
	const request = await made(askFriend(ann, bob));
	for (let times = 0; times < 2; times++) expectStatus(await ann.delete(ofFriend(request)), 204);
	for (const [person, box] of [[ann, 'out'], [bob, 'in']]) {
		const { requests } = (await person.get(`/social/friend-requests?box=${box}&status=withdrawn`)).body;
		assert.deepEqual(requests.map(({ id, status }) => [id, status]), [[request.id, 'withdrawn']]);
		assert.deepEqual((await person.get(`/social/friend-requests?box=${box}&status=pending`)).body.requests, []);
	}
	expectProblem(await bob.put(ofFriend(request), { status: 'accepted' }), 409, 'already_answered');
	assert.equal((await made(askFriend(bob, ann))).status, 'pending', 'it crosses nothing');
});

test('withdrawing and asking again brings one notification a day', async () => {
	const [ann, bob] = await people(2);
	const first = await made(askFriend(ann, bob));
	expectStatus(await ann.delete(ofFriend(first)), 204);
	const second = await made(askFriend(ann, bob));
	assert.notEqual(second.id, first.id);
	assert.equal((await bob.get('/social/friend-requests?status=pending')).body.requests[0].id, second.id);
	assert.equal((await told(bob, 'friend_request')).length, 1);
	expectStatus(await ann.delete(ofFriend(second)), 204);
	await sql(`UPDATE friend_request SET answered_at = answered_at - ${DAY} WHERE id = ${second.id}`);
	await made(askFriend(ann, bob));
	assert.equal((await told(bob, 'friend_request')).length, 2);
});

test('only who asked withdraws, and only what waits', async () => {
	const [ann, bob, eve] = await people(3);
	const request = await made(askFriend(ann, bob));
	expectProblem(await bob.delete(ofFriend(request)), 403, 'forbidden');
	expectProblem(await eve.delete(ofFriend(request)), 404, 'not_found');
	expectProblem(await ann.delete(ofFriend({ id: nowhere })), 404, 'not_found');
	expectProblem(await ann.delete('/social/friend-requests/x'), 404, 'not_found');
	expectStatus(await bob.put(ofFriend(request), { status: 'declined' }), 200);
	expectProblem(await ann.delete(ofFriend(request)), 409, 'already_answered');
	expectProblem(await askFriend(ann, bob), 429, 'recently_declined');
});

test('a withdrawal and an answer at once have one outcome', async () => {
	for (let round = 0; round < 5; round++) {
		const [ann, bob] = await people(2);
		const request = await made(askFriend(ann, bob));
		const [gone, answered] = await Promise.all([
			ann.delete(ofFriend(request)), bob.put(ofFriend(request), { status: 'accepted' }),
		]);
		assert.deepEqual([gone.status, answered.status].sort(), gone.status === 204 ? [204, 409] : [200, 409]);
		const { friends } = (await ann.get('/social/friends')).body;
		assert.equal(friends.length, answered.status === 200 ? 1 : 0);
	}
});

test('a request to join withdrawn and accepted at once has one outcome', async () => {
	for (let round = 0; round < 5; round++) {
		const [ann, eve] = await people(2);
		const group = await makeGroup(ann);
		const request = await made(askGroup(eve, group));
		const [gone, answered] = await Promise.all([
			eve.delete(ofGroup(group, request)), ann.put(ofGroup(group, request), { status: 'accepted' }),
		]);
		assert.deepEqual([gone.status, answered.status], gone.status === 204 ? [204, 409] : [409, 200]);
		assert.equal(await roleOf(ann, group, eve), answered.status === 200 ? 'member' : undefined);
	}
});

test('a request to join that was withdrawn waits no longer, and is seen by who asked before that', async () => {
	const [ann, eve] = await people(2);
	const group = await makeGroup(ann, [], { name: 'Choir' });
	const request = await made(askGroup(eve, group));
	const card = async () => (await eve.get(`/social/groups/${group.id}`)).body.group;
	assert.equal((await card()).request_id, request.id);
	assert.equal((await ann.get(`/social/groups/${group.id}`)).body.group.request_id, undefined);
	for (let times = 0; times < 2; times++) expectStatus(await eve.delete(ofGroup(group, request)), 204);
	assert.equal((await card()).request_id, undefined);
	const list = async (status) =>
		(await ann.get(`/social/groups/${group.id}/join-requests?status=${status}`)).body.requests.map(({ id }) => id);
	assert.deepEqual([await list('pending'), await list('withdrawn')], [[], [request.id]]);
	expectProblem(await ann.put(ofGroup(group, request), { status: 'accepted' }), 409, 'already_answered');
	assert.equal(await roleOf(ann, group, eve), undefined);

	const again = await made(askGroup(eve, group));
	assert.deepEqual(await list('pending'), [again.id]);
	assert.equal((await told(ann, 'group_request')).length, 1, 'the bell rings once a day');
	expectStatus(await eve.delete(ofGroup(group, again)), 204);
	await sql(`UPDATE group_request SET answered_at = answered_at - ${DAY} WHERE user_id = ${eve.id}`);
	await made(askGroup(eve, group));
	assert.equal((await told(ann, 'group_request')).length, 2);
});

test('what others want of somebody is not theirs to withdraw', async () => {
	const [ann, bob, eve] = await people(3);
	await Promise.all([befriend(ann, bob), befriend(bob, eve)]);
	const group = await makeGroup(ann, [bob], { join_policy: 'approval' });
	const bring = async () => expectStatus(await bob.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	await bring();
	const [proposal] = (await ann.get(`/social/groups/${group.id}/join-requests`)).body.requests;
	expectProblem(await eve.delete(ofGroup(group, proposal)), 404, 'not_found');
	for (const member of [ann, bob]) expectProblem(await member.delete(ofGroup(group, proposal)), 403, 'forbidden');
	// Once she has asked herself, it is.
	expectStatus(await askGroup(eve, group), 200);
	expectStatus(await eve.delete(ofGroup(group, proposal)), 204);
	assert.deepEqual((await ann.get(`/social/groups/${group.id}/join-requests`)).body.requests, []);

	expectStatus(await ann.patch(`/social/groups/${group.id}`, { join_policy: 'invitation' }), 200);
	await bring();
	const [invitation] = (await eve.get('/social/group-invitations')).body.invitations;
	expectProblem(await eve.delete(ofGroup(group, invitation)), 403, 'forbidden');
	expectProblem(await eve.delete(ofGroup({ id: nowhere }, invitation)), 404, 'not_found');
	expectProblem(await eve.delete(`/social/groups/${group.id}/join-requests/x`), 404, 'not_found');
	expectStatus(await eve.put(ofGroup(group, invitation), { status: 'declined' }), 200);
});

test('what was answered is not withdrawn', async () => {
	const [ann, eve] = await people(2);
	const group = await makeGroup(ann);
	const request = await made(askGroup(eve, group));
	expectStatus(await ann.put(ofGroup(group, request), { status: 'declined' }), 200);
	expectProblem(await eve.delete(ofGroup(group, request)), 409, 'already_answered');
	expectProblem(await askGroup(eve, group), 429, 'recently_declined');
});
