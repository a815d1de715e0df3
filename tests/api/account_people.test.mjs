// Looking other people up by id, and finding them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, register, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';

const card = ['avatar', 'bio', 'deleted', 'gender', 'id', 'nickname', 'region', 'username'];
const letters = () => uniqueName('k').replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)));

async function users(person, query) {
	const answer = await person.get(`/account/users?${new URLSearchParams(query)}`);
	expectStatus(answer, 200);
	for (const user of answer.body.users) assert.deepEqual(Object.keys(user).sort(), card, 'nothing private');
	return answer.body;
}
const found = async (person, query) => (await users(person, { query })).users.map((user) => user.id);

test('a person is shown without what is private', async () => {
	const ann = await register({ email: `${uniqueName()}@example.org` });
	const bob = await register();
	const answer = await bob.get(`/account/users/${ann.id}`);
	expectStatus(answer, 200);
	assert.deepEqual(Object.keys(answer.body.user).sort(), card);
	assert.equal(answer.body.user.username, ann.username);
});

test('who does not exist is not found', async () => {
	const [ann, gone] = [await register(), await register()];
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${gone.id}`);
	for (const id of [9007199254740991, gone.id, 0, -1, 'x', '9007199254740992', '1e3'])
		expectProblem(await ann.get(`/account/users/${id}`), 404, 'not_found');
	expectProblem(await api('GET', `/account/users/${ann.id}`), 401, 'unauthenticated');
});

test('several people at once, unknown ones left out; of those who are gone only that they are', async () => {
	const [ann, bob, gone] = [await register(), await register(), await register()];
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${gone.id}`);
	const { users: list, more } = await users(ann, { ids: `${bob.id},${gone.id},9007199254740991,${ann.id}` });
	assert.deepEqual(list.map(({ id, deleted }) => [id, deleted]), [[ann.id, false], [bob.id, false], [gone.id, true]]);
	assert.equal(more, false);
});

test('what is no list of ids and no search is refused', async () => {
	const ann = await register();
	for (const ids of ['', '0', '1,', 'x', '1;2', '-1', Array(101).fill('1').join(',')])
		expectProblem(await ann.get(`/account/users?ids=${ids}`), 422, 'invalid_field', 'ids');
	for (const query of ['', 'x'.repeat(255), ' '])
		expectProblem(await ann.get(`/account/users?query=${query}`), 422, 'invalid_field', 'query');
	expectProblem(await ann.get('/account/users'), 422, 'invalid_field', 'query');
	expectProblem(await ann.get('/account/users?ids=1&query=a'), 422, 'invalid_field', 'query');
	expectProblem(await api('GET', '/account/users?query=ann'), 401, 'unauthenticated');
});

test('a username, phone number or mail address finds its owner', async () => {
	const phone = `+8617${String(process.hrtime.bigint()).slice(-9)}`;
	const ann = await register({ phone, email: `${uniqueName()}@example.org` });
	const bob = await register();
	for (const query of [ann.username, ann.username.toUpperCase(), ` ${ann.username} `, phone, ann.user.email.toUpperCase()])
		assert.deepEqual(await found(bob, query), [ann.id], query);
	assert.deepEqual(await found(bob, phone.slice(0, -1)), [], 'only as a whole');
	assert.deepEqual(await found(bob, ann.user.email.slice(0, -1)), []);
	assert.deepEqual(await found(bob, ann.username.slice(0, -1)), [ann.id], 'the nickname, which is the same, begins so');
});

test('the exact name comes first, then nicknames that begin so', async () => {
	const name = letters();
	const later = await register({ nickname: `${name} B` });
	const sooner = await register({ nickname: `${name.toUpperCase()} a` });
	const exact = await register({ username: name, nickname: 'somebody else' });
	await register({ nickname: `not ${name}` });
	assert.deepEqual(await found(later, name), [exact.id, sooner.id, later.id]);
	assert.deepEqual(await found(later, `${name} `), [exact.id, sooner.id, later.id]);
});

test('Chinese nicknames are found by their first characters', async () => {
	const mark = letters();
	const ann = await register({ nickname: `王小明${mark}` });
	assert.deepEqual(await found(ann, `王小明${mark.slice(0, 3)}`), [ann.id]);
	assert.ok((await found(ann, '王')).length >= 1);
	assert.deepEqual(await found(ann, `小明${mark}`), []);
});

