// Logging in: by every name, refused without a hint, and bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, logIn, register, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';

const post = (body, options) => api('POST', '/account/sessions', { body, ...options });
const number = () => `+8613${String(process.hrtime.bigint()).slice(-9)}`;

test('username, phone number and mail address all lead in', async () => {
	const phone = number();
	const ann = await register({ phone, email: `${uniqueName()}@example.org` });
	const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 6)}-${phone.slice(6)}`;
	for (const login of [ann.username, ann.username.toUpperCase(), ` ${ann.username} `, phone, spaced, ann.user.email.toUpperCase()]) {
		const answer = await post({ login, password: ann.password, device: '手机' });
		expectStatus(answer, 201);
		assert.deepEqual(answer.body.user, ann.user);
		expectStatus(await api('GET', '/account/me', { token: answer.body.access_token }), 200);
	}
});

test('a password may be typed on any keyboard', async () => {
	const ann = await register({ password: 'café au lait, été'.normalize('NFC') });
	expectStatus(await post({ login: ann.username, password: ann.password.normalize('NFD') }), 201);
	expectProblem(await post({ login: ann.username, password: ann.password.toUpperCase() }), 401, 'wrong_credentials');
});

test('an unknown name and a wrong password look the same', async () => {
	const ann = await register();
	const wrong = await post({ login: ann.username, password: 'not her password' });
	for (const login of [uniqueName(), '+8613800000000', 'nobody@example.org', 'no such! name', '😀']) {
		const unknown = await post({ login, password: 'not her password' });
		expectProblem(unknown, 401, 'wrong_credentials');
		assert.deepEqual({ ...unknown.body, request_id: '' }, { ...wrong.body, request_id: '' });
	}
	expectProblem(wrong, 401, 'wrong_credentials');
});

test('an unknown name and a wrong password take the same time', async () => {
	const ann = await register();
	const env = { HICHAT_AUTH_SCRYPT_LN: '14', HICHAT_AUTH_SCRYPT_P: '1' };
	const phc = await hichatctl(['user', 'reset-password', ann.username], { input: 'a calm green river\n', env });
	assert.equal(phc.status, 0, phc.err);
	const timed = async (login) => {
		const start = performance.now();
		expectProblem(await cgi('account', 'POST', '/sessions', { body: { login, password: 'not her password' }, env }), 401, 'wrong_credentials');
		return performance.now() - start;
	};
	// The hash is most of it, so whoever skipped it would always be far quicker.  Whatever else the
	// machine does only adds to a time: the shortest are the ones to compare, as soon as both are short.
	let known = Infinity;
	let unknown = Infinity;
	const alike = () => known / unknown > 0.75 && known / unknown < 1.33;
	for (let i = 0; i < 9 || (i < 60 && !alike()); i++) {
		known = Math.min(known, await timed(ann.username));
		unknown = Math.min(unknown, await timed(uniqueName()));
	}
	assert.ok(alike(), `known takes ${(known / unknown).toFixed(2)} times as long as unknown`);
});

test('what cannot be a login is refused by name', async () => {
	for (const login of [undefined, '', 7, 'x'.repeat(255)])
		expectProblem(await post({ login, password: 'whatever it is' }), 422, 'invalid_field', 'login');
	for (const password of [undefined, '', 7, 'x'.repeat(129)])
		expectProblem(await post({ login: 'somebody', password }), 422, 'invalid_field', 'password');
	expectProblem(await post({ login: 'a', password: 'b', device: 'x'.repeat(101) }), 422, 'invalid_field', 'device');
	expectProblem(await api('POST', '/account/sessions', { raw: 'login=a' }), 400, 'invalid_json');
});

test('a suspended person learns it only with the right password', async () => {
	const ann = await register();
	assert.equal((await hichatctl(['user', 'suspend', ann.username])).status, 0);
	expectProblem(await post({ login: ann.username, password: 'not her password' }), 401, 'wrong_credentials');
	expectProblem(await post({ login: ann.username, password: ann.password }), 403, 'account_suspended');
	assert.equal((await hichatctl(['user', 'unsuspend', ann.username])).status, 0);
	await logIn(ann);
});

test('a deleted account is unknown', async () => {
	const ann = await register();
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${ann.id}`);
	expectProblem(await post({ login: ann.username, password: ann.password }), 401, 'wrong_credentials');
});

