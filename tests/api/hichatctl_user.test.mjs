// hichatctl user …: people made, held and helped by the administrator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, expectProblem, expectStatus, logIn, register, uniqueName } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';

const secret = 'a calm green river';
const logInAs = (login, password) => api('POST', '/account/sessions', { body: { login, password } });

test('a person is added with a password from standard input', async () => {
	const name = uniqueName();
	const run = await hichatctl(['user', 'add', '--nickname', '小明', '--email', `${name}@example.org`, name], { input: `${secret}\n` });
	assert.equal(run.status, 0, run.err);
	assert.match(run.out, new RegExp(`^added ${name}, id \\d+\n$`));
	const answer = await logInAs(`${name}@example.org`, secret);
	expectStatus(answer, 201);
	assert.equal(answer.body.user.nickname, '小明');
});

test('a password can be made up', async () => {
	const name = uniqueName();
	const run = await hichatctl(['user', 'add', '--generate', name]);
	assert.equal(run.status, 0, run.err);
	const [, password] = /^password: (\S{20})$/m.exec(run.out);
	expectStatus(await logInAs(name, password), 201);
});

test('the rules are those of registering', async () => {
	const taken = await register({ email: `${uniqueName()}@example.org` });
	const add = async (...words) => {
		const run = await hichatctl(['user', 'add', ...words], { input: `${secret}\n` });
		assert.equal(run.status, 1, run.out);
		return run.err;
	};
	assert.match(await add('two words'), /this is no acceptable username/);
	assert.match(await add('--phone', '123', uniqueName()), /this is no acceptable phone/);
	assert.match(await add('--nickname', ' ', uniqueName()), /this is no acceptable nickname/);
	assert.match(await add(taken.username.toUpperCase()), /this username belongs to another account/);
	assert.match(await add('--email', taken.user.email, uniqueName()), /this email belongs to another account/);
	const weak = await hichatctl(['user', 'add', uniqueName()], { input: 'password1\n' });
	assert.deepEqual([weak.status, /too easy to guess/.test(weak.err)], [1, true]);
	const nothing = await hichatctl(['user', 'add', uniqueName()]);
	assert.deepEqual([nothing.status, /no password on standard input/.test(nothing.err)], [1, true]);
});

test('a new password ends every session', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	const run = await hichatctl(['user', 'reset-password', ann.username], { input: 'another calm river\n' });
	assert.equal(run.status, 0, run.err);
	assert.match(run.out, /: new password set, 2 sessions ended$/m);
	for (const device of [ann, tablet]) expectProblem(await device.get('/account/me'), 401, 'session_ended');
	expectProblem(await logInAs(ann.username, ann.password), 401, 'wrong_credentials');
	expectStatus(await logInAs(ann.username, 'another calm river'), 201);
});

test('suspending ends every session, until it is taken back', async () => {
	const ann = await register();
	const run = await hichatctl(['user', 'suspend', ann.username.toUpperCase()]);
	assert.equal(run.status, 0, run.err);
	assert.match(run.out, /: suspended, 1 session ended$/m);
	expectProblem(await ann.get('/account/me'), 401, 'session_ended');
	expectProblem(await logInAs(ann.username, ann.password), 403, 'account_suspended');
	assert.match((await hichatctl(['user', 'list', '--suspended'])).out, new RegExp(`^${ann.id}\t${ann.username}\t.*\tsuspended$`, 'm'));
	assert.match((await hichatctl(['user', 'suspend', ann.username])).out, /suspended, 0 sessions ended/);
	assert.match((await hichatctl(['user', 'unsuspend', ann.username])).out, /may log in again/);
	expectStatus(await logInAs(ann.username, ann.password), 201);
	expectProblem(await ann.get('/account/me'), 401, 'session_ended');
});

test('who logs in while being suspended is not left with a session', async () => {
	const ann = await register();
	const attempts = Array.from({ length: 8 }, () => logInAs(ann.username, ann.password));
	const [run, ...answers] = await Promise.all([hichatctl(['user', 'suspend', ann.username]), ...attempts]);
	assert.equal(run.status, 0, run.err);
	for (const answer of answers) {
		if (answer.status === 201) expectProblem(await api('GET', '/account/me', { token: answer.body.access_token }), 401, 'session_ended');
		else expectProblem(answer, 403, 'account_suspended');
	}
});

test('everybody is listed, a line each', async () => {
	const ann = await register({ nickname: '小 明' });
	const run = await hichatctl(['user', 'list']);
	assert.equal(run.status, 0, run.err);
	const [head, ...lines] = run.out.trimEnd().split('\n').map((line) => line.split('\t'));
	assert.deepEqual(head, ['id', 'username', 'nickname', 'created', 'last seen', 'state']);
	const line = lines.find(([id]) => Number(id) === ann.id);
	assert.deepEqual([line[1], line[2], line[5]], [ann.username, '小 明', 'active']);
	assert.match(line[3], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	const ids = lines.map(([id]) => Number(id));
	assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b));
});

test('nobody is nobody', async () => {
	for (const words of [['suspend'], ['unsuspend'], ['reset-password', '--generate']]) {
		const run = await hichatctl(['user', ...words, uniqueName()]);
		assert.equal(run.status, 1);
		assert.match(run.err, /there is nobody with the username/);
		assert.equal((await hichatctl(['user', ...words])).status, 2);
		assert.equal((await hichatctl(['user', ...words, 'a', 'b'])).status, 2);
	}
	assert.equal((await hichatctl(['user', 'add', '--suspended', 'x'])).status, 2);
	assert.equal((await hichatctl(['user', 'list', 'x'])).status, 2);
	assert.equal((await hichatctl(['user', 'suspend', '\udcff'])).status, 1);
});
