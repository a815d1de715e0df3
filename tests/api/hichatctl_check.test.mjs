// hichatctl check: a verdict for everything, and an exit status that scripts can use.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { scratchDatabase } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { parts } from '../harness/stack.mjs';

const directory = path.join(parts.root, 'sql/migrations');

/** Something that answers as wsd's /health does, so that these tests stand alone. */
async function health(t, status) {
	const server = createServer((request, response) => {
		response.statusCode = request.url === '/health' ? status : 404;
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => server.close());
	return `127.0.0.1:${server.address().port}`;
}

async function check(env = {}) {
	const run = await hichatctl(['check', '--dir', directory], { env });
	const verdicts = {};
	for (const line of run.out.split('\n')) {
		const match = /^(ok|warning|FAILED) +([a-z ]+?) {2,}(.*)$/.exec(line) ?? /^(ok|warning|FAILED) +(character set|runtime files|configuration|token keys) (.*)$/.exec(line);
		if (match) verdicts[match[2].trim()] = { verdict: match[1], told: match[3] };
	}
	return { ...run, verdicts };
}

test('an instance in order gets a good verdict for every part', async (t) => {
	const run = await check({ HICHAT_LIVE_METRICS_LISTEN: await health(t, 200) });
	assert.equal(run.status, 0, run.out + run.err);
	const parts_checked = ['configuration', 'token keys', 'runtime files', 'log', 'media', 'database', 'server', 'character set', 'schema', 'durability', 'connections', 'redis', 'wsd'];
	assert.deepEqual(Object.keys(run.verdicts), parts_checked);
	for (const [part, { verdict, told }] of Object.entries(run.verdicts)) assert.equal(verdict, 'ok', `${part}: ${told}`);
	assert.match(run.out, /Everything is in order\.\n$/);
});

const broken = {
	'token keys': { env: { HICHAT_AUTH_TOKEN_KEYS: 'k1:abcd' }, told: /token_keys/ },
	'runtime files': { env: { HICHAT_SERVE_RUNTIME_DIRECTORY: '/nonexistent' }, told: /No such file.*\[serve\] runtime_directory/ },
	log: { env: { HICHAT_LOG_DESTINATION: '/nonexistent/log' }, told: /No such file/ },
	media: { env: { HICHAT_MEDIA_PATH: '/nonexistent' }, told: /No such file.*\[media\] path/ },
	database: { env: { HICHAT_DATABASE_SOCKET: '/nonexistent/socket' }, told: /is the server running\? See \[database\]/ },
	redis: { env: { HICHAT_REDIS_SOCKET: '/nonexistent/socket' }, told: /clients poll/ },
	wsd: { env: { HICHAT_LIVE_METRICS_LISTEN: 'unix:/nonexistent/socket' }, told: /No such file/ },
};

for (const [part, { env, told }] of Object.entries(broken)) {
	test(`${part}: what is wrong is said, and the exit status is 1`, async (t) => {
		const run = await check({ HICHAT_LIVE_METRICS_LISTEN: await health(t, 200), ...env });
		assert.equal(run.status, 1, run.out);
		assert.equal(run.verdicts[part].verdict, 'FAILED', run.out);
		assert.match(run.verdicts[part].told, told);
		const others = Object.entries(run.verdicts).filter(([name]) => name !== part);
		for (const [name, { verdict }] of others) assert.equal(verdict, 'ok', name);
	});
}

test('a daemon that is not healthy is told apart from one that is away', async (t) => {
	const run = await check({ HICHAT_LIVE_METRICS_LISTEN: await health(t, 503) });
	assert.equal(run.status, 1);
	assert.match(run.verdicts.wsd.told, /not healthy: .* answers 503/);
});

test('a schema that is not migrated is told with its cure', async (t) => {
	const run = await check({ HICHAT_LIVE_METRICS_LISTEN: await health(t, 200), HICHAT_DATABASE_NAME: await scratchDatabase(t) });
	assert.equal(run.status, 1);
	assert.match(run.verdicts.schema.told, /empty: run `hichatctl migrate`/);
});

test('parts that are switched off are in order', async () => {
	const run = await check({ HICHAT_LIVE_URL: '', HICHAT_REDIS_ENABLED: 'no' });
	assert.equal(run.status, 0, run.out);
	assert.match(run.verdicts.redis.told, /not used/);
	assert.match(run.verdicts.wsd.told, /not used/);
});

test('a configuration that is none is explained', async () => {
	const run = await check({ HICHAT_DATABASE_PORT: 'x' });
	assert.equal(run.status, 1);
	assert.equal(run.verdicts.configuration.verdict, 'FAILED');
	assert.match(run.err, /\[database\] port = x: it must be a whole number/);
	const missing = await hichatctl(['--config', '/nonexistent.conf', 'check']);
	assert.equal(missing.status, 1);
	assert.match(missing.err, /nonexistent\.conf/);
});
