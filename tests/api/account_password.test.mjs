// A new password: for who knows the old one, and no other device stays logged in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, logIn, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';

const NEW = 'nine quiet lanterns';
const change = (person, old_password, new_password, options) =>
	person.put('/account/me/password', { old_password, new_password }, options);
const enter = (person, password) =>
	api('POST', '/account/sessions', { body: { login: person.username, password } });
const refresh = (person) =>
	api('POST', '/account/sessions/refresh', { body: { refresh_token: person.refreshToken } });

test('with the old one there is a new one, and only this device stays logged in', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	expectStatus(await change(ann, ann.password, NEW), 204);
	expectProblem(await tablet.get('/account/me'), 401, 'session_ended');
	expectProblem(await refresh(tablet), 401, 'invalid_refresh_token');
	expectStatus(await ann.get('/account/me'), 200);
	expectStatus(await refresh(ann), 200);
	expectProblem(await enter(ann, ann.password), 401, 'wrong_credentials');
	expectStatus(await enter(ann, NEW), 201);
});

test('a wrong old one changes nothing', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	expectProblem(await change(ann, 'not her password', NEW), 403, 'wrong_password', 'old_password');
	expectStatus(await tablet.get('/account/me'), 200);
	expectStatus(await enter(ann, ann.password), 201);
	expectProblem(await enter(ann, NEW), 401, 'wrong_credentials');
	expectProblem(await api('PUT', '/account/me/password', { body: { old_password: ann.password, new_password: NEW } }),
		401, 'unauthenticated');
});

test('a password is the same however its letters are composed', async () => {
	const ann = await register({ password: 'caf\u00e9 au lait, deux' });
	expectStatus(await change(ann, 'cafe\u0301 au lait, deux', 'th\u00e9 vert, s\u2019il vous pla\u00eet'), 204);
	expectStatus(await enter(ann, 'the\u0301 vert, s\u2019il vous plai\u0302t'), 201);
});

test('what everybody tries first is no password, nor is one’s own name, nor a short one', async () => {
	const ann = await register();
	for (const weak of ['short', 'password1', 'Qwerty123!', '12345678', 'abcabcabc', ann.username, ann.username.toUpperCase()])
		expectProblem(await change(ann, ann.password, weak), 422, 'weak_password', 'new_password');
	for (const input of [{}, { old_password: ann.password }, { old_password: ann.password, new_password: 'x'.repeat(400) }])
		expectProblem(await ann.put('/account/me/password', input), 422, 'invalid_field', 'old_password' in input ? 'new_password' : 'old_password');
	expectStatus(await enter(ann, ann.password), 201);
});

test('guessing the old one is bounded, and keeps no other device from changing it', async () => {
	const ann = await register();
	const env = { HICHAT_LIMITS_LOGIN_ACCOUNT: '3' };
	const guess = (old_password, { token } = ann) =>
		cgi('account', 'PUT', '/me/password', { token, body: { old_password, new_password: NEW }, env });
	for (let i = 0; i < 4; i++) {
		expectStatus(await guess(ann.password), 204);
		expectStatus(await change(ann, NEW, ann.password), 204);
	}
	for (let i = 0; i < 3; i++) expectProblem(await guess(`guess number ${i}`), 403, 'wrong_password');
	const late = await guess(ann.password);
	expectProblem(late, 429, 'too_many_attempts');
	assert.ok(Number(late.headers.get('retry-after')) > 0);
	const tablet = await logIn(ann);
	expectStatus(await guess(ann.password, tablet), 204);
	expectProblem(await ann.get('/account/me'), 401, 'session_ended');
});

test('of two changes at once one counts, and of logging in meanwhile nothing stays with the old one', async () => {
	const ann = await register();
	const [one, other, entered] = await Promise.all([
		change(ann, ann.password, 'first of two words'), change(ann, ann.password, 'second of two words'), enter(ann, ann.password),
	]);
	const statuses = [one.status, other.status].sort();
	assert.equal(statuses[0], 204);
	assert.ok([403, 409].includes(statuses[1]), `${statuses}`);
	assert.ok([201, 401].includes(entered.status));
	const alive = await sql(`SELECT COUNT(*) FROM session WHERE user_id = ${ann.id} AND revoked_at IS NULL`);
	assert.deepEqual(alive, [['1']]);
	expectStatus(await enter(ann, one.status === 204 ? 'first of two words' : 'second of two words'), 201);
});
