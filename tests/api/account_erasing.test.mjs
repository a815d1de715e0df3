// Erasing an account: the password, the time to change one's mind, what others see afterwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import {
	api, befriend, conversationOf, expectProblem, expectStatus, history, logIn, register, send, uniqueName,
} from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { eraseBy, erased, eraseNow, stepOf, WITHOUT_DELAY } from '../harness/erasing.mjs';
import { groupOf, makeGroup, membersOf, roleOf } from '../harness/groups.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { comment, feed, like, notices, posted, show } from '../harness/moments.mjs';
import { eventually } from '../harness/wait.mjs';

const DAY = 86_400_000;
const ask = (person, password = person.password) => person.delete('/account/me', { password });
const enter = (person) => api('POST', '/account/sessions', { body: { login: person.username, password: person.password } });
const head = async (person, id) => (await person.get(`/chat/conversations/${id}`)).body.conversation;

test('there is time to change one\'s mind, and logging in does', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	const tablet = await logIn(ann);
	const answer = await ask(ann);
	expectStatus(answer, 202);
	assert.ok(Math.abs(answer.body.erase_at - Date.now() - 7 * DAY) < 120_000);
	for (const device of [ann, tablet])
		expectProblem(await device.get('/account/me'), 401, 'session_ended');
	assert.equal((await head(bob, conversation)).peer.username, ann.username, 'nobody sees it yet');
	expectStatus(await send(bob, conversation, 'stay!'), 201);

	const back = await enter(ann);
	expectStatus(back, 201);
	assert.equal(back.body.erasing_cancelled, true);
	const again = await enter(ann);
	assert.ok(!('erasing_cancelled' in again.body), 'once');
	assert.deepEqual(await sql(`SELECT erase_at IS NULL, deleted_at IS NULL FROM user WHERE id = ${ann.id}`), [['1', '1']]);
});

test('asking twice does not put it off', async () => {
	const ann = await register();
	const first = (await ask(ann)).body.erase_at;
	await sql(`UPDATE session SET revoked_at = NULL WHERE user_id = ${ann.id}`);
	const token = ann.token;
	// As where Redis does not know that the session ended.
	const again = await cgi('account', 'DELETE', '/me', { token, body: { password: ann.password },
		env: { HICHAT_REDIS_ENABLED: 'no', HICHAT_ACCOUNT_ERASE_DAYS: '30' } });
	expectStatus(again, 202);
	assert.equal(again.body.erase_at, first);
});

test('only with the password, and not for ever', async () => {
	const ann = await register();
	expectProblem(await ask(ann, 'wrong'), 403, 'wrong_password', 'password');
	expectProblem(await ann.delete('/account/me', {}), 422, 'invalid_field', 'password');
	expectProblem(await api('DELETE', '/account/me', { body: { password: ann.password } }), 401, 'unauthenticated');
	const env = { HICHAT_LIMITS_LOGIN_ACCOUNT: '3' };
	const guess = () => cgi('account', 'DELETE', '/me', { token: ann.token, body: { password: 'wrong' }, env, address: '127.9.9.9' });
	for (let i = 0; i < 3; i++) expectProblem(await guess(), 403, 'wrong_password');
	const late = await guess();
	expectProblem(late, 429, 'too_many_attempts');
	assert.ok(Number(late.headers.get('retry-after')) > 0);
	expectStatus(await ann.get('/account/me'), 200);
});

test('whoever is suspended can neither ask for it nor be erased by time', async () => {
	const ann = await register();
	await sql(`UPDATE user SET suspended_at = 1 WHERE id = ${ann.id}`);
	expectProblem(await ask(ann), 403, 'account_suspended');
	await sql(`UPDATE user SET erase_at = 1 WHERE id = ${ann.id}`);
	assert.equal((await hichatctl(['erase'])).status, 0);
	assert.deepEqual(await sql(`SELECT deleted_at FROM user WHERE id = ${ann.id}`), [['NULL']]);
	await sql(`UPDATE user SET suspended_at = NULL WHERE id = ${ann.id}`);
	await erased(ann);
});

test('when its time has come, an account is erased by itself', async () => {
	const ann = await register();
	expectStatus(await ask(ann), 202);
	await sql(`UPDATE user SET erase_at = 1 WHERE id = ${ann.id}`);
	await erased(ann);
	expectProblem(await enter(ann), 401, 'wrong_credentials');
	// All is gone through once more when no access token can be good any longer.
	await sql(`UPDATE erasing SET due_at = 1 WHERE user_id = ${ann.id}`);
	const run = await hichatctl(['erase']);
	assert.equal(run.status, 0, run.err);
	assert.match(run.out, /^\d+ accounts\n$/);
	assert.equal(await stepOf(ann), undefined);
});

