// What is told to somebody while they read is neither skipped nor read unseen, however long its
// transaction takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { hold, waiting } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';

const listOf = async (person, query = '') => {
	const answer = await person.get(`/social/notifications${query}`);
	expectStatus(answer, 200);
	return answer.body;
};

/** The request is answered, or waits for a lock. */
async function begin(what, ask) {
	const before = await waiting();
	const answer = ask();
	let done = false;
	void answer.then(() => (done = true));
	await eventually(`${what} waits, or is done`, async () => done || (await waiting()) > before);
	return { answer };
}

test('a notification that was begun earlier and is committed later comes after the position', async (t) => {
	const [ann, bob, eve] = [await register(), await register(), await register()];
	const zed = await register(); // the last to be told, by id
	for (const friend of [bob, zed]) await befriend(ann, friend);
	await befriend(eve, bob);
	const many = await makeGroup(ann, [bob, zed]);
	const few = await makeGroup(eve, [bob]);

	// Telling bob and zed gets as far as zed, whose rows are held.
	const release = await hold(t, `SELECT id FROM user WHERE id = ${zed.id} FOR UPDATE;
		SELECT user_id FROM notification_turn WHERE user_id = ${zed.id} FOR UPDATE`);
	const announced = ann.put(`/social/groups/${many.id}/announcement`, { text: 'hear' });
	await eventually('the announcement waits for zed', async () => (await waiting()) === 1);
	const mentioned = await begin('the mention', () => send(eve, few.id, '@bob', { mentions: [bob.id] }));

	const seen = await listOf(bob);
	const position = seen.notifications[0].id;
	const marked = await begin('the mark', () => bob.put('/social/notifications/read', { up_to: position }));
	await release();
	expectStatus(await announced, 200);
	expectStatus(await mentioned.answer, 201);
	expectStatus(await marked.answer, 200);

	const ids = new Set(seen.notifications.map(({ id }) => id));
	const unseen = (await listOf(bob)).notifications.filter(({ id }) => !ids.has(id));
	assert.ok(unseen.some(({ kind }) => kind === 'group_announcement'));
	assert.deepEqual(unseen.filter(({ read }) => read), [], 'none was marked as read before it could be seen');
	assert.equal((await listOf(bob)).unread, unseen.length);
	assert.deepEqual((await listOf(bob, `?after=${position}`)).notifications, unseen);
});