test('signs that mean something to the database mean themselves', async () => {
	const mark = letters();
	const ann = await register({ nickname: `${mark}%_|\\'"x` });
	const bob = await register({ nickname: `${mark}abc` });
	for (const query of [`${mark}%`, `${mark}%_`, `${mark}%_|`, `${mark}%_|\\`, `${mark}%_|\\'"`])
		assert.deepEqual(await found(bob, query), [ann.id], query);
	for (const query of [`${mark}_`, `${mark}\\`, `%${mark}`, `${mark}|`, `${mark}'`])
		assert.deepEqual(await found(bob, query), [], query);
});

test('the suspended and the deleted are not found', async () => {
	const mark = letters();
	const [ann, held, gone] = await Promise.all([1, 2, 3].map((i) => register({ nickname: `${mark}${i}`, username: `${mark}_${i}` })));
	assert.equal((await hichatctl(['user', 'suspend', held.username])).status, 0);
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${gone.id}`);
	assert.deepEqual(await found(ann, mark), [ann.id]);
	assert.deepEqual(await found(ann, held.username), []);
	assert.deepEqual(await found(ann, gone.username), []);
});

test('nobody is found by what they do not want to be found by', async () => {
	const phone = `+8618${String(process.hrtime.bigint()).slice(-9)}`;
	const mark = letters();
	const ann = await register({ phone, email: `${uniqueName()}@example.org`, nickname: mark });
	const bob = await register();
	const ways = { findable_by_username: [ann.username, mark], findable_by_phone: [phone], findable_by_email: [ann.user.email] };
	for (const [flag, hidden] of Object.entries(ways)) {
		expectStatus(await ann.patch('/account/me', { [flag]: false }), 200);
		for (const query of Object.values(ways).flat())
			assert.deepEqual(await found(bob, query), hidden.includes(query) ? [] : [ann.id], `${flag}: ${query}`);
		expectStatus(await ann.patch('/account/me', { [flag]: true }), 200);
	}
	expectStatus(await ann.patch('/account/me', Object.fromEntries(Object.keys(ways).map((flag) => [flag, false]))), 200);
	for (const query of Object.values(ways).flat()) assert.deepEqual(await found(bob, query), [], query);
	assert.deepEqual((await users(bob, { ids: `${ann.id}` })).users.map((user) => user.id), [ann.id], 'who knows her still sees her');
});

test('a search shows 20 people and tells that there are more', async () => {
	const mark = letters();
	const people = await Promise.all(Array.from({ length: 21 }, (_, i) => register({ nickname: `${mark}${String(i).padStart(2, '0')}` })));
	const many = await users(people[0], { query: mark });
	assert.deepEqual(many.users.map((user) => user.id), people.slice(0, 20).map((person) => person.id));
	assert.equal(many.more, true);
	const twenty = await users(people[0], { query: `${mark}0` });
	assert.equal(twenty.users.length, 10);
	assert.equal(twenty.more, false);
	const exact = await register({ username: mark });
	const both = await users(people[0], { query: mark });
	assert.equal(both.users.length, 20);
	assert.equal(both.users[0].id, exact.id);
});

test('so many searches a minute and no more', async () => {
	const ann = await register();
	const env = { HICHAT_LIMITS_SEARCHES: '3', HICHAT_REDIS_PREFIX: uniqueName() };
	const search = () => cgi('account', 'GET', '/users?query=x', { token: ann.token, env });
	for (let i = 0; i < 3; i++) expectStatus(await search(), 200);
	const refusal = await search();
	expectProblem(refusal, 429, 'rate_limited');
	assert.ok(Number(refusal.headers.get('retry-after')) > 0);
});

test('finding people uses indexes', async () => {
	const plans = await sql(`EXPLAIN SELECT id FROM user WHERE nickname_key LIKE 'zz%' ESCAPE '|' AND id <> 0
	    AND suspended_at IS NULL AND deleted_at IS NULL ORDER BY nickname_key, id LIMIT 21;
	    EXPLAIN SELECT id FROM user WHERE username_key = 'zz';
	    EXPLAIN SELECT id FROM user WHERE phone = '+86';
	    EXPLAIN SELECT id FROM user WHERE email_key = 'z@z'`);
	assert.equal(plans[0][5], 'nickname_key');
	assert.doesNotMatch(plans[0].at(-1), /filesort/);
	// A unique key without such a row is settled before there is a plan.
	for (const plan of plans.slice(1)) assert.match(plan.join(' '), /no matching row|const/);
});
