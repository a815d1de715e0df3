// Tickets for live connections.  What a ticket opens is tested in tests/live.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { api, expectProblem, expectStatus, register } from '../harness/client.mjs';

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
