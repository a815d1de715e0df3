// Asking, accepting, declining; crossing requests; double answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const ask = (from, to, more = {}) => from.post('/social/friend-requests', { user_id: to.id, ...more });
const answer = (person, request, status, more = {}) =>
	person.put(`/social/friend-requests/${request.id}`, { status, ...more });

async function friendsOf(person) {
	const list = await person.get('/social/friends');
	expectStatus(list, 200);
	return list.body.friends;
}

test('a request is seen by both, with its message, and by nobody else', async () => {
	const [ann, bob, eve] = await people(3);
	const asked = await ask(ann, bob, { message: '我是安 👋', remark: 'Bobby' });
	expectStatus(asked, 201);
	assert.equal(asked.body.request.status, 'pending');
	assert.equal(asked.body.request.remark, 'Bobby');

	const inbox = await bob.get('/social/friend-requests?box=in&status=pending');
	expectStatus(inbox, 200);
	assert.equal(inbox.body.requests.length, 1);
	const [request] = inbox.body.requests;
	assert.equal(request.from.id, ann.id);
	assert.equal(request.to.id, bob.id);
	assert.equal(request.message, '我是安 👋');
	assert.equal(request.remark, undefined, 'what she calls him is hers alone');

	const outbox = await ann.get('/social/friend-requests?box=out');
	assert.deepEqual(outbox.body.requests.map((r) => r.id), [request.id]);
	assert.deepEqual((await eve.get('/social/friend-requests')).body.requests, []);
	expectProblem(await answer(eve, request, 'accepted'), 404, 'not_found');
});

test('accepting makes both friends, with remarks, a conversation and a row that says so', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob, { remark: 'Bobby' })).body;
	const accepted = await answer(bob, request, 'accepted', { remark: 'Annie' });
	expectStatus(accepted, 200);
	assert.equal(accepted.body.request.status, 'accepted');
	assert.ok(accepted.body.request.answered_at >= accepted.body.request.created_at);

	const [hers] = await friendsOf(ann);
	const [his] = await friendsOf(bob);
	assert.equal(hers.user.id, bob.id);
	assert.equal(hers.remark, 'Bobby');
	assert.equal(his.user.id, ann.id);
	assert.equal(his.remark, 'Annie');

	const sync = await ann.get('/chat/sync');
	assert.equal(sync.body.conversations.length, 1);
	const rows = await history(ann, sync.body.conversations[0].id);
	assert.deepEqual(rows.map((r) => [r.seq, r.kind, r.body.event]), [[1, 'system', 'friends']]);
	assert.equal(sync.body.conversations[0].unread, 1);
	assert.equal((await bob.get('/chat/sync')).body.conversations[0].unread, 0, 'he did it himself');
});

test('declining leaves them strangers, and is told to nobody', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob)).body;
	expectStatus(await answer(bob, request, 'declined'), 200);
	assert.deepEqual(await friendsOf(ann), []);
	assert.equal((await ann.get('/social/notifications')).body.unread, 0);
	expectProblem(await answer(bob, request, 'accepted'), 409, 'already_answered');
});

test('asking twice is one request', async () => {
	const [ann, bob] = await people(2);
	const first = await ask(ann, bob);
	const again = await ask(ann, bob);
	expectStatus(again, 200);
	assert.equal(again.body.request.id, first.body.request.id);
	const both = await bob.get('/social/notifications');
	assert.equal(both.body.notifications.length, 1, 'and one notification');
});

test('crossing requests accept each other', async () => {
	const [ann, bob] = await people(2);
	expectStatus(await ask(ann, bob, { remark: 'B' }), 201);
	const crossing = await ask(bob, ann, { remark: 'A' });
	expectStatus(crossing, 201);
	assert.equal(crossing.body.request.status, 'accepted');
	assert.deepEqual((await friendsOf(ann)).map((f) => [f.user.id, f.remark]), [[bob.id, 'B']]);
	assert.deepEqual((await friendsOf(bob)).map((f) => [f.user.id, f.remark]), [[ann.id, 'A']]);
	const pending = await ann.get('/social/friend-requests?status=pending');
	assert.deepEqual(pending.body.requests, []);
});

