// The process itself: its options, signals, ports and figures.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Daemon } from '../harness/daemon.mjs';
import { parts, program } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const ann = { user: 1 };

function run(...words) {
	return spawnSync(program('wsd'), words, { encoding: 'utf8', timeout: 20_000 });
}

test('--version and --help answer, nonsense is refused', () => {
	assert.match(execFileSync(program('wsd'), ['--version'], { encoding: 'utf8' }), /^wsd \(HiChat\) \S+\n$/);
	assert.match(execFileSync(program('wsd'), ['--help'], { encoding: 'utf8' }), /--config PATH/);
	for (const words of [['--dance'], ['--config'], ['surplus']]) {
		const { status, stderr } = run(...words);
		assert.equal(status, 1);
		assert.match(stderr, /usage: wsd/);
	}
});

test('a bad configuration is explained, and nothing starts', async (t) => {
	const wsd = await Daemon.start(t);
	const file = path.join(wsd.directory, 'bad.conf');
	writeFileSync(file, '[live]\nheartbeat = often\nheartbeats = 5\n');
	const { status, stderr } = run('--config', file);
	assert.equal(status, 1);
	assert.match(stderr, /bad\.conf:2: .*heartbeat/);
	assert.match(stderr, /bad\.conf:3: .*heartbeats/);
	writeFileSync(file, '[redis]\nenabled = no\n');
	assert.match(run('--config', file).stderr, /wsd needs Redis/);
	assert.equal(run('--config', path.join(wsd.directory, 'none.conf')).status, 1);
});

test('a second one at the same address does not start, and the first goes on', async (t) => {
	const wsd = await Daemon.start(t);
	const second = run('--config', wsd.config);
	assert.equal(second.status, 1);
	assert.match(second.stderr, /cannot listen/);
	const live = await wsd.connect(ann);
	await live.close();

	const other = await Daemon.start(t, { listen: '127.0.0.1:17099' });
	const third = await Daemon.start(t, { listen: '127.0.0.1:17099' }, { store: other.store, ready: false });
	assert.deepEqual(await third.exited, { code: 1, signal: null });
	third.process = undefined;
});

test('SIGTERM: everybody is told to come back, and it ends well', async (t) => {
	const wsd = await Daemon.start(t);
	const lives = await Promise.all([1, 2, 3].map((user) => wsd.connect({ user })));
	const waiting = wsd.open();
	await waiting.opened();
	const deaf = await wsd.connect({ user: 4 });
	deaf.socket.pause();
	const begin = performance.now();
	wsd.signal('SIGTERM');
	for (const live of [...lives, waiting]) await live.expectClosed(1001);
	assert.deepEqual(await wsd.exited, { code: 0, signal: null });
	assert.ok(performance.now() - begin < 6_000, 'one that does not listen is not waited for long');
	assert.equal(existsSync(path.join(wsd.directory, 'live.sock')), false);
	deaf.socket.terminate();
});

test('while it stops nobody is let in', async (t) => {
	const wsd = await Daemon.start(t);
	const deaf = await wsd.connect(ann);
	deaf.socket.pause(); /* keeps it from ending at once */
	wsd.signal('SIGTERM');
	const late = await eventually('upgrades are refused', async () => {
		const live = wsd.open();
		const status = await Promise.race([live.refused, live.error.then((error) => error.code), live.closed.then(({ code }) => code)]);
		return status !== 1001 && status;
	});
	assert.ok([503, 'ECONNREFUSED', 'ENOENT'].includes(late), String(late));
	deaf.socket.terminate();
	await wsd.exited;
});

test('SIGINT does the same', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	wsd.signal('SIGINT');
	await live.expectClosed(1001);
	assert.deepEqual(await wsd.exited, { code: 0, signal: null });
});

test('SIGHUP: the new configuration holds, and nobody loses the connection', async (t) => {
	const wsd = await Daemon.start(t, { per_user: 1, heartbeat: 20 });
	const live = await wsd.connect(ann);
	wsd.configure({ per_user: 2, heartbeat: 21, listen: 'unix:/tmp/elsewhere.sock', origins: 'https://other.example.org' });
	wsd.signal('SIGHUP');
	await eventually('it is read', () => wsd.logged().includes('configuration read again'));
	assert.match(wsd.logged(), /changes with a restart only.*live\.listen/);
	assert.equal((await wsd.connect(ann)).heartbeat, 21);
	const page = wsd.open({ headers: { origin: 'https://other.example.org' } });
	await page.opened();
	assert.equal(await wsd.open({ headers: { origin: 'https://chat.example.org' } }).refused, 403);
	assert.equal(live.socket.readyState, 1);
});

test('SIGHUP with a bad configuration changes nothing', async (t) => {
	const wsd = await Daemon.start(t, { heartbeat: 20 });
	const live = await wsd.connect(ann);
	wsd.configure({ heartbeat: 21 }, 'nonsense = yes');
	wsd.signal('SIGHUP');
	await eventually('it is refused', () => wsd.logged().includes('going on with the old one'));
	assert.match(wsd.logged(), /nonsense/);
	assert.equal((await wsd.connect(ann)).heartbeat, 20);
	assert.equal(live.socket.readyState, 1);
});

test('a log file is opened anew', async (t) => {
	const wsd = await Daemon.start(t);
	const file = path.join(wsd.directory, 'own.log');
	wsd.configure({}, `[log]\ndestination = ${file}`);
	wsd.signal('SIGHUP');
	await eventually('the new file is written', () => existsSync(file));
});

test('health and metrics, and nothing else, are on their port', async (t) => {
	const wsd = await Daemon.start(t);
	const live = await wsd.connect(ann);
	const health = await wsd.get('/health');
	assert.equal(health.status, 200);
	const { version, ...rest } = JSON.parse(health.text);
	assert.deepEqual(rest, { status: 'ok', program: 'wsd', redis: 'ok', connections: 1 });
	assert.equal(typeof version, 'string');
	assert.equal((await wsd.get('/')).status, 404);
	assert.equal((await wsd.get('/live')).status, 404);

	const { text } = await wsd.get('/metrics');
	for (const line of text.trimEnd().split('\n'))
		assert.match(line, /^(# (HELP|TYPE) hichat_live_\w+ .+|hichat_live_\w+(\{code="\d+",reason="\w+"\})? \d+)$/);
	const names = text.match(/^hichat_live_\w+/gm);
	assert.equal(new Set(text.match(/^# TYPE \w+/gm)).size, new Set(names).size);
	await live.close();
});

test('every close code is in the manual, and the manual names no other', async (t) => {
	const wsd = await Daemon.start(t);
	const manual = readFileSync(path.join(parts.root, 'man/wsd.8'), 'utf8');
	const documented = [...manual.matchAll(/^\.It (\d{4} \w+)$/gm)].map(([, code]) => code);
	const { text } = await wsd.get('/metrics');
	const known = [...text.matchAll(/code="(\d+)",reason="(\w+)"/g)].map(([, code, reason]) => `${code} ${reason}`);
	assert.deepEqual(documented, known);
});