test('a name is given to nobody again', async () => {
	const ann = await register();
	await eraseNow(ann);
	for (const username of [ann.username, ann.username.toUpperCase()]) {
		const answer = await api('POST', '/account/users', { body: { username, password: 'a calm green river' } });
		expectProblem(answer, 409, 'username_taken', 'username');
	}
	const added = await hichatctl(['user', 'add', ann.username], { input: 'a calm green river\n' });
	assert.equal(added.status, 1);
	assert.match(added.err, /this username belongs to another account/);
	assert.equal((await hichatctl(['user', 'erase', ann.username])).status, 1, 'there is nobody of that name');
	expectStatus(await api('POST', '/account/users', { body: { username: uniqueName(), password: 'a calm green river' } }), 201);
});

test('phone and mail are free again', async () => {
	const email = `${uniqueName()}@example.org`;
	const ann = await register({ email });
	await eraseNow(ann);
	await register({ email });
});

test('messages to others stay under somebody who is deleted', async () => {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register()]);
	const conversation = await befriend(ann, bob);
	const { seq } = (await send(ann, conversation, 'keep this')).body.message;
	expectStatus(await ann.put(`/chat/conversations/${conversation}/messages/${seq}/reactions/${encodeURIComponent('👍')}`), 200);
	await eraseNow(ann);

	const gone = { id: ann.id, username: '', nickname: '', avatar: null, bio: '', gender: '', region: '', deleted: true };
	assert.deepEqual((await head(bob, conversation)).peer, gone);
	const said = (await history(bob, conversation)).find((message) => message.seq === seq);
	assert.equal(said.body.text, 'keep this');
	assert.equal(said.sender_id, ann.id);
	assert.deepEqual(said.reactions[0].user_ids, [ann.id]);
	expectProblem(await send(bob, conversation, 'hello?'), 403, 'not_friends');
	assert.deepEqual((await bob.get('/social/friends')).body.friends, []);
	expectProblem(await bob.get(`/account/users/${ann.id}`), 404, 'not_found');
	assert.deepEqual((await bob.get(`/account/users?ids=${ann.id}`)).body.users, [gone]);
	expectProblem(await bob.post('/social/friend-requests', { user_id: ann.id }), 404, 'not_found');
	const { notifications } = (await bob.get('/social/notifications')).body;
	assert.ok(notifications.every((one) => one.kind !== 'friend_request'), 'a moot request');
});

test('groups pass to the oldest administrator, else the oldest member, and end with the last one', async () => {
	const [ann, bob, cem, dee] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem, dee]) await befriend(ann, friend);
	const led = await makeGroup(ann, [bob, cem, dee], { name: 'Led' });
	expectStatus(await ann.patch(`/social/groups/${led.id}/members/${cem.id}`, { role: 'admin' }), 200);
	const plain = await makeGroup(ann, [bob, cem], { name: 'Plain' });
	await sql(`UPDATE member SET joined_at = 5 WHERE conversation_id = ${plain.id} AND user_id = ${cem.id}`);
	const alone = await makeGroup(ann, [], { name: 'Nobody else' });
	expectStatus(await send(ann, alone.id, 'to myself'), 201);
	const held = await makeGroup(ann, [bob, dee], { name: 'Held' });
	await sql(`UPDATE member SET joined_at = 5 WHERE conversation_id = ${held.id} AND user_id = ${bob.id};
		UPDATE user SET suspended_at = 1 WHERE id = ${bob.id}`);
	const joined = await makeGroup(dee, [ann], { name: 'Joined' });
	await eraseNow(ann);

	assert.equal(await roleOf(cem, led, cem), 'owner');
	assert.equal(await roleOf(cem, plain, cem), 'owner', 'the one who came first');
	assert.equal(await roleOf(dee, held, dee), 'owner', 'rather somebody who can log in');
	assert.equal((await groupOf(dee, joined)).member_count, 1);
	for (const [who, group] of [[cem, led], [cem, plain], [dee, held], [dee, joined]])
		assert.ok((await membersOf(who, group)).every(({ user }) => user.id !== ann.id));
	const rows = (await history(cem, led.id)).filter(({ kind, sender_id }) => kind === 'system' && sender_id === ann.id);
	assert.deepEqual(rows.slice(-2).map(({ body }) => [body.event, body.user_id ?? body.user_ids]), [['owner', cem.id], ['left', [ann.id]]]);
	const { notifications } = (await cem.get('/social/notifications')).body;
	const told = notifications.find(({ kind, subject }) => kind === 'group_role' && subject.group_id === led.id && subject.role === 'owner');
	assert.equal(told.actor.deleted, true);
	assert.deepEqual(await sql(`SELECT name, dissolved_at IS NOT NULL, member_count FROM chat_group WHERE id = ${alone.id}`), [['', '1', '0']]);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM message WHERE conversation_id = ${alone.id}`), [['0']]);
});

test('what waited for an answer is over', async () => {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	await befriend(bob, cem);
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id, message: 'it is me' }), 201);
	expectStatus(await cem.post('/social/friend-requests', { user_id: ann.id }), 201);
	const group = await makeGroup(bob, [cem], { join_policy: 'approval' });
	expectStatus(await ann.post(`/social/groups/${group.id}/join-requests`, { message: 'let me in' }), 201);
	expectStatus(await ann.put(`/social/blocks/${cem.id}`), 200);
	await eraseNow(ann);
	assert.deepEqual((await bob.get('/social/friend-requests?box=in&status=pending')).body.requests, []);
	assert.deepEqual((await cem.get('/social/friend-requests?box=out&status=pending')).body.requests, []);
	assert.deepEqual((await bob.get(`/social/groups/${group.id}/join-requests`)).body.requests, []);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM block WHERE ${ann.id} IN (user_id, blocked_id)`), [['0']]);
});

