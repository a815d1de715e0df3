// What the account program tells live connections: changed profiles, ended sessions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, logIn, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const SESSION_ENDED = 4003;
const card = ['avatar', 'bio', 'deleted', 'gender', 'id', 'nickname', 'region', 'username'];

test('a changed profile reaches friends as a card and my other devices whole, and nobody else', async (t) => {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	await befriend(ann, bob);
	const tablet = await logIn(ann);
	const [his, hers, other] = await Promise.all([bob, tablet, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(his, hers, other));

	expectStatus(await ann.patch('/account/me', { nickname: '安', settings: { theme: 'dark' } }), 200);
	const seen = await his.next('profile');
	assert.deepEqual(Object.keys(seen.user).sort(), card, 'nothing private');
	assert.equal(seen.user.id, ann.id);
	assert.equal(seen.user.nickname, '安');
	const own = await hers.next('profile');
	assert.equal(own.user.nickname, '安');
	assert.deepEqual(own.user.settings, { theme: 'dark' });

	// What is private changes for her devices alone: the next thing that he hears of is the one after.
	expectStatus(await ann.patch('/account/me', { settings: { theme: 'light' } }), 200);
	expectStatus(await ann.patch('/account/me', { bio: 'hello' }), 200);
	assert.equal((await his.next('profile')).user.bio, 'hello');
	assert.deepEqual((await hers.next('profile')).user.settings, { theme: 'light' });
	assert.equal((await hers.next('profile')).user.bio, 'hello');

	// Eve is told of herself after all that, and of nothing before.
	expectStatus(await eve.patch('/account/me', { bio: 'me' }), 200);
	assert.equal((await other.next('profile')).user.id, eve.id);
	assert.equal(other.events.length, 1);
});

test('logging out closes the sockets of that session at once, and no others', async (t) => {
	const ann = await register();
	const tablet = await logIn(ann);
	const [stays, goes] = await Promise.all([connectLive(ann), connectLive(tablet)]);
	t.after(() => closeAll(stays, goes));
	expectStatus(await tablet.delete('/account/sessions/current'), 204);
	await goes.expectClosed(SESSION_ENDED);
	expectStatus(await ann.patch('/account/me', { bio: 'still here' }), 200);
	assert.equal((await stays.next('profile')).user.bio, 'still here');
});

for (const [what, act] of [
	['ending all other devices', (ann) => ann.delete('/account/sessions')],
	['a new password', (ann) => ann.put('/account/me/password', { old_password: ann.password, new_password: 'nine quiet lanterns' })],
]) {
	test(`${what} closes all other sockets at once, and not one’s own`, async (t) => {
		const [ann, bob] = await Promise.all([register(), register()]);
		const [tablet, phone] = [await logIn(ann), await logIn(ann)];
		const [stays, other, ...go] = await Promise.all([ann, bob, tablet, phone].map((person) => connectLive(person)));
		t.after(() => closeAll(stays, other, ...go));
		expectStatus(await act(ann), 204);
		for (const live of go) await live.expectClosed(SESSION_ENDED);
		for (const [live, person] of [[stays, ann], [other, bob]]) {
			expectStatus(await person.patch('/account/me', { bio: 'still here' }), 200);
			assert.equal((await live.next('profile')).user.bio, 'still here');
		}
	});
}

test('suspending somebody closes all sockets', async (t) => {
	const ann = await register();
	const live = await connectLive(ann);
	t.after(() => closeAll(live));
	assert.equal((await hichatctl(['user', 'suspend', ann.username])).status, 0);
	await live.expectClosed(SESSION_ENDED);
});

test('a copied refresh token closes the sockets of whoever uses its successors', async (t) => {
	const ann = await register();
	const live = await connectLive(ann);
	t.after(() => closeAll(live));
	const refresh = (refresh_token) => api('POST', '/account/sessions/refresh', { body: { refresh_token } });
	const first = await refresh(ann.refreshToken);
	expectStatus(await refresh(first.body.refresh_token), 200);
	expectProblem(await refresh(ann.refreshToken), 401, 'invalid_refresh_token');
	await live.expectClosed(SESSION_ENDED);
});
