// Downloads that the web server sends, because the program names the file (X-Sendfile): lighttpd, and
// Apache as its sample has it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { register } from '../harness/client.mjs';
import { uploadOk } from '../harness/media.mjs';
import { parts, program } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const root = path.resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const modules = process.env.APACHE_MODULES ?? '/usr/lib/apache2/modules';
const bytes = randomBytes(200_000);
const hash = createHash('sha256').update(bytes).digest('hex');
/** What started as root serves as somebody else, who is of the store's group. */
const user = process.getuid() === 0 ? 'www-data' : '';

const storeIn = (directory) => path.join(directory, 'store');
const environmentOf = (directory) =>
	({ HICHAT_CONFIG: parts.config, HICHAT_MEDIA_PATH: storeIn(directory), HICHAT_MEDIA_SENDFILE: 'yes' });

/** A store of its own with the one content in it, as the programs make it. */
function makeStore(directory) {
	const group = user === '' ? process.getgid() : Number(execFileSync('id', ['-g', user]));
	chmodSync(directory, 0o755);
	for (const below of ['', hash.slice(0, 2), `${hash.slice(0, 2)}/${hash.slice(2, 4)}`]) {
		const made = path.join(storeIn(directory), below);
		mkdirSync(made, { mode: 0o750 });
		chownSync(made, process.getuid(), group);
	}
	const file = path.join(storeIn(directory), hash.slice(0, 2), hash.slice(2, 4), hash);
	writeFileSync(file, bytes, { mode: 0o640 });
	chownSync(file, process.getuid(), group);
}

async function freePort() {
	const probe = createServer();
	await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

function startLighttpd(directory, port) {
	const file = path.join(directory, 'lighttpd.conf');
	const variables = Object.entries(environmentOf(directory)).map(([name, value]) => `"${name}" => "${value}"`);
	writeFileSync(file, `
		server.bind = "127.0.0.1"
		server.port = ${port}
		server.document-root = "${directory}"
		server.modules = ( "mod_fastcgi" )
		fastcgi.server = ( "/api/v1/media/" => ((
			"socket" => "${directory}/media", "bin-path" => "${program('media')}", "max-procs" => 1,
			"check-local" => "disable", "x-sendfile" => "enable", "x-sendfile-docroot" => ( "${storeIn(directory)}" ),
			"bin-environment" => ( ${variables.join(', ')} )
		)))`);
	return [spawn('lighttpd', ['-D', '-f', file], { stdio: 'ignore' })];
}

const apacheModules = ['mpm_event', 'authz_core', 'mime', 'alias', 'dir', 'headers', 'deflate', 'filter', 'reqtimeout',
	'proxy', 'proxy_fcgi', 'proxy_http', 'proxy_wstunnel', 'xsendfile'];

function startApache(directory, port) {
	const file = path.join(directory, 'apache.conf');
	const defines = { WWW: directory, SOCKETS: directory, MEDIA: storeIn(directory), WSD: 1, LISTEN: `127.0.0.1:${port}`, NAME: '127.0.0.1' };
	writeFileSync(file, `
${apacheModules.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
ServerRoot ${directory}
ServerName 127.0.0.1
PidFile ${directory}/apache.pid
ErrorLog ${directory}/apache.log
Listen 127.0.0.1:${port}
TypesConfig /dev/null
${user === '' ? '' : `User ${user}\nGroup ${user}`}
${Object.entries(defines).map(([name, value]) => `Define HICHAT_${name} ${value}`).join('\n')}
Include ${root}/apache.conf.sample
`);
	return [
		spawn('spawn-fcgi', ['-n', '-s', `${directory}/media.sock`, '-M', '0666', '--', program('media')],
			{ env: { ...process.env, ...environmentOf(directory) }, stdio: 'ignore' }),
		spawn('apache2', ['-D', 'FOREGROUND', '-f', file], { stdio: 'ignore' }),
	];
}

for (const [name, start] of [['lighttpd', startLighttpd], ['Apache', startApache]]) {
	describe(name, () => sendsFiles(start));
}

function sendsFiles(start) {
	let directory;
	let processes = [];
	let url;

	before(async () => {
		directory = mkdtempSync(path.join(tmpdir(), 'hichat-sendfile-'));
		makeStore(directory);
		const port = await freePort();
		processes = start(directory, port);
		const health = () => fetch(`http://127.0.0.1:${port}/api/v1/media/health`).then((answer) => answer.ok, () => false);
		await eventually('the web server is there', health);
		const media = await uploadOk(await register(), 'file', bytes, { name: 'large.bin' });
		url = `http://127.0.0.1:${port}${media.url.slice(media.url.indexOf('/api/'))}`;
	});

	after(() => {
		for (const child of processes) child.kill();
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
}
