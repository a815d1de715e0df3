// What the samples make of lighttpd and Apache: headers, caching, compression, and what has to
// come through to the programs and back.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { api, expectStatus, register, site } from '../harness/client.mjs';

/** fetch() decompresses silently; this tells what was on the wire. */
function raw(path, headers = {}, method = 'GET') {
	return new Promise((resolve, reject) => {
		request(`${site}${path}`, { method, headers }, (response) => {
			const pieces = [];
			response.on('data', (piece) => pieces.push(piece));
			response.on('end', () => resolve({
				status: response.statusCode,
				headers: response.headers,
				body: Buffer.concat(pieces),
			}));
		}).on('error', reject).end();
	});
}

async function assets() {
	const page = await raw('/');
	assert.equal(page.status, 200);
	return [...String(page.body).matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map((match) => `/${match[1]}`);
}

test('the UI comes with a strict policy', async () => {
	const { status, headers } = await raw('/');
	assert.equal(status, 200);
	assert.match(headers['content-type'], /^text\/html; ?charset=utf-8$/i);
	const policy = headers['content-security-policy'];
	assert.match(policy, /default-src 'self'/);
	assert.match(policy, /frame-ancestors 'none'/);
	assert.doesNotMatch(policy, /unsafe|\*|https?:/);
	assert.equal(headers['x-content-type-options'], 'nosniff');
	assert.equal(headers['x-frame-options'], 'DENY');
	assert.equal(headers['referrer-policy'], 'no-referrer');
});

test('index.html is asked for again each time, and answered 304', async () => {
	const first = await raw('/');
	assert.equal(first.headers['cache-control'], 'no-cache');
	const again = await raw('/', { 'if-none-match': first.headers.etag });
	assert.equal(again.status, 304);
});

test('assets are kept, compressed, of their type, and only when they exist', async () => {
	const names = await assets();
	assert.ok(names.some((name) => name.endsWith('.js')) && names.some((name) => name.endsWith('.css')));
	for (const name of names) {
		const { status, headers } = await raw(name, { 'accept-encoding': 'gzip' });
		assert.equal(status, 200, name);
		assert.match(headers['cache-control'], /max-age=3\d{7}\b/);
		assert.match(headers['cache-control'], /immutable/);
		assert.match(headers['content-type'], name.endsWith('.js') ? /^text\/javascript/ : /^text\/css/);
		assert.equal(headers['x-content-type-options'], 'nosniff');
	}
	const largest = await raw(names.find((name) => /app.*\.js$/.test(name)), { 'accept-encoding': 'gzip' });
	assert.equal(largest.headers['content-encoding'], 'gzip');
	const missing = await raw('/assets/app-00000000.js');
	assert.equal(missing.status, 404);
	assert.doesNotMatch(missing.headers['cache-control'] ?? '', /max-age=[1-9]/);
});

test('what is not there is 404, and directories are not listed', async () => {
	for (const path of ['/nothing', '/nothing.js', '/assets/', '/../etc/passwd', '/.htaccess'])
		assert.ok([400, 403, 404].includes((await raw(path)).status), path);
});

test('the access token reaches the programs', async () => {
	const ann = await register();
	expectStatus(await ann.get('/account/me'), 200);
	expectStatus(await api('GET', '/account/me'), 401);
});

test('answers of the programs are neither cached nor sniffed, and name their request', async () => {
	const answer = await api('GET', '/account/me', { headers: { 'x-request-id': 'from-outside-1' } });
	assert.match(answer.headers.get('cache-control'), /no-store/);
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
	assert.equal(answer.headers.get('x-request-id'), answer.body.request_id);
});

test('an ETag means the same with and without compression', async () => {
	const ann = await register();
	const path = '/api/v1/chat/sync';
	const authorization = `Bearer ${ann.token}`;
	for (const encoding of ['identity', 'gzip']) {
		const first = await raw(path, { authorization, 'accept-encoding': encoding });
		assert.equal(first.status, 200);
		assert.ok(first.headers.etag, 'sync has an ETag');
		const again = await raw(path, {
			authorization,
			'accept-encoding': encoding,
			'if-none-match': first.headers.etag,
		});
		assert.equal(again.status, 304, encoding);
		assert.equal(again.body.length, 0);
	}
});

test('every method arrives, and an unknown path below a program is its own 404', async () => {
	const ann = await register();
	for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
		const answer = await ann.request(method, '/account/no-such-thing', method === 'GET' ? undefined : {});
		assert.equal(answer.status, 404, method);
		assert.equal(answer.body.code, 'not_found', method);
	}
});

test('a body over the bound is refused as too large', async () => {
	const ann = await register();
	const answer = await ann.patch('/account/me', { bio: 'x'.repeat(100_000) });
	expectStatus(answer, 413);
	assert.equal(answer.body.code, 'too_large');
	const huge = await ann.patch('/account/me', { bio: 'x'.repeat(3_000_000) }).catch(() => ({ status: 413 }));
	assert.equal(huge.status, 413, 'by the web server itself');
});

test('/live takes WebSockets only', async () => {
	const { status } = await raw('/live');
	assert.ok(status >= 400 && status < 500, `${status}`);
});
