// Registering: what is accepted, what is refused and why, and who wins a race for a name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, register, uniqueName } from '../harness/client.mjs';

const password = 'a calm green river';
const post = (body, options) => api('POST', '/account/users', { body: { password, ...body }, ...options });
/** Letters only, so that tests can change their case and width. */
const letters = () => uniqueName('q').replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)));

test('a new person is logged in at once', async () => {
	const username = uniqueName();
	const answer = await post({ username, nickname: ' 小明 🦊 ', email: `${username}@Example.org`, device: 'pen' });
	expectStatus(answer, 201);
	const { user } = answer.body;
	assert.equal(user.username, username);
	assert.equal(user.nickname, '小明 🦊', 'without the spaces around it');
	assert.equal(user.email, `${username}@Example.org`);
	assert.equal(user.phone, null);
	assert.ok(answer.body.refresh_token);
	assert.ok(answer.body.expires_in > 0);
	assert.equal(answer.headers.get('set-cookie'), null, 'cookies are for browsers');
	const me = await api('GET', '/account/me', { token: answer.body.access_token });
	expectStatus(me, 200);
	assert.deepEqual(me.body.user, user);
});

test('a browser gets its refresh token as a cookie that scripts cannot read', async () => {
	const answer = await post({ username: uniqueName() }, { headers: { 'X-Requested-With': 'hichat' } });
	expectStatus(answer, 201);
	assert.equal(answer.body.refresh_token, undefined);
	const cookie = answer.headers.get('set-cookie');
	assert.match(cookie, /^hichat_refresh=[\w.-]{60,}; Path=\/api\/v1\/account\/sessions; Max-Age=\d+;/);
	assert.match(cookie, /; HttpOnly(;|$)/);
	assert.match(cookie, /; SameSite=Strict(;|$)/);
});

test('cookies travel over https only, unless the configuration says otherwise', async () => {
	const options = { body: { username: uniqueName(), password }, headers: { 'X-Requested-With': 'hichat' } };
	const secure = await cgi('account', 'POST', '/users', { ...options, env: { HICHAT_AUTH_SECURE_COOKIES: 'yes' } });
	expectStatus(secure, 201);
	assert.match(secure.headers.get('set-cookie'), /; Secure(;|$)/);
});

test('names of every script are names', async () => {
	const tail = letters();
	for (const username of [`小明${tail}`, `Ñandú_${tail}`, `नमस्ते${tail}`, `a.b-${tail}`, `0${tail}`, `한글${tail}`]) {
		const answer = await post({ username });
		expectStatus(answer, 201);
		assert.equal(answer.body.user.username, username.normalize('NFC'));
		assert.equal(answer.body.user.nickname, username.normalize('NFC'), 'the name to begin with');
	}
});

test('what looks like a name that exists is that name', async () => {
	const name = letters();
	await register({ username: name });
	const wide = [...name].map((c) => String.fromCodePoint(c.codePointAt(0) + 0xfee0)).join('');
	for (const username of [name, name.toUpperCase(), wide])
		expectProblem(await post({ username }), 409, 'username_taken', 'username');
	const accented = `é${name}`;
	await register({ username: accented });
	expectProblem(await post({ username: accented.normalize('NFD') }), 409, 'username_taken', 'username');
});

test('a phone number and a mail address belong to one account', async () => {
	const digits = String(Date.now()).slice(-9);
	const email = `${uniqueName()}@example.org`;
	const owner = await register({ phone: `+86 1${digits.slice(0, 3)}-${digits.slice(3)}`, email });
	assert.equal(owner.user.phone, `+861${digits}`);
	expectProblem(await post({ username: uniqueName(), phone: `+861${digits}` }), 409, 'phone_taken', 'phone');
	expectProblem(await post({ username: uniqueName(), email: email.toUpperCase() }), 409, 'email_taken', 'email');
});

const refused = {
	username: ['', 'a', 'x'.repeat(33), 'two words', 'at@sign', '+8613800138000', '🦊🦊', '...', '́ab',
		'ﷺab', 'ㅤㅤ', 'a​b', 7, null],
	nickname: ['   ', 'x'.repeat(33), 'two\nlines', 'turned\u202earound', '​', ['x']],
	phone: ['123', '13800138000', '+0123456789', '+1234567890123456', '+86 call me'],
	email: ['nobody', '@example.org', 'a@b', 'a@b@c.org', 'a b@c.org', 'a@.org', 'a@b..org', 'a@b.org.', `${'x'.repeat(250)}@b.org`],
	password: ['', 'x'.repeat(129), 12345678, null],
	device: ['x'.repeat(101)],
};

for (const [field, values] of Object.entries(refused)) {
	test(`a ${field} that is none is refused by name`, async () => {
		for (const value of values)
			expectProblem(await post({ username: uniqueName(), [field]: value }), 422, 'invalid_field', field);
	});
}

test('passwords that everybody tries first are refused', async () => {
	const username = letters();
	const weak = ['short', 'aaaaaaaa', 'abcabcabc', '12345678', '9876543210', 'password', 'Password1!', 'QWERTY123',
		'iloveyou2', '5201314520', '1qaz2wsx', username, username.toUpperCase()];
	for (const guess of weak)
		expectProblem(await post({ username, password: guess }), 422, 'weak_password', 'password');
	expectStatus(await post({ username, password: '八个汉字也是密码' }), 201);
});

test('missing fields and bodies that are no JSON are refused', async () => {
	expectProblem(await api('POST', '/account/users', { body: { username: uniqueName() } }), 422, 'invalid_field', 'password');
	expectProblem(await api('POST', '/account/users', { body: { password } }), 422, 'invalid_field', 'username');
	expectProblem(await api('POST', '/account/users', { raw: '{"username":' }), 400, 'invalid_json');
	expectProblem(await post({ username: 'nul\u0000x' }), 400, 'invalid_json');
	expectProblem(await api('POST', '/account/users', { raw: '[]' }), 422, 'invalid_field');
});

test('of 16 who want the same name at once exactly one gets it', async () => {
	const name = letters();
	const flip = (i) => [...name].map((c, at) => ((i >> at) & 1 ? c.toUpperCase() : c)).join('');
	const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => post({ username: flip(i) })));
	const winners = answers.filter((answer) => answer.status === 201);
	assert.equal(winners.length, 1);
	for (const answer of answers)
		if (answer !== winners[0]) expectProblem(answer, 409, 'username_taken', 'username');
	const token = winners[0].body.access_token;
	const found = await api('GET', `/account/users?query=${name}`, { token });
	assert.equal(found.body.users.filter((user) => user.username.toLowerCase() === name).length, 1);
});

test('an address registers so many and no more', async () => {
	const address = `192.0.2.${1 + (process.pid % 250)}`;
	const limited = { env: { HICHAT_LIMITS_REGISTRATIONS: '3', HICHAT_REDIS_PREFIX: uniqueName() }, address };
	const attempt = (more = {}) => cgi('account', 'POST', '/users', { ...limited, body: { username: uniqueName(), password, ...more } });
	expectProblem(await attempt({ password: 'short' }), 422, 'weak_password', 'password'); // costs nothing
	for (let i = 0; i < 3; i++) expectStatus(await attempt(), 201);
	const refusal = await attempt();
	expectProblem(refusal, 429, 'rate_limited');
	assert.ok(Number(refusal.headers.get('retry-after')) > 0);
});
