// Made from the route tables: nobody gets anywhere without a token, and nobody who is not in a
// conversation or a group learns anything of it.  A new route is tested from the moment it is in its
// table.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { routes } from '../harness/stack.mjs';

const all = routes();
const guarded = all.filter((route) => route.access === 'USER');
const ofConversations = all.filter((route) => route.pattern.includes(':conversation'));
const ofGroups = all.filter((route) => route.pattern.includes('/groups/:group'));

/** What gets a route that takes a body past the checks of its input. */
const bodies = {
	'PATCH /conversations/:conversation': () => ({ pinned: true }),
	'POST /conversations/:conversation/messages': () => ({
		client_key: randomUUID(),
		kind: 'text',
		body: { text: 'from outside' },
	}),
	'PATCH /conversations/:conversation/messages/:seq': () => ({ body: { text: 'from outside' } }),
	'PUT /conversations/:conversation/messages/:seq/reactions/*emoji': () => undefined,
	'PUT /conversations/:conversation/pins/:seq': () => undefined,
	'PATCH /groups/:group': () => ({ name: 'from outside' }),
	'POST /groups/:group/members': () => ({ user_ids: [eve.id] }),
	'PATCH /groups/:group/members/:user': () => ({ role: 'admin' }),
	'POST /groups/:group/removals': () => ({ user_ids: [bob.id] }),
	'PUT /groups/:group/owner': () => ({ user_id: eve.id }),
	'PUT /groups/:group/announcement': () => ({ text: 'from outside' }),
	'PUT /groups/:group/announcement/read': () => ({}),
	'POST /groups/:group/join-requests': () => ({ message: 'from outside' }),
	'PUT /groups/:group/join-requests/:request': () => ({ status: 'accepted' }),
	'POST /groups/:group/links': () => ({}),
};

const takesBody = (route) => ['POST', 'PUT', 'PATCH'].includes(route.method);

function bodyFor(route) {
	const key = `${route.method} ${route.pattern}`;
	assert.ok(!takesBody(route) || key in bodies, `this test needs a body for ${key}`);
	return bodies[key]?.();
}

function pathOf(route, values = {}) {
	const filled = route.pattern.replace(/[:*](\w+)/g, (_, name) => values[name] ?? '1');
	return `/${route.program}${filled}`;
}

function nameOf(route) {
	return `${route.method} /${route.program}${route.pattern}`;
}

let ann;
let bob;
let eve;
let conversation;
let group; // of ann and bob, not to be found
let found; // theirs too, open to be found and asked for
let cem; // was in both, and was removed
let request; // of dan, who wants to join it
let link;
const secret = `secret-${randomUUID()}`;

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	conversation = await befriend(ann, bob);
	await befriend(ann, cem);
	expectStatus(await send(ann, conversation, secret), 201);
	group = await makeGroup(ann, [bob, cem], { name: secret, description: secret });
	const dan = await register();
	const asked = await dan.post(`/social/groups/${group.id}/join-requests`, { message: secret });
	expectStatus(asked, 201);
	request = asked.body.request.id;
	const made = await ann.post(`/social/groups/${group.id}/links`, {});
	expectStatus(made, 201);
	link = made.body.link.id;
	expectStatus(await ann.put(`/social/groups/${group.id}/announcement`, { text: secret }), 200);
	expectStatus(await ann.patch(`/social/groups/${group.id}`, { findable: false }), 200);
	found = await makeGroup(ann, [bob, cem], { join_policy: 'approval', name: 'found' });
	expectStatus(await ann.put(`/social/groups/${found.id}/announcement`, { text: secret }), 200);
	for (const { id } of [group, found]) {
		expectStatus(await ann.delete(`/social/groups/${id}/members/${cem.id}`), 204);
		expectStatus(await send(ann, id, secret), 201);
	}
});

test('there are routes to test', () => {
	assert.ok(guarded.length > 10);
	assert.ok(ofConversations.length > 2);
	assert.ok(ofGroups.length > 15);
	const open = all.filter((route) => route.access === 'PUBLIC').map(nameOf);
	assert.deepEqual(open.filter((name) => !name.endsWith('/health')).sort(), [
		'POST /account/sessions',
		'POST /account/sessions/refresh',
		'POST /account/users',
		'GET /social/group-links/*token',
		'GET /media/files/:media/*variant',
	].sort(), 'every other route wants a token');
});

