// A code besides the password: turned on, asked for, used once, turned off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { totp } from '../harness/totp.mjs';

const PATH = '/account/me/second-factor';
const logIn = (person, code) =>
	api('POST', '/account/sessions', { body: { login: person.username, password: person.password, code } });
/* The code of this very half minute may serve again. */
const rewind = (person) => sql(`UPDATE second_factor SET last_step = 0 WHERE user_id = ${person.id}`);
const state = async (person) => {
	const answer = await person.get(PATH);
	expectStatus(answer, 200);
	return answer.body.second_factor;
};

/** Somebody who is asked for codes: with the secret and the recovery codes. */
async function guarded() {
	const ann = await register();
	const begun = await ann.post(PATH, { password: ann.password });
	expectStatus(begun, 201);
	const { secret } = begun.body;
	const on = await ann.put(PATH, { code: totp(secret) });
	expectStatus(on, 200);
	await rewind(ann);
	return { ann, secret, codes: on.body.recovery_codes };
}

test('a secret asks for nothing until a first code of it was shown', async () => {
	const ann = await register();
	assert.deepEqual(await state(ann), { enabled: false, recovery_codes: 0 });
	expectProblem(await ann.put(PATH, { code: '123456' }), 404, 'not_found');
	const first = await ann.post(PATH, { password: ann.password });
	expectStatus(first, 201);
	const { secret, uri } = first.body;
	assert.match(secret, /^[A-Z2-7]{32}$/);
	assert.equal(uri, `otpauth://totp/HiChat:${ann.username}?secret=${secret}&issuer=HiChat`);
	expectStatus(await logIn(ann), 201);
	const second = await ann.post(PATH, { password: ann.password });
	assert.notEqual(second.body.secret, secret);
	expectProblem(await ann.put(PATH, { code: totp(secret) }), 403, 'wrong_code');
	const on = await ann.put(PATH, { code: totp(second.body.secret) });
	expectStatus(on, 200);
	assert.deepEqual(on.body.second_factor, { enabled: true, recovery_codes: 10 });
	assert.equal(new Set(on.body.recovery_codes).size, 10);
	for (const code of on.body.recovery_codes) assert.match(code, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
	expectProblem(await ann.post(PATH, { password: ann.password }), 409, 'conflict');
	expectProblem(await ann.put(PATH, { code: totp(second.body.secret) }), 409, 'conflict');
});

test('logging in takes the password and a code, each code once', async () => {
	const { ann, secret } = await guarded();
	expectProblem(await logIn(ann), 401, 'code_required');
	expectProblem(await logIn(ann, ''), 401, 'code_required');
	const wrong = { ...ann, password: 'not her password' };
	expectProblem(await logIn(wrong, totp(secret)), 401, 'wrong_credentials');
	expectProblem(await logIn(ann, totp(secret, -20)), 403, 'wrong_code');
	expectProblem(await logIn(ann, 'abcdef'), 403, 'wrong_code');
	const code = totp(secret);
	expectStatus(await logIn(ann, `${code.slice(0, 3)} ${code.slice(3)}`), 201);
	expectProblem(await logIn(ann, code), 403, 'wrong_code');
	assert.deepEqual(await state(ann), { enabled: true, recovery_codes: 10 });
});

test('of several who come with one code at once, one gets in', async () => {
	const { ann, codes } = await guarded();
	const answers = await Promise.all(Array.from({ length: 6 }, () => logIn(ann, codes[0])));
	assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 403, 403, 403, 403, 403]);
});

test('a recovery code serves once, however it is typed', async () => {
	const { ann, codes } = await guarded();
	expectStatus(await logIn(ann, codes[0]), 201);
	expectProblem(await logIn(ann, codes[0]), 403, 'wrong_code');
	expectStatus(await logIn(ann, codes[1].toUpperCase().replaceAll('-', ' ')), 201);
	assert.deepEqual(await state(ann), { enabled: true, recovery_codes: 8 });
	const stored = await sql(`SELECT hash FROM recovery_code WHERE user_id = ${ann.id}`);
	assert.equal(stored.length, 8);
	assert.ok(stored.every(([hash]) => /^[0-9a-f]{64}$/.test(hash)));
});

