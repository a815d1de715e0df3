// Making a group with a key of the client's: asking again makes no second one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { cgi } from '../harness/cgi.mjs';

const found = (person, client_key, fields = {}) =>
	person.post('/social/groups', { name: 'Hikers', client_key, ...fields });
const mine = async (person) => (await person.get('/social/groups')).body.groups.map(({ id }) => id);

test('the same key and content answers with the first group, as it is now, and makes nothing', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const first = await found(ann, 'a:1', { member_ids: [bob.id] });
	expectStatus(first, 201);
	const { id } = first.body.group;
	const again = await found(ann, 'a:1', { member_ids: [bob.id], description: '', join_policy: 'approval' });
	expectStatus(again, 200);
	assert.deepEqual(again.body.group, first.body.group, 'what was left out is what it is without');
	expectStatus(await ann.patch(`/social/groups/${id}`, { name: 'Runners' }), 200);
	assert.equal((await found(ann, 'a:1', { member_ids: [bob.id] })).body.group.name, 'Runners');
	assert.deepEqual(await mine(ann), [id]);
	assert.equal((await bob.get('/social/notifications')).body.notifications
		.filter(({ kind }) => kind === 'group_invitation').length, 1);
	assert.equal((await history(bob, id)).filter(({ body }) => body.event === 'group_created').length, 1);
});

test('another content is a conflict, another key or person another group', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const { id } = (await found(ann, 'k')).body.group;
	for (const fields of [{ name: 'Others' }, { avatar: 'emoji:🌊' }, { description: 'x' }, { join_policy: 'open' }])
		expectProblem(await found(ann, 'k', fields), 409, 'conflict', 'client_key');
	assert.deepEqual(await mine(ann), [id]);
	for (const [person, key] of [[ann, 'K'], [bob, 'k']]) expectStatus(await found(person, key), 201);
	for (let times = 0; times < 2; times++) expectStatus(await found(ann, undefined), 201);
	assert.equal((await mine(ann)).length, 4);
});

test('asked many times at once, one group is made', async () => {
	const ann = await register();
	const answers = await Promise.all(Array.from({ length: 8 }, () => found(ann, 'at-once')));
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 200, 200, 201]);
	assert.equal(new Set(answers.map(({ body }) => body.group.id)).size, 1);
	assert.equal((await mine(ann)).length, 1);
});

test('repeating counts for no limit', async () => {
	const ann = await register();
	const asked = { token: ann.token, env: { HICHAT_LIMITS_GROUPS: '1' } };
	const create = (client_key) => cgi('social', 'POST', '/groups', { ...asked, body: { name: 'x', client_key } });
	expectStatus(await create('one'), 201);
	expectStatus(await create('one'), 200);
	expectProblem(await create('two'), 429, 'rate_limited');
});

test('who has left a hidden group since is not told of it', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const { id } = (await found(ann, 'left', { member_ids: [bob.id] })).body.group;
	expectStatus(await ann.patch(`/social/groups/${id}`, { findable: false }), 200);
	expectStatus(await ann.put(`/social/groups/${id}/owner`, { user_id: bob.id }), 200);
	expectStatus(await ann.delete(`/social/groups/${id}/members/${ann.id}`), 204);
	expectProblem(await found(ann, 'left', { member_ids: [bob.id] }), 404, 'not_found');
	assert.deepEqual(await mine(ann), []);
});

test('a key is of few letters', async () => {
	const ann = await register();
	for (const key of ['', 'x'.repeat(65), 'a b', 'é', 7])
		expectProblem(await found(ann, key), 422, 'invalid_field', 'client_key');
	assert.deepEqual(await mine(ann), []);
	expectStatus(await found(ann, 'x'.repeat(64)), 201);
});