test('a hash of older parameters is replaced while the password is at hand', async () => {
	const ann = await register();
	const hashOf = async () => (await sql(`SELECT password FROM user WHERE id = ${ann.id}`))[0][0];
	const before = await hashOf();
	assert.match(before, /^\$scrypt\$ln=10,/);
	const body = { login: ann.username, password: ann.password };
	const stronger = () => cgi('account', 'POST', '/sessions', { body, env: { HICHAT_AUTH_SCRYPT_LN: '11' } });
	const answers = await Promise.all([stronger(), stronger(), stronger()]);
	for (const answer of answers) expectStatus(answer, 201);
	assert.match(await hashOf(), /^\$scrypt\$ln=11,/);
	await logIn(ann);
});

/** One attempt under limits of its own, counted apart from everybody else's. */
function limited(limits) {
	const env = { HICHAT_REDIS_PREFIX: uniqueName(), ...limits };
	return (login, password, address = '192.0.2.1') =>
		cgi('account', 'POST', '/sessions', { body: { login, password }, env, address });
}

const tally = (answers) => answers.reduce((sum, { body }) => ({ ...sum, [body.code]: (sum[body.code] ?? 0) + 1 }), {});

test('16 guesses at once get no more tries than 16 in a row', async () => {
	const ann = await register();
	const attempt = limited({ HICHAT_LIMITS_LOGIN_ACCOUNT: '10' });
	const guesses = await Promise.all(Array.from({ length: 16 }, (_, i) => attempt(ann.username, `guess number ${i}`, `192.0.2.${i}`)));
	assert.deepEqual(tally(guesses), { wrong_credentials: 10, too_many_attempts: 6 });
	const late = guesses.find((answer) => answer.status === 429);
	expectProblem(late, 429, 'too_many_attempts');
	assert.ok(Number(late.headers.get('retry-after')) > 600);
	expectProblem(await attempt(ann.username, ann.password), 429, 'too_many_attempts');
});

test('all names of an account share its tries, and unknown names have as many', async () => {
	const ann = await register({ email: `${uniqueName()}@example.org` });
	const attempt = limited({ HICHAT_LIMITS_LOGIN_ACCOUNT: '2' });
	expectProblem(await attempt(ann.username, 'guess number 1'), 401, 'wrong_credentials');
	expectProblem(await attempt(ann.user.email, 'guess number 2'), 401, 'wrong_credentials');
	expectProblem(await attempt(ann.username.toUpperCase(), 'guess number 3'), 429, 'too_many_attempts');
	const nobody = uniqueName();
	for (let i = 0; i < 2; i++) expectProblem(await attempt(nobody, 'guess'), 401, 'wrong_credentials');
	expectProblem(await attempt(nobody.toUpperCase(), 'guess'), 429, 'too_many_attempts');
});

test('guessing from elsewhere does not lock the owner out', async () => {
	const attempt = limited({ HICHAT_LIMITS_LOGIN_ACCOUNT: '2' });
	const ann = await register();
	expectStatus(await attempt(ann.username, ann.password, '198.51.100.7'), 201);
	for (let i = 0; i < 2; i++) expectProblem(await attempt(ann.username, `guess number ${i}`), 401, 'wrong_credentials');
	expectProblem(await attempt(ann.username, ann.password), 429, 'too_many_attempts');
	expectStatus(await attempt(ann.username, ann.password, '198.51.100.7'), 201);
});

test('only failures count', async () => {
	const ann = await register();
	const attempt = limited({ HICHAT_LIMITS_LOGIN_ACCOUNT: '2' });
	for (let i = 0; i < 4; i++) expectStatus(await attempt(ann.username, ann.password), 201);
	expectProblem(await attempt(ann.username, 'guess number 1'), 401, 'wrong_credentials');
	for (let i = 0; i < 4; i++) expectStatus(await attempt(ann.username, ann.password), 201);
	expectProblem(await attempt(ann.username, 'guess number 2'), 401, 'wrong_credentials');
	expectProblem(await attempt(ann.username, 'guess number 3'), 429, 'too_many_attempts');
});

test('an address has so many attempts, whoever it tries', async () => {
	const attempt = limited({ HICHAT_LIMITS_LOGIN_ADDRESS: '4' });
	const ann = await register();
	for (let i = 0; i < 4; i++) expectProblem(await attempt(uniqueName(), 'whatever'), 401, 'wrong_credentials');
	expectProblem(await attempt(ann.username, ann.password), 429, 'too_many_attempts');
	expectStatus(await attempt(ann.username, ann.password, '192.0.2.2'), 201);
});
