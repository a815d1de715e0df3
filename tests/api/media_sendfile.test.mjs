// Downloads that lighttpd sends, because the program names the file (X-Sendfile).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { register } from '../harness/client.mjs';
import { uploadOk } from '../harness/media.mjs';
import { parts, program } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const directory = mkdtempSync(path.join(tmpdir(), 'hichat-sendfile-'));
const store = path.join(parts.directory, 'media');
const bytes = randomBytes(200_000);
let port;
let server;
let url;

async function freePort() {
	const probe = createServer();
	await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port: found } = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return found;
}

before(async () => {
	port = await freePort();
	const file = path.join(directory, 'lighttpd.conf');
	writeFileSync(file, `
		server.bind = "127.0.0.1"
		server.port = ${port}
		server.document-root = "${directory}"
		server.modules = ( "mod_fastcgi" )
		fastcgi.server = ( "/api/v1/media/" => ((
			"socket" => "${directory}/media", "bin-path" => "${program('media')}", "max-procs" => 1,
			"check-local" => "disable", "x-sendfile" => "enable", "x-sendfile-docroot" => ( "${store}" ),
			"bin-environment" => ( "HICHAT_CONFIG" => "${parts.config}", "HICHAT_MEDIA_SENDFILE" => "yes" )
		)))`);
	server = spawn('lighttpd', ['-D', '-f', file], { stdio: 'ignore' });
	const health = () => fetch(`http://127.0.0.1:${port}/api/v1/media/health`).then((answer) => answer.ok, () => false);
	await eventually('the web server is there', health);
	const media = await uploadOk(await register(), 'file', bytes, { name: 'large.bin' });
	url = `http://127.0.0.1:${port}${media.url.slice(media.url.indexOf('/api/'))}`;
});

after(() => {
	server?.kill();
	rmSync(directory, { recursive: true, force: true });
});

test('all of it, with the headers of the program', async () => {
	const answer = await fetch(url);
	assert.equal(answer.status, 200);
	assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes));
	assert.equal(answer.headers.get('x-sendfile'), null, 'where it is stays inside');
	assert.equal(answer.headers.get('content-length'), String(bytes.length));
	assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
	assert.match(answer.headers.get('content-disposition'), /^attachment; filename="large.bin"/);
	assert.match(answer.headers.get('content-security-policy'), /sandbox/);
	assert.match(answer.headers.get('cache-control'), /^private/);
});

test('a part of it', async () => {
	const answer = await fetch(url, { headers: { range: 'bytes=100000-100009' } });
	assert.equal(answer.status, 206);
	assert.equal(answer.headers.get('content-range'), `bytes 100000-100009/${bytes.length}`);
	assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(100_000, 100_010)));
});

test('nothing without a signature', async () => {
	const answer = await fetch(url.replace(/signature=./, 'signature=_.'));
	assert.equal(answer.status, 403);
});
