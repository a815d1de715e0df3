// Refresh tokens: one use each, a moment's grace, and the end of the session for a copied one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, logIn, register, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';

const browser = { 'X-Requested-With': 'hichat' };
const refresh = (refresh_token) => api('POST', '/account/sessions/refresh', { body: { refresh_token } });
const me = (token) => api('GET', '/account/me', { token });
const sessionOf = (refresh_token) => refresh_token.split('.')[0];

async function next(token) {
	const answer = await refresh(token);
	expectStatus(answer, 200);
	return answer.body.refresh_token;
}

test('a refresh token is good for an access token and its successor', async () => {
	const ann = await register();
	const answer = await refresh(ann.refreshToken);
	expectStatus(answer, 200);
	assert.notEqual(answer.body.refresh_token, ann.refreshToken);
	assert.ok(answer.body.expires_in > 0);
	const who = await me(answer.body.access_token);
	expectStatus(who, 200);
	assert.equal(who.body.user.id, ann.id);
	expectStatus(await refresh(answer.body.refresh_token), 200);
});

test('two tabs that refresh at once get the same successor', async () => {
	const ann = await register();
	const answers = await Promise.all(Array.from({ length: 16 }, () => refresh(ann.refreshToken)));
	for (const answer of answers) expectStatus(answer, 200);
	assert.equal(new Set(answers.map((answer) => answer.body.refresh_token)).size, 1);
	expectStatus(await refresh(answers[0].body.refresh_token), 200);
});

test('an answer that got lost can be had again', async () => {
	const ann = await register();
	assert.equal(await next(ann.refreshToken), await next(ann.refreshToken));
});

test('a used token that comes back later ends the session, for whoever holds its successors', async () => {
	const ann = await register();
	const successor = await next(ann.refreshToken);
	const { access_token } = (await refresh(ann.refreshToken)).body;
	await sql(`UPDATE session SET rotated_at = rotated_at - 31000 WHERE id = ${sessionOf(ann.refreshToken)}`);
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
	expectProblem(await refresh(successor), 401, 'invalid_refresh_token');
	expectProblem(await me(access_token), 401, 'session_ended');
	await logIn(ann);
});

test('a copy is noticed even two generations later', async () => {
	const ann = await register();
	const newest = await next(await next(ann.refreshToken));
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
	expectProblem(await refresh(newest), 401, 'invalid_refresh_token');
	expectProblem(await me(ann.token), 401, 'session_ended');
});

test('other sessions of the same person go on', async () => {
	const ann = await register();
	const tablet = await logIn(ann);
	await next(await next(ann.refreshToken));
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
	expectStatus(await me(tablet.token), 200);
	await next(tablet.refreshToken);
});

test('a made-up token neither works nor hurts the session it names', async () => {
	const ann = await register();
	const [session, secret, seal] = ann.refreshToken.split('.');
	const forged = [`${session}.${secret}.${seal.slice(0, -2)}AA`, `${session}.${'A'.repeat(43)}.${seal}`, `${session}.${secret}`,
		`${session}.`, `${session}`, `0.${secret}.${seal}`, `9007199254740991.${secret}.${seal}`, 'nonsense', '.', 'A'.repeat(128)];
	for (const token of forged) expectProblem(await refresh(token), 401, 'invalid_refresh_token');
	await next(ann.refreshToken);
});

test('what cannot be a refresh token is refused', async () => {
	expectProblem(await api('POST', '/account/sessions/refresh', { body: {} }), 401, 'invalid_refresh_token');
	expectProblem(await refresh('A'.repeat(129)), 422, 'invalid_field', 'refresh_token');
	expectProblem(await refresh(12), 422, 'invalid_field', 'refresh_token');
	expectProblem(await api('POST', '/account/sessions/refresh', { raw: '{' }), 400, 'invalid_json');
});

test('an expired session does not refresh', async () => {
	const ann = await register();
	await sql(`UPDATE session SET expires_at = 1 WHERE id = ${sessionOf(ann.refreshToken)}`);
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
});

test('a suspended or deleted person does not refresh', async () => {
	const [ann, bob] = [await register(), await register()];
	const early = await register();
	assert.equal((await hichatctl(['user', 'suspend', ann.username])).status, 0);
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
	expectProblem(await me(ann.token), 401, 'session_ended');
	await sql(`UPDATE user SET deleted_at = 1 WHERE id = ${bob.id}`);
	expectProblem(await refresh(bob.refreshToken), 401, 'invalid_refresh_token');
	await sql(`UPDATE user SET suspended_at = 1 WHERE id = ${early.id}`);
	expectProblem(await refresh(early.refreshToken), 403, 'account_suspended');
});

test('a browser refreshes by its cookie', async () => {
	const body = { username: uniqueName(), password: 'a calm green river' };
	const joined = await api('POST', '/account/users', { body, headers: browser });
	const [cookie] = joined.headers.get('set-cookie').split(';');
	const post = (headers) => api('POST', '/account/sessions/refresh', { body: {}, headers: { cookie, ...headers } });
	const answer = await post(browser);
	expectStatus(answer, 200);
	assert.equal(answer.body.refresh_token, undefined);
	assert.match(answer.headers.get('set-cookie'), /^hichat_refresh=/);
	assert.notEqual(answer.headers.get('set-cookie').split(';')[0], cookie);
	// A form on another site can make a browser send the cookie, but not the mark.
	expectProblem(await post({}), 401, 'invalid_refresh_token');
	const bare = await api('POST', '/account/sessions/refresh', { headers: { cookie, ...browser } });
	expectStatus(bare, 200);
});

test('tokens outlive a change of the signing key while the old one is kept', async () => {
	const ann = await register();
	const keys = (await import('node:fs')).readFileSync((await import('../harness/stack.mjs')).parts.config, 'utf8');
	const old = /token_keys *= *(\S+)/.exec(keys)[1];
	const env = { HICHAT_AUTH_TOKEN_KEYS: `k9:${'ab'.repeat(32)}, ${old}` };
	const rotate = (refresh_token) => cgi('account', 'POST', '/sessions/refresh', { body: { refresh_token }, env });
	const first = await next(ann.refreshToken);
	const again = await rotate(ann.refreshToken);
	expectStatus(again, 200);
	assert.equal(again.body.refresh_token, first, 'the same successor, though another key signs now');
	const second = await rotate(first);
	expectStatus(second, 200);
	expectProblem(await rotate(ann.refreshToken), 401, 'invalid_refresh_token');
	expectProblem(await rotate(second.body.refresh_token), 401, 'invalid_refresh_token');
});
