// Devices: listing them, logging out, ending another one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, expectProblem, expectStatus, logIn, register, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';

const list = async (person, query = '') => {
	const answer = await person.get(`/account/sessions${query}`);
	expectStatus(answer, 200);
	return answer.body;
};
const refresh = (person) => api('POST', '/account/sessions/refresh', { body: { refresh_token: person.refreshToken } });

test('my devices are listed, the latest first, mine marked', async () => {
	const ann = await register({ device: 'first' });
	const tablet = await logIn(ann, 'Tablet 平板');
	const { sessions, more } = await list(tablet);
	assert.equal(more, false);
	assert.deepEqual(sessions.map((s) => [s.device, s.current]), [['Tablet 平板', true], ['first', false]]);
	for (const session of sessions) {
		assert.deepEqual(Object.keys(session).sort(), ['address', 'created_at', 'current', 'device', 'id', 'last_used_at']);
		assert.ok(session.address);
		assert.ok(Math.abs(session.created_at - Date.now()) < 60_000);
	}
});

test('a device has a name of one line that nothing in it turns around', async () => {
	const ann = await register({ device: 'Ann’s 👩‍👩‍👧 phone' });
	for (const device of ['a\u202eb', 'a\nb', '\u2066', 'a\u200bb', 'a\u2028b', 'a\u0085b']) {
		const login = { login: ann.username, password: ann.password, device };
		expectProblem(await api('POST', '/account/sessions', { body: login }), 422, 'invalid_field', 'device');
		const body = { username: uniqueName(), password: ann.password, device };
		expectProblem(await api('POST', '/account/users', { body }), 422, 'invalid_field', 'device');
	}
	assert.deepEqual((await list(ann)).sessions.map((s) => s.device), ['Ann’s 👩‍👩‍👧 phone']);
});

test('a device without a name is called what its browser calls itself', async () => {
	const ann = await register();
	const body = { login: ann.username, password: ann.password };
	expectStatus(await api('POST', '/account/sessions', { body, headers: { 'user-agent': `Browser/${'9'.repeat(200)}` } }), 201);
	assert.equal((await list(ann)).sessions[0].device, `Browser/${'9'.repeat(92)}`);
});

test('the list comes in pages', async () => {
	const ann = await register();
	for (let i = 0; i < 4; i++) await logIn(ann, `device ${i}`);
	const first = await list(ann, '?limit=3');
	assert.deepEqual(first.sessions.map((s) => s.device), ['device 3', 'device 2', 'device 1']);
	assert.equal(first.more, true);
	const rest = await list(ann, `?limit=3&before=${first.sessions[2].id}`);
	assert.equal(rest.sessions.length, 2);
	assert.equal(rest.more, false);
	expectProblem(await ann.get('/account/sessions?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get('/account/sessions?before=x'), 422, 'invalid_field', 'before');
	expectProblem(await api('GET', '/account/sessions'), 401, 'unauthenticated');
});

test('logging out ends this device at once, and no other', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	expectStatus(await tablet.delete('/account/sessions/current'), 204);
	expectProblem(await tablet.get('/account/me'), 401, 'session_ended');
	expectProblem(await tablet.delete('/account/sessions/current'), 401, 'session_ended');
	expectProblem(await refresh(tablet), 401, 'invalid_refresh_token');
	expectStatus(await ann.get('/account/me'), 200);
	expectStatus(await refresh(ann), 200);
	assert.equal((await list(ann)).sessions.length, 1);
	expectProblem(await api('DELETE', '/account/sessions/current'), 401, 'unauthenticated');
});

test('logging out takes the cookie away', async () => {
	const headers = { 'X-Requested-With': 'hichat' };
	const joined = await api('POST', '/account/users', { body: { username: uniqueName(), password: 'a calm green river' }, headers });
	const left = await api('DELETE', '/account/sessions/current', { token: joined.body.access_token, headers });
	expectStatus(left, 204);
	assert.match(left.headers.get('set-cookie'), /^hichat_refresh=; Path=\/api\/v1\/account\/sessions; Max-Age=0;/);
});

test('another device is ended by its id, but only one of mine', async () => {
	const [ann, eve] = [await register(), await register()];
	const tablet = await logIn(ann);
	const { sessions } = await list(ann);
	const other = sessions.find((session) => !session.current).id;
	expectProblem(await eve.delete(`/account/sessions/${other}`), 404, 'not_found');
	expectStatus(await tablet.get('/account/me'), 200);
	expectStatus(await ann.delete(`/account/sessions/${other}`), 204);
	expectProblem(await tablet.get('/account/me'), 401, 'session_ended');
	expectProblem(await ann.delete(`/account/sessions/${other}`), 404, 'not_found');
	expectProblem(await api('DELETE', `/account/sessions/${other}`), 401, 'unauthenticated');
	expectProblem(await ann.delete('/account/sessions/nonsense'), 404, 'not_found');
	expectStatus(await ann.get('/account/me'), 200);
});

test('a device gets another name, only by its owner, and of one line', async () => {
	const [ann, eve] = [await register({ device: 'first' }), await register()];
	const tablet = await logIn(ann, 'tablet');
	const [{ id }] = (await list(ann)).sessions;
	const rename = (person, device, session = id) => person.patch(`/account/sessions/${session}`, { device });
	const renamed = await rename(ann, 'Kitchen 厨房');
	expectStatus(renamed, 200);
	assert.deepEqual([renamed.body.session.id, renamed.body.session.device, renamed.body.session.current], [id, 'Kitchen 厨房', false]);
	expectStatus(await rename(ann, 'Kitchen 厨房'), 200);
	assert.deepEqual((await list(tablet)).sessions.map((s) => s.device), ['Kitchen 厨房', 'first']);
	for (const device of ['', ' ', 'a\nb', 'a\u202eb', 'x'.repeat(101), 5])
		expectProblem(await rename(ann, device), 422, 'invalid_field', 'device');
	expectProblem(await rename(eve, 'mine'), 404, 'not_found');
	expectProblem(await rename(ann, 'x', 2 ** 52), 404, 'not_found');
	expectProblem(await api('PATCH', `/account/sessions/${id}`, { body: { device: 'x' } }), 401, 'unauthenticated');
	expectStatus(await tablet.delete('/account/sessions/current'), 204);
	expectProblem(await rename(ann, 'gone'), 404, 'not_found');
	assert.deepEqual((await list(ann)).sessions.map((s) => s.device), ['first']);
});

test('all other devices are ended at once, and nobody else’s', async () => {
	const [ann, eve] = [await register(), await register()];
	const others = [await logIn(ann), await logIn(ann)];
	for (let times = 0; times < 2; times++) expectStatus(await ann.delete('/account/sessions'), 204);
	for (const other of others) {
		expectProblem(await other.get('/account/me'), 401, 'session_ended');
		expectProblem(await refresh(other), 401, 'invalid_refresh_token');
	}
	for (const person of [ann, eve]) expectStatus(await person.get('/account/me'), 200);
	expectStatus(await refresh(ann), 200);
	assert.equal((await list(ann)).sessions.length, 1);
	expectProblem(await api('DELETE', '/account/sessions'), 401, 'unauthenticated');
});

test('sessions that ended long ago are cleared away at the next log in', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	expectStatus(await tablet.delete('/account/sessions/current'), 204);
	await sql(`UPDATE session SET revoked_at = 1 WHERE user_id = ${ann.id} AND revoked_at IS NOT NULL`);
	await logIn(ann);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM session WHERE user_id = ${ann.id}`), [['2']]);
});
