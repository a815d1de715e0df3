// Made from the route tables: nobody gets anywhere without a token, and nobody who is not in a
// conversation learns anything of it.  A new route is tested from the moment it is in its table.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { routes } from '../harness/stack.mjs';

const all = routes();
const guarded = all.filter((route) => route.access === 'USER');
const ofConversations = all.filter((route) => route.pattern.includes(':conversation'));

/** What gets a route that takes a body past the checks of its input. */
const bodies = {
	'PATCH /conversations/:conversation': () => ({ pinned: true }),
	'POST /conversations/:conversation/messages': () => ({
		client_key: randomUUID(),
		kind: 'text',
		body: { text: 'from outside' },
	}),
};

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
const secret = `secret-${randomUUID()}`;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
	expectStatus(await send(ann, conversation, secret), 201);
});

test('there are routes to test', () => {
	assert.ok(guarded.length > 10);
	assert.ok(ofConversations.length > 2);
	const open = all.filter((route) => route.access === 'PUBLIC').map(nameOf);
	assert.deepEqual(open.filter((name) => !name.endsWith('/health')).sort(), [
		'POST /account/sessions',
		'POST /account/sessions/refresh',
		'POST /account/users',
	], 'every other route wants a token');
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

for (const route of ofConversations) {
	test(`${nameOf(route)} tells a stranger nothing`, async () => {
		const key = `${route.method} ${route.pattern}`;
		const takesBody = ['POST', 'PUT', 'PATCH'].includes(route.method);
		assert.ok(!takesBody || key in bodies, `this test needs a body for ${key}`);
		const body = bodies[key]?.();
		const path = pathOf(route, { conversation, seq: 1 });
		const answer = await eve.request(route.method, path, body);
		assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
		for (const word of [secret, ann.username, bob.username])
			assert.ok(!answer.text.includes(word), answer.text);
		const member = await ann.request(route.method, path, body);
		assert.ok(member.status < 400, `the same from a member: ${member.status} ${member.text}`);
	});
}

test("a receipt for someone else's conversation is refused and changes nothing", async () => {
	const receipts = [{ conversation_id: conversation, read_seq: 1, delivered_seq: 1 }];
	const answer = await eve.post('/chat/receipts', { receipts });
	assert.ok([403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
	const heads = (await eve.get('/chat/sync')).body.conversations;
	assert.deepEqual(heads.filter((head) => head.id === conversation), []);
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
	await his.next('message', (event) => event.body.text === 'for bob');
	// What reached bob would have reached eve by now: a message to herself comes after it.
	const hers_too = await befriend(eve, await register());
	expectStatus(await send(eve, hers_too, 'mark'), 201);
	await hers.next('message', (event) => event.conversation_id === hers_too && event.body.text === 'mark');
	assert.deepEqual(hers.events.filter((event) => event.conversation_id === conversation), []);
	assert.deepEqual(his.events.filter((event) => event.event === 'typing'), []);
});

test('what the strangers tried left no trace', async () => {
	const texts = (await history(bob, conversation)).map((message) => message.body?.text);
	assert.ok(texts.includes(secret));
	assert.equal(texts.filter((text) => text === 'from outside').length, 1, "only the member's own");
});
