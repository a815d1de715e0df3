// Stored notifications: what they say, unread count, read mark, pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const listOf = async (person, query = '') => {
	const answer = await person.get(`/social/notifications${query}`);
	expectStatus(answer, 200);
	return answer.body;
};

test('a request notifies the asked, its acceptance the asking', async () => {
	const [ann, bob] = await people(2);
	await befriend(ann, bob);
	const [asked] = (await listOf(bob)).notifications;
	assert.equal(asked.kind, 'friend_request');
	assert.equal(asked.actor.id, ann.id);
	assert.equal(asked.read, false);
	const [accepted] = (await listOf(ann)).notifications;
	assert.equal(accepted.kind, 'friend_accepted');
	assert.equal(accepted.actor.id, bob.id);
	assert.equal(accepted.subject.request_id, asked.subject.request_id);
	assert.equal((await bob.get('/chat/sync')).body.notifications_unread, 1);
});

test('read up to a point, never back, never beyond what exists', async () => {
	const [ann, ...others] = await people(4);
	for (const other of others)
		expectStatus(await other.post('/social/friend-requests', { user_id: ann.id }), 201);
	const { notifications, unread } = await listOf(ann);
	assert.equal(unread, 3);
	const mark = (up_to) => ann.put('/social/notifications/read', { up_to });
	assert.equal((await mark(notifications[1].id)).body.unread, 1);
	assert.equal((await mark(notifications[2].id)).body.unread, 1);
	assert.deepEqual((await listOf(ann)).notifications.map((n) => n.read), [false, true, true]);
	assert.equal((await mark(2 ** 52)).body.unread, 0);
	const [bob] = await people(1);
	expectStatus(await bob.post('/social/friend-requests', { user_id: ann.id }), 201);
	assert.equal((await listOf(ann)).unread, 1, 'what comes later is unread all the same');
	expectProblem(await mark(-1), 422, 'invalid_field', 'up_to');
	expectProblem(await ann.put('/social/notifications/read', {}), 422, 'invalid_field', 'up_to');
});

test('paged by key in both directions', async () => {
	const [ann, ...others] = await people(6);
	for (const other of others)
		expectStatus(await other.post('/social/friend-requests', { user_id: ann.id }), 201);
	const ids = (await listOf(ann)).notifications.map((n) => n.id);
	assert.equal(ids.length, 5);
	const newest = await listOf(ann, '?limit=2');
	assert.deepEqual([newest.notifications.map((n) => n.id), newest.more], [ids.slice(0, 2), true]);
	const older = await listOf(ann, `?limit=3&before=${ids[1]}`);
	assert.deepEqual([older.notifications.map((n) => n.id), older.more], [ids.slice(2), false]);
	const above = await listOf(ann, `?limit=2&after=${ids[4]}`);
	assert.deepEqual([above.notifications.map((n) => n.id), above.more], [[ids[2], ids[3]], true]);
	expectProblem(await ann.get('/social/notifications?limit=1000'), 422, 'invalid_field', 'limit');
});