test('requests that cross at the same instant end in one friendship and one greeting', async () => {
	for (let round = 0; round < 5; round += 1) {
		const [ann, bob] = await people(2);
		const answers = await Promise.all([
			ask(ann, bob), ask(bob, ann), ask(ann, bob), ask(bob, ann),
		]);
		for (const each of answers)
			assert.ok([200, 201, 409].includes(each.status), each.text);
		assert.deepEqual((await friendsOf(ann)).map((f) => f.user.id), [bob.id]);
		const sync = await ann.get('/chat/sync');
		assert.equal(sync.body.conversations.length, 1);
		assert.equal((await history(ann, sync.body.conversations[0].id)).length, 1);
	}
});

test('one request answered from sixteen devices at once has one outcome', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob)).body;
	const wishes = Array.from({ length: 16 }, (_, i) => (i % 2 ? 'accepted' : 'declined'));
	const answers = await Promise.all(wishes.map((wish) => answer(bob, request, wish)));
	const outcomes = new Set();
	for (const each of answers) {
		if (each.status === 200) outcomes.add(each.body.request.status);
		else expectProblem(each, 409, 'already_answered');
	}
	assert.equal(outcomes.size, 1);
	const friends = await friendsOf(ann);
	assert.equal(friends.length, outcomes.has('accepted') ? 1 : 0);
});

const DAY = 24 * 3600 * 1000;
const aged = (request, ms) => sql(`UPDATE friend_request SET created_at = created_at - ${ms},
    answered_at = answered_at - ${ms} WHERE id = ${request.id}`);
const statusesOf = async (person, query) => {
	const list = await person.get(`/social/friend-requests?${query}`);
	expectStatus(list, 200);
	return list.body.requests.map((r) => r.status);
};

test('a request asked again takes the new words, and keeps what was not said again', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob, { message: 'one', remark: 'B' })).body;
	const again = await ask(ann, bob, { message: 'two' });
	expectStatus(again, 200);
	assert.deepEqual([again.body.request.message, again.body.request.remark], ['two', 'B']);
	assert.equal((await bob.get('/social/friend-requests')).body.requests[0].message, 'two');
	assert.equal(again.body.request.created_at, request.created_at);
});

test('after 30 days a request is expired, cannot be answered, and can be asked again', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob)).body;
	await aged(request, 30 * DAY - 60_000);
	assert.deepEqual(await statusesOf(bob, 'status=pending'), ['pending'], 'not a minute before');
	await aged(request, 61_000);
	for (const [person, box] of [[ann, 'out'], [bob, 'in']]) {
		assert.deepEqual(await statusesOf(person, `box=${box}`), ['expired']);
		assert.deepEqual(await statusesOf(person, `box=${box}&status=expired`), ['expired']);
		assert.deepEqual(await statusesOf(person, `box=${box}&status=pending`), []);
	}
	for (const wish of ['accepted', 'declined'])
		expectProblem(await answer(bob, request, wish), 409, 'already_answered');
	const again = await ask(ann, bob);
	expectStatus(again, 201);
	assert.notEqual(again.body.request.id, request.id);
	assert.deepEqual(await statusesOf(ann, 'box=out'), ['pending', 'expired']);
	assert.equal((await bob.get('/social/notifications')).body.unread, 2, 'it is a new question');
	expectStatus(await answer(bob, again.body.request, 'accepted'), 200);
});

test('an expired request crosses nothing', async () => {
	const [ann, bob] = await people(2);
	await aged((await ask(ann, bob)).body.request, 31 * DAY);
	const his = await ask(bob, ann);
	expectStatus(his, 201);
	assert.equal(his.body.request.status, 'pending');
	assert.deepEqual(await friendsOf(ann), []);
	assert.equal((await ask(ann, bob)).body.request.status, 'accepted', 'but this one does');
});