test('moments go, and what was said to those of others', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const hers = await posted(ann, { text: 'a secret day' });
	await comment(bob, hers, 'nice');
	const his = await posted(bob);
	await like(ann, his);
	await comment(ann, his, 'from me');
	expectStatus(await bob.post(`/moments/posts/${hers.id}/reports`, { reason: 'other' }), 201, 204);
	await eraseNow(ann);
	assert.deepEqual((await feed(bob)).posts.map(({ id }) => id), [his.id]);
	const post = await show(bob, his);
	assert.deepEqual([post.like_count, post.comment_count], [0, 0]);
	assert.deepEqual((await notices(bob)).notifications, []);
	assert.deepEqual(await sql(`SELECT COUNT(*), MAX(text) FROM moment_report WHERE moment_id = ${hers.id}`), [['1', '']]);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM moment_comment WHERE moment_id = ${hers.id}`), [['0']]);
});

test('what two have written to each other goes with the second of them', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	expectStatus(await send(ann, conversation, 'one'), 201);
	expectStatus(await send(bob, conversation, 'two'), 201);
	await eraseBy(ann);
	assert.equal((await history(bob, conversation)).length, 3);
	await eraseBy(bob);
	for (const table of ['message', 'search_block', 'reaction'])
		assert.deepEqual(await sql(`SELECT COUNT(*) FROM ${table} WHERE conversation_id = ${conversation}`), [['0']]);
	assert.equal((await hichatctl(['index'])).status, 0);
});

test('a request that was under way when it began leaves nothing', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	await eraseNow(ann);
	assert.deepEqual(await stepOf(ann), { step: 'sessions', again: true });
	// Her token is good where Redis does not know that the session ended.
	const env = { HICHAT_REDIS_ENABLED: 'no' };
	expectStatus(await cgi('chat', 'PATCH', `/conversations/${conversation}`,
		{ token: ann.token, env, body: { draft: { text: 'still here', reply_to: null } } }), 200);
	const kept = () => sql(`SELECT COUNT(*) FROM member WHERE user_id = ${ann.id} AND draft_text IS NOT NULL`);
	assert.deepEqual(await kept(), [['1']]);
	const again = await cgi('account', 'DELETE', '/me',
		{ token: ann.token, body: { password: ann.password }, env: { ...WITHOUT_DELAY, ...env } });
	expectProblem(again, 401, 'session_ended');
	await sql(`UPDATE erasing SET due_at = 1 WHERE user_id = ${ann.id}`);
	await eventually('the second look is over', async () => await stepOf(ann) === undefined, { within: 30_000 });
	assert.deepEqual(await kept(), [['0']]);
});

test('a conversation with somebody who is gone cannot be opened anew', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	assert.equal(await conversationOf(bob, ann), conversation);
	await eraseNow(ann);
	const answer = await bob.post('/chat/conversations', { user_id: ann.id });
	assert.ok([403, 404].includes(answer.status), answer.text);
});
