// Clients that announce a body and do not send it: by malice, or out of a tunnel.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { api, register, site } from '../harness/client.mjs';
import { soon } from '../harness/wait.mjs';

const MANY = 64; // more than any program has workers

async function halfRequest(t, path, token) {
	const { hostname, port } = new URL(site);
	const socket = connect(Number(port), hostname);
	t.after(() => socket.destroy());
	await once(socket, 'connect');
	socket.write([
		`POST /api/v1${path} HTTP/1.1`, `Host: ${hostname}`, `Authorization: Bearer ${token}`,
		'Content-Type: application/json', 'Content-Length: 6000', '', '{"',
	].join('\r\n'));
}

for (const path of ['/account/sessions', '/chat/receipts']) {
	test(`slow bodies at ${path} keep nobody else waiting`, async (t) => {
		const ann = await register();
		await Promise.all(Array.from({ length: MANY }, () => halfRequest(t, path, ann.token)));
		const [, program] = path.split('/');
		const health = await soon('the program answers', api('GET', `/${program}/health`));
		assert.equal(health.status, 200);
	});
}
