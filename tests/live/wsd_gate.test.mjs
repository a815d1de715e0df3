// Who may upgrade at all.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { Daemon } from '../harness/daemon.mjs';

const good = {
	Host: 'chat.example.org',
	Connection: 'Upgrade',
	Upgrade: 'websocket',
	'Sec-WebSocket-Version': '13',
	'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
	'Sec-WebSocket-Protocol': 'hichat.v1',
	Origin: 'https://chat.example.org',
};

/** What comes back for these bytes, until wsd closes or has answered with a head. */
async function exchange(wsd, request) {
	const socket = connect(path.join(wsd.directory, 'live.sock'));
	let answer = '';
	socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
	socket.on('error', () => {});
	socket.write(request);
	const closed = new Promise((resolve) => socket.on('close', resolve));
	const headed = new Promise((resolve) => {
		socket.on('data', () => answer.includes('\r\n\r\n') && resolve());
	});
	await Promise.race([closed, headed]);
	socket.destroy();
	return answer.slice(0, answer.indexOf('\r\n'));
}

function upgrade(wsd, changes = {}, start = 'GET /live HTTP/1.1') {
	const headers = Object.entries({ ...good, ...changes }).filter(([, value]) => value !== null);
	return exchange(wsd, [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n'));
}

test('a proper upgrade passes', async (t) => {
	const wsd = await Daemon.start(t);
	for (const changes of [{}, { Origin: null }, { Upgrade: 'WebSocket' },
		{ 'Sec-WebSocket-Protocol': 'chat, hichat.v1' }])
		assert.equal(await upgrade(wsd, changes), 'HTTP/1.1 101 Switching Protocols');
});

const refused = {
	'no subprotocol': { 'Sec-WebSocket-Protocol': null },
	'another subprotocol': { 'Sec-WebSocket-Protocol': 'hichat.v2' },
	'a longer subprotocol': { 'Sec-WebSocket-Protocol': 'hichat.v11' },
	"the name of lws's first protocol": { 'Sec-WebSocket-Protocol': 'http' },
	'that one before ours': { 'Sec-WebSocket-Protocol': 'http, hichat.v1' },
	'an endless subprotocol': { 'Sec-WebSocket-Protocol': `${'x'.repeat(2000)}, hichat.v1` },
	'version 8': { 'Sec-WebSocket-Version': '8' },
	'no version': { 'Sec-WebSocket-Version': null },
	'no key': { 'Sec-WebSocket-Key': null },
	'HTTP/2': { Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQAAP__' },
	'another upgrade': { Upgrade: 'tls/1.0' },
	'no upgrade': { Upgrade: null, Connection: 'close' },
	'another origin': { Origin: 'https://evil.example.org' },
	'the origin with another port': { Origin: 'https://chat.example.org:8443' },
	'the origin without TLS': { Origin: 'http://chat.example.org' },
	'an origin that ends alike': { Origin: 'https://chat.example.org.evil.net' },
	'the origin of a sandbox': { Origin: 'null' },
	'an endless origin': { Origin: `https://${'x'.repeat(1000)}` },
};

test('whatever else is refused', async (t) => {
	const wsd = await Daemon.start(t);
	for (const [what, changes] of Object.entries(refused)) {
		const answer = await upgrade(wsd, changes);
		assert.match(answer, /^$|^HTTP\/1\.[01] 4\d\d /, what);
	}
	assert.equal(await wsd.metric('connections_total'), 0);
	assert.equal(await upgrade(wsd), 'HTTP/1.1 101 Switching Protocols', 'it is still there');
});

test('CONNECT, other methods and noise make no connection', async (t) => {
	const wsd = await Daemon.start(t);
	assert.doesNotMatch(await upgrade(wsd, {}, 'CONNECT example.org:80 HTTP/1.1'), / (101|200) /);
	assert.match(await exchange(wsd, 'GET /live HTTP/1.1\r\nHost: x\r\n\r\n'), / 404 /);
	assert.doesNotMatch(await exchange(wsd, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), / (101|200) /);
	assert.doesNotMatch(await exchange(wsd, '\x16\x03\x01\x02\0\x01\0\r\n\r\n'), / (101|200) /);
	assert.equal(await wsd.metric('connections_total'), 0);
});

test('without [live] origins, the host that was asked for is the origin', async (t) => {
	const wsd = await Daemon.start(t, { origins: '' });
	assert.match(await upgrade(wsd), / 101 /);
	assert.match(await upgrade(wsd, { Host: 'localhost:8080', Origin: 'http://localhost:8080' }), / 101 /);
	assert.match(await upgrade(wsd, { Origin: 'https://evil.example.org' }), / 403 /);
});

test('several origins, and any origin', async (t) => {
	const wsd = await Daemon.start(t, { origins: 'https://a.example.org, https://b.example.org:81' });
	assert.match(await upgrade(wsd, { Origin: 'https://a.example.org' }), / 101 /);
	assert.match(await upgrade(wsd, { Origin: 'https://b.example.org:81' }), / 101 /);
	assert.match(await upgrade(wsd), / 403 /);
	const open = await Daemon.start(t, { origins: '*' }, { store: wsd.store });
	assert.match(await upgrade(open, { Origin: 'https://anywhere.example.org' }), / 101 /);
});
