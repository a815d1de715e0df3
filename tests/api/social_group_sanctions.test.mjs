// A mute holds: leaving and coming back does not end it, and nobody who is muted says anything by
// renaming themselves or the group.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { cgi } from '../harness/cgi.mjs';
import { groupOf, makeGroup } from '../harness/groups.mjs';

const HOUR = 3_600_000;

/** ann owns it, bob is an administrator, cem a member; anybody may join. */
async function cast(fields) {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const group = await makeGroup(ann, [bob, cem], { join_policy: 'open' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	if (fields) expectStatus(await ann.patch(path, fields), 200);
	return { ann, bob, cem, group, path };
}

const mute = async (by, path, person, until = Date.now() + HOUR) =>
	expectStatus(await by.patch(`${path}/members/${person.id}`, { muted_until: until }), 200);
const leave = async (person, path) => expectStatus(await person.delete(`${path}/members/${person.id}`), 204);
const comeBack = async (person, path) => expectStatus(await person.post(`${path}/join-requests`, {}), 201);

test('a mute goes on for whoever leaves and comes back', async () => {
	const { ann, cem, group, path } = await cast();
	const until = Date.now() + HOUR;
	await mute(ann, path, cem, until);
	await leave(cem, path);
	await comeBack(cem, path);
	assert.equal((await groupOf(cem, group)).muted_until, until);
	expectProblem(await send(cem, group.id, 'I am back'), 403, 'muted');

	await mute(ann, path, cem, 0);
	expectStatus(await send(cem, group.id, 'thanks'), 201);
	await leave(cem, path);
	await comeBack(cem, path);
	assert.equal((await groupOf(cem, group)).muted_until, 0, 'one that was lifted is over');
	expectStatus(await send(cem, group.id, 'still here'), 201);
});

test('a mute goes on whoever ended the membership, and whatever leads back', async () => {
	const { ann, bob, cem, group, path } = await cast();
	await mute(ann, path, cem);
	await mute(ann, path, bob);
	expectStatus(await ann.post(`${path}/removals`, { user_ids: [cem.id, bob.id] }), 200);
	expectStatus(await ann.post(`${path}/members`, { user_ids: [cem.id] }), 200);
	const { link } = (await ann.post(`${path}/links`, {})).body;
	expectStatus(await bob.post(`/social/group-links/${link.token}/join`), 200);
	for (const person of [bob, cem]) expectProblem(await send(person, group.id, 'back'), 403, 'muted');
});

test('a mute that ran out while somebody was away is over', async () => {
	const { ann, cem, group, path } = await cast();
	await mute(ann, path, cem, Date.now() + 1_500);
	await leave(cem, path);
	await comeBack(cem, path);
	const { muted_until } = await groupOf(cem, group);
	assert.ok(muted_until > 0);
	while (Date.now() < muted_until) await new Promise((done) => setTimeout(done, muted_until - Date.now()));
	expectStatus(await send(cem, group.id, 'now I may'), 201);
});

test('what somebody cleared does not come back with them', async () => {
	const { ann, cem, group, path } = await cast({ shares_history: true });
	expectStatus(await send(ann, group.id, 'an old story'), 201);
	const head = (await cem.get(`/chat/conversations/${group.id}`)).body.conversation;
	expectStatus(await cem.patch(`/chat/conversations/${group.id}`, { cleared_seq: head.last_seq }), 200);
	await leave(cem, path);
	await comeBack(cem, path);
	const texts = (await history(cem, group.id)).filter((row) => row.kind === 'text');
	assert.deepEqual(texts, []);
});

test('who is muted says nothing by a name', async () => {
	const { ann, bob, cem, group, path } = await cast();
	const rename = (nickname) => cem.patch(`${path}/members/${cem.id}`, { nickname });
	expectStatus(await rename('Cem'), 200);
	await mute(ann, path, cem);
	const rows = (await history(bob, group.id)).length;
	const refused = await rename('BUY NOW');
	expectProblem(refused, 403, 'muted');
	assert.ok(Number(refused.headers.get('retry-after')) > 3_500, 'it says how long');
	expectProblem(await rename(''), 403, 'muted');
	assert.equal((await history(bob, group.id)).length, rows);
	assert.equal((await groupOf(cem, group)).nickname, 'Cem');
	await mute(ann, path, cem, 0);
	expectStatus(await rename('Captain'), 200);
});

test('where all are muted, members do not rename themselves, administrators do', async () => {
	const { ann, bob, cem, path } = await cast({ mute_all: true });
	expectProblem(await cem.patch(`${path}/members/${cem.id}`, { nickname: 'BUY NOW' }), 403, 'muted');
	expectStatus(await bob.patch(`${path}/members/${bob.id}`, { nickname: 'Guide' }), 200);
	expectStatus(await ann.patch(path, { mute_all: false }), 200);
	expectStatus(await cem.patch(`${path}/members/${cem.id}`, { nickname: 'Captain' }), 200);
});

test('an administrator who is muted announces and renames nothing, but still administers', async () => {
	const { ann, bob, cem, group, path } = await cast();
	await mute(ann, path, bob);
	const earlier = await history(ann, group.id);
	expectProblem(await bob.put(`${path}/announcement`, { text: 'I speak' }), 403, 'muted');
	for (const change of [{ name: 'I speak' }, { description: 'I speak' }, { avatar: 'emoji:🌊', mute_all: true }])
		expectProblem(await bob.patch(path, change), 403, 'muted');
	assert.deepEqual(await history(ann, group.id), earlier);
	expectStatus(await bob.patch(path, { mute_all: true }), 200);
	expectStatus(await bob.delete(`${path}/members/${cem.id}`), 204);
});

test('all changes of groups count together, and too many of them have to wait', async () => {
	const { ann, cem, path } = await cast();
	const at = path.replace('/social', '');
	const as = (person, method, rest, body) => cgi('social', method, `${at}${rest}`, {
		token: person.token, body, env: { HICHAT_LIMITS_GROUP_CHANGES: '2' },
	});
	expectStatus(await as(cem, 'PATCH', `/members/${cem.id}`, { nickname: 'one' }), 200);
	expectStatus(await as(cem, 'PATCH', `/members/${cem.id}`, { nickname: 'two' }), 200);
	const waits = await as(cem, 'PATCH', `/members/${cem.id}`, { nickname: 'three' });
	expectProblem(waits, 429, 'rate_limited');
	assert.ok(Number(waits.headers.get('retry-after')) > 0);
	expectStatus(await as(ann, 'PATCH', '', { description: 'one' }), 200);
	expectStatus(await as(ann, 'PUT', '/announcement', { text: 'two' }), 200);
	for (const [method, rest, body] of [
		['PATCH', '', { description: 'three' }],
		['PUT', '/announcement', { text: 'three' }],
		['PUT', '/owner', { user_id: cem.id }],
		['POST', '/members', { user_ids: [cem.id] }],
		['POST', '/removals', { user_ids: [cem.id] }],
		['DELETE', `/members/${cem.id}`],
		['POST', '/links', {}],
	])
		expectProblem(await as(ann, method, rest, body), 429, 'rate_limited');
	expectStatus(await as(cem, 'DELETE', `/members/${cem.id}`), 204);
});