for (const route of guarded) {
	test(`${nameOf(route)} refuses whoever has no valid token`, async () => {
		const [header, claims] = ann.token.split('.');
		const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims}.`;
		for (const token of [undefined, 'x', `${header}.${claims}.AAAA`, unsigned]) {
			const answer = await api(route.method, pathOf(route, { conversation }), { token });
			expectProblem(answer, 401, 'unauthenticated');
			assert.ok(!answer.text.includes(secret));
		}
	});
}

/** A message of ann's that nothing was done to yet, and what one may do to it. */
async function freshMessage(place) {
	const answer = await send(ann, place, secret);
	expectStatus(answer, 201);
	return { conversation: place, seq: answer.body.message.seq, emoji: encodeURIComponent('👍') };
}

for (const route of ofConversations) {
	test(`${nameOf(route)} tells a stranger nothing`, async () => {
		const body = bodyFor(route);
		const path = pathOf(route, await freshMessage(conversation));
		const answer = await eve.request(route.method, path, body);
		assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
		expectNothing(answer);
		const member = await ann.request(route.method, path, body);
		assert.ok(member.status < 400, `the same from a member: ${member.status} ${member.text}`);
	});
}

function expectNothing(answer) {
	for (const word of [secret, ann.username, bob.username]) assert.ok(!answer.text.includes(word), answer.text);
}

for (const route of ofGroups) {
	test(`${nameOf(route)} tells a stranger nothing of a group that is not to be found`, async () => {
		const path = pathOf(route, { group: group.id, user: bob.id, request, link });
		const body = bodyFor(route);
		const answer = await eve.request(route.method, path, body);
		expectProblem(answer, 404, 'not_found');
		expectNothing(answer);
		const nowhere = await eve.request(route.method, pathOf(route, { group: 2 ** 52 }), body);
		const { request_id } = answer.body;
		assert.deepEqual({ ...nowhere.body, request_id }, answer.body, 'the same as of a group that is not there');
	});
}

for (const route of ofConversations) {
	test(`${nameOf(route)} tells a stranger nothing of a group`, async () => {
		const path = pathOf(route, await freshMessage(group.id));
		const answer = await eve.request(route.method, path, bodyFor(route));
		assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
		expectNothing(answer);
		const member = await ann.request(route.method, path, bodyFor(route));
		assert.ok(member.status < 400, `the same from a member: ${member.status} ${member.text}`);
	});
}

/** Who is outside of which group, besides. */
const outsiders = {
	'a stranger nothing of a group that can be found': () => [eve, found],
	'a removed member nothing of a group that is not to be found': () => [cem, group],
	'a removed member nothing of a group that can be found': () => [cem, found],
};
/** What a group that can be found is for: to be looked at from outside, and to be asked for. */
const openOfFound = ['GET /groups/:group', 'POST /groups/:group/join-requests'];

for (const [what, cast] of Object.entries(outsiders)) {
	for (const route of [...ofGroups, ...ofConversations]) {
		test(`${nameOf(route)} tells ${what}`, async () => {
			const [outsider, { id }] = cast();
			const path = pathOf(route, { ...(await freshMessage(id)), group: id, user: bob.id, request, link });
			const answer = await outsider.request(route.method, path, bodyFor(route));
			expectNothing(answer);
			if (id === found.id && openOfFound.includes(`${route.method} ${route.pattern}`))
				return expectStatus(answer, 200, 201);
			assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
		});
	}
}

test('what the strangers tried has not changed the group', async () => {
	const answer = await ann.get(`/social/groups/${group.id}`);
	expectStatus(answer, 200);
	const { name, owner_id, announcement, member_count } = answer.body.group;
	assert.deepEqual([name, owner_id, announcement, member_count], [secret, ann.id, secret, 2]);
	const requests = (await ann.get(`/social/groups/${group.id}/join-requests`)).body.requests;
	assert.deepEqual(requests.map((one) => [one.id, one.status]), [[request, 'pending']]);
	const links = (await ann.get(`/social/groups/${group.id}/links`)).body.links;
	assert.deepEqual(links.map((one) => [one.id, one.revoked_at]), [[link, null]]);
	const other = (await ann.get(`/social/groups/${found.id}`)).body.group;
	assert.deepEqual([other.name, other.owner_id, other.announcement, other.member_count],
		['found', ann.id, secret, 2]);
});

test('sync has nothing of the conversations of others', async () => {
	const answer = await eve.get('/chat/sync');
	expectStatus(answer, 200);
	assert.ok(!answer.text.includes(secret));
});

test('a live connection gets nothing of the conversations of others, and cannot type into them', async () => {
	const [hers, his] = await Promise.all([connectLive(eve), connectLive(bob)]);
	after(() => closeAll(hers, his));
	hers.send({ op: 'typing', conversation });
	expectStatus(await send(ann, conversation, 'for bob'), 201);
	await his.next('message', (event) => event.body?.text === 'for bob');
	// What reached bob would have reached eve by now: a message to herself comes after it.
	const hers_too = await befriend(eve, await register());
	expectStatus(await send(eve, hers_too, 'mark'), 201);
	await hers.next('message', (event) => event.conversation_id === hers_too && event.body.text === 'mark');
	assert.deepEqual(hers.events.filter((event) => event.conversation_id === conversation), []);
	assert.deepEqual(his.events.filter((event) => event.event === 'typing'), []);
});

test('what the strangers tried left no trace', async () => {
	const rows = (await history(bob, conversation)).filter((row) => row.kind === 'text');
	const texts = rows.map((row) => row.body?.text);
	assert.ok(texts.includes(secret));
	assert.equal(texts.filter((text) => text === 'from outside').length, 2, "only the member's own");
});