test('new recovery codes take the place of the old ones', async () => {
	const { ann, secret, codes } = await guarded();
	const renew = (body) => ann.post(`${PATH}/recovery-codes`, body);
	expectProblem(await renew({ password: 'not her password', code: totp(secret) }), 403, 'wrong_password');
	expectProblem(await renew({ password: ann.password, code: codes[0].slice(1) }), 403, 'wrong_code');
	const renewed = await renew({ password: ann.password, code: codes[0] });
	expectStatus(renewed, 201);
	assert.equal(renewed.body.recovery_codes.length, 10);
	expectProblem(await logIn(ann, codes[1]), 403, 'wrong_code');
	expectStatus(await logIn(ann, renewed.body.recovery_codes[1]), 201);
});

test('turning it off takes the password and a code', async () => {
	const { ann, secret } = await guarded();
	const off = (body) => ann.delete(PATH, body);
	expectProblem(await off({ password: 'not her password', code: totp(secret) }), 403, 'wrong_password');
	expectProblem(await off({ password: ann.password, code: '000000' === totp(secret) ? '000001' : '000000' }), 403, 'wrong_code');
	expectProblem(await off({ password: ann.password }), 422, 'invalid_field', 'code');
	expectStatus(await off({ password: ann.password, code: totp(secret) }), 204);
	assert.deepEqual(await state(ann), { enabled: false, recovery_codes: 0 });
	expectStatus(await logIn(ann), 201);
	expectProblem(await off({ password: ann.password, code: totp(secret) }), 404, 'not_found');
	const renew = await ann.post(`${PATH}/recovery-codes`, { password: ann.password, code: totp(secret) });
	expectProblem(renew, 404, 'not_found');
});

test('every route wants to know who asks, and what for', async () => {
	for (const [method, path] of [['GET', PATH], ['POST', PATH], ['PUT', PATH], ['DELETE', PATH], ['POST', `${PATH}/recovery-codes`]]) {
		expectProblem(await api(method, path, { body: method === 'GET' ? undefined : {} }), 401, 'unauthenticated');
	}
	const ann = await register();
	expectProblem(await ann.post(PATH, {}), 422, 'invalid_field', 'password');
	expectProblem(await ann.post(PATH, { password: 'not her password' }), 403, 'wrong_password');
	expectProblem(await ann.put(PATH, { code: 'x'.repeat(33) }), 422, 'invalid_field', 'code');
	expectProblem(await ann.post(`${PATH}/recovery-codes`, {}), 422, 'invalid_field', 'password');
});

test('guessing is bounded: codes when logging in, passwords and codes of who is in', async () => {
	const { ann, codes } = await guarded();
	const env = { HICHAT_LIMITS_LOGIN_ACCOUNT: '3' };
	const guess = (code) => cgi('account', 'POST', '/sessions', { body: { login: ann.username, password: ann.password, code }, env });
	for (let i = 0; i < 3; i++) expectProblem(await guess('guess'), 403, 'wrong_code');
	expectProblem(await guess(codes[0]), 429, 'too_many_attempts');
	const ask = (method, path, body) => cgi('account', method, path, { token: ann.token, body, env });
	for (let i = 0; i < 3; i++) {
		expectProblem(await ask('POST', '/me/second-factor', { password: 'a wrong one' }), 403, 'wrong_password');
	}
	expectProblem(await ask('POST', '/me/second-factor', { password: ann.password }), 429, 'too_many_attempts');
	const bob = await register();
	expectStatus(await bob.post(PATH, { password: bob.password }), 201);
	const show = (code) => cgi('account', 'PUT', '/me/second-factor', { token: bob.token, body: { code }, env });
	for (let i = 0; i < 3; i++) expectProblem(await show('guess'), 403, 'wrong_code');
	expectProblem(await show('guess'), 429, 'too_many_attempts');
});

test('an administrator helps who has lost everything', async () => {
	const { ann } = await guarded();
	const run = await hichatctl(['user', 'remove-second-factor', ann.username]);
	assert.equal(run.status, 0, run.err);
	assert.match(run.out, /: the password alone is enough$/m);
	expectStatus(await logIn(ann), 201);
	assert.deepEqual(await sql(`SELECT hash FROM recovery_code WHERE user_id = ${ann.id}`), []);
	assert.equal((await hichatctl(['user', 'remove-second-factor', 'nobody here'])).status, 1);
});