test('after a no one may ask again in a day, and is told when', async () => {
	const [ann, bob] = await people(2);
	const { request } = (await ask(ann, bob)).body;
	expectStatus(await answer(bob, request, 'declined'), 200);
	const refused = await ask(ann, bob);
	expectProblem(refused, 429, 'recently_declined');
	const wait = Number(refused.headers.get('retry-after'));
	assert.ok(wait > 86_000 && wait <= 86_400, `${wait}`);
	await aged(request, DAY - 60_000);
	assert.ok(Number((await ask(ann, bob)).headers.get('retry-after')) <= 60);
	await aged(request, 60_000);
	expectStatus(await ask(ann, bob), 201);
});

test('who declined may ask', async () => {
	const [ann, bob] = await people(2);
	expectStatus(await answer(bob, (await ask(ann, bob)).body.request, 'declined'), 200);
	expectStatus(await ask(bob, ann), 201);
	assert.equal((await ask(ann, bob)).body.request.status, 'accepted');
});

test('who takes no requests is not asked, but may ask, and be answered by asking', async () => {
	const [ann, bob, cem] = await people(3);
	const { request } = (await ask(cem, bob)).body;
	expectStatus(await bob.patch('/account/me', { takes_requests: false }), 200);
	expectProblem(await ask(ann, bob), 403, 'blocked');
	assert.equal((await bob.get('/social/notifications')).body.unread, 1);
	assert.deepEqual((await ask(cem, bob)).body.request, request, 'what was open stays open');
	expectStatus(await ask(bob, ann), 201);
	assert.equal((await ask(ann, bob)).body.request.status, 'accepted');
});

test('refused: oneself, friends, strangers to the system, answering for the other', async () => {
	const [ann, bob, cem] = await people(3);
	await befriend(ann, bob);
	expectProblem(await ask(ann, ann), 422, 'invalid_field', 'user_id');
	expectProblem(await ask(ann, bob), 409, 'already_friends');
	expectProblem(await ask(ann, { id: 2 ** 52 }), 404, 'not_found');
	const { request } = (await ask(ann, cem)).body;
	expectProblem(await answer(ann, request, 'accepted'), 403, 'forbidden');
	expectProblem(await ann.put(`/social/friend-requests/${2 ** 52}`, { status: 'accepted' }), 404, 'not_found');
});

test('invalid input names the field', async () => {
	const [ann, bob] = await people(2);
	const create = (body) => ann.post('/social/friend-requests', body);
	expectProblem(await create({}), 422, 'invalid_field', 'user_id');
	expectProblem(await create({ user_id: String(bob.id) }), 422, 'invalid_field', 'user_id');
	expectProblem(await create({ user_id: -1 }), 422, 'invalid_field', 'user_id');
	expectProblem(await create({ user_id: bob.id, message: 'x'.repeat(201) }), 422, 'invalid_field', 'message');
	expectProblem(await create({ user_id: bob.id, remark: 'a\u0007b' }), 422, 'invalid_field', 'remark');
	const { request } = (await ask(ann, bob)).body;
	expectProblem(await answer(bob, request, 'perhaps'), 422, 'invalid_field', 'status');
	expectProblem(await bob.put(`/social/friend-requests/${request.id}`, {}), 422, 'invalid_field', 'status');
	expectProblem(await ann.get('/social/friend-requests?box=attic'), 422, 'invalid_field', 'box');
	expectProblem(await ann.get('/social/friend-requests?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get('/social/friend-requests?before=x'), 422, 'invalid_field', 'before');
});

test('the list is paged by key, newest first', async () => {
	const [ann, ...others] = await people(5);
	for (const other of others) expectStatus(await ask(other, ann), 201);
	const first = await ann.get('/social/friend-requests?limit=3');
	assert.equal(first.body.more, true);
	const before = first.body.requests.at(-1).id;
	const second = await ann.get(`/social/friend-requests?limit=3&before=${before}`);
	assert.equal(second.body.more, false);
	const order = [...first.body.requests, ...second.body.requests].map((r) => r.from.id);
	assert.deepEqual(order, others.map((o) => o.id).reverse());
});
