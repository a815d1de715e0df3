// Tickets for live connections.  What a ticket opens is tested in tests/live.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { Redis } from '../harness/resp.mjs';
import { parts } from '../harness/stack.mjs';

test('everybody gets a ticket, another one each time', async () => {
	const ann = await register();
	const answers = [await ann.post('/chat/live-tickets'), await ann.post('/chat/live-tickets', {})];
	for (const answer of answers) {
		expectStatus(answer, 201);
		assert.deepEqual(Object.keys(answer.body).sort(), ['expires_in', 'ticket', 'url']);
		assert.match(answer.body.ticket, /^[A-Za-z0-9_-]{43}$/);
		assert.equal(answer.body.expires_in, 30);
		assert.equal(answer.body.url, '/live');
		assert.match(answer.headers.get('cache-control'), /no-store/);
	}
	assert.notEqual(answers[0].body.ticket, answers[1].body.ticket);
});

test('nobody gets one without a token', async () => {
	expectProblem(await api('POST', '/chat/live-tickets'), 401, 'unauthenticated');
});

test('without a daemon there are none: clients poll', async () => {
	const { token } = await register();
	const answer = await cgi('chat', 'POST', '/live-tickets', { token, env: { HICHAT_LIVE_URL: '' } });
	expectProblem(answer, 404, 'not_found');
});

test('without Redis there are none for now', async () => {
	const { token } = await register();
	for (const env of [{ HICHAT_REDIS_SOCKET: '/nonexistent/redis.sock' }, { HICHAT_REDIS_ENABLED: 'no' }]) {
		const answer = await cgi('chat', 'POST', '/live-tickets', { token, env });
		expectProblem(answer, 503, 'unavailable');
	}
});

/** What wsd would read. */
async function contents(t, person) {
	const answer = await person.post('/chat/live-tickets');
	expectStatus(answer, 201);
	const redis = await Redis.connect(path.join(parts.directory, 'run/redis.sock'));
	t.after(() => redis.close());
	return JSON.parse(await redis.call('GETDEL', `hichat:ticket:${answer.body.ticket}`));
}

test('a ticket tells of friends and small groups, but of nobody across a block', async (t) => {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	const [withBob, withCem] = [await befriend(ann, bob), await befriend(ann, cem)];
	const ascending = (...people) => people.map(({ id }) => id).sort((a, b) => a - b);
	const small = await makeGroup(ann, [bob, cem]);
	const full = await makeGroup(ann, await crowd(49, ann));
	await makeGroup(ann, await crowd(50, ann));
	await makeGroup(ann);
	const ended = await makeGroup(ann, [bob]);
	expectStatus(await ann.delete(`/social/groups/${ended.id}`), 204);
	expectStatus(await cem.put(`/social/blocks/${ann.id}`), 200);

	const ticket = await contents(t, ann);
	assert.equal(ticket.user, ann.id);
	assert.ok(ticket.watch.includes(bob.id) && !ticket.watch.includes(cem.id));
	const entries = new Map(ticket.conversations.map(([id, ...users]) => [id, users]));
	assert.deepEqual([...entries.keys()].sort((a, b) => a - b), [withBob, small.id, full.id].sort((a, b) => a - b));
	assert.deepEqual(entries.get(withBob), [bob.id]);
	assert.deepEqual(entries.get(small.id), ascending(ann, bob, cem));
	assert.equal(entries.get(full.id).length, 50);
	assert.ok(!entries.has(withCem));
});
