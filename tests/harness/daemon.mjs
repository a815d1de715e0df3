// A wsd of one's own, with a Redis of its own, on sockets in a directory of their own: for tests
// of what the web server, the programs and the database have no part in.
//
//   const wsd = await Daemon.start(t, { linger: 2 });
//   const ann = await wsd.connect({ user: 1 });
//   await wsd.deliver([1], { event: 'message', seq: 1 });
//   await ann.next('message');
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { Live } from './live.mjs';
import { Redis } from './resp.mjs';
import { program } from './stack.mjs';
import { eventually, soon } from './wait.mjs';

const redisSettings = ['--port', '0', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];

/** Redis alone: several daemons may share one. */
export class Store {
	/** Stops with the test. */
	static async start(t) {
		const store = new Store(t);
		await store.up();
		return store;
	}

	constructor(t) {
		this.directory = mkdtempSync(path.join(tmpdir(), 'hichat-redis-'));
		this.socket = path.join(this.directory, 'redis.sock');
		t.after(async () => {
			await this.kill();
			rmSync(this.directory, { recursive: true, force: true });
		});
	}

	async up() {
		this.process = spawn('redis-server', ['--unixsocket', this.socket, ...redisSettings], {
			cwd: this.directory,
			stdio: 'ignore',
		});
		this.client = await eventually('Redis answers', () => Redis.connect(this.socket));
	}

	/** kill -9, and everything in it is lost. */
	async kill() {
		if (this.process === undefined) return;
		const process = this.process;
		this.process = undefined;
		this.client?.close();
		process.kill('SIGKILL');
		if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
	}

	call(...words) {
		return this.client.call(...words);
	}
}

export class Daemon {
	/** Runs when it returns, and stops with the test.
	 * @param {object} live settings of [live], by name
	 * @param {{store?: Store, ready?: boolean, program?: string[]}} options
	 *        ready: wait until it has its Redis */
	static async start(t, live = {}, { store, ready = true } = {}) {
		const daemon = new Daemon(t, live, store ?? (await Store.start(t)));
		await daemon.run();
		if (ready) await daemon.ready();
		return daemon;
	}

	constructor(t, live, store) {
		this.store = store;
		this.live = live;
		this.log = { level: 'debug' };
		this.directory = mkdtempSync(path.join(tmpdir(), 'hichat-wsd-'));
		this.config = path.join(this.directory, 'hichat.conf');
		this.logFile = path.join(this.directory, 'wsd.log');
		this.configure();
		t.after(async () => {
			const stopped = await this.stop();
			const log = this.logged();
			rmSync(this.directory, { recursive: true, force: true });
			assert.doesNotMatch(log, /ERROR: AddressSanitizer|LeakSanitizer|runtime error/, log);
			if (stopped !== undefined) assert.deepEqual(stopped, { code: 0, signal: null }, log);
		});
	}

	/** Writes the configuration; SIGHUP makes a running daemon read it. */
	configure(live = {}, extra = '') {
		Object.assign(this.live, live);
		const settings = {
			listen: `unix:${path.join(this.directory, 'live.sock')}`,
			metrics_listen: `unix:${path.join(this.directory, 'metrics.sock')}`,
			origins: 'https://chat.example.org',
			...this.live,
		};
		writeFileSync(this.config, [
			'[redis]', `socket = ${this.store.socket}`,
			'[log]', `level = ${this.log.level}`,
			'[live]', ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
			extra, '',
		].join('\n'));
	}

	async run() {
		const log = createWriteStream(this.logFile, { flags: 'a' });
		await once(log, 'open');
		/* The reports of sanitizers belong into this log, not into the common ones. */
		const { ASAN_OPTIONS, UBSAN_OPTIONS, ...environment } = process.env;
		this.process = spawn(program('wsd'), ['--config', this.config], {
			stdio: ['ignore', log, log],
			env: environment,
		});
		log.close();
		this.exited = once(this.process, 'exit').then(([code, signal]) => ({ code, signal }));
		await eventually('wsd listens or ended', () => {
			return this.logged().includes('message=started') || this.process.exitCode !== null;
		});
	}

	ready() {
		return eventually('wsd has its Redis', async () => (await this.get('/health')).status === 200);
	}

	logged() {
		return readFileSync(this.logFile, 'utf8');
	}

	signal(signal) {
		this.process.kill(signal);
	}

	/** {code, signal} of its end; undefined when it was ended by the test itself. */
	async stop() {
		if (this.process === undefined || this.process.signalCode === 'SIGKILL') return undefined;
		this.process.kill('SIGTERM');
		return soon('wsd stops', this.exited);
	}

	/** A ticket that [user, session] would get; what it holds can be given whole.  What is left of
	 * its 30 s tells wsd its age: with more than that it is never taken for older than a wsd that
	 * has just started, however long Redis takes to answer on a busy machine. */
	async ticket({ user, session = user * 100, watch = [], conversations = [] }, seconds = 40) {
		const ticket = randomUUID();
		const text = JSON.stringify({ user, session, watch, conversations });
		await this.store.call('SET', `hichat:ticket:${ticket}`, text, 'EX', seconds);
		return ticket;
	}

	/** A socket and nothing more. */
	open({ protocol = 'hichat.v1', headers = {}, habits = {}, ...options } = {}) {
		const address = `ws+unix://${path.join(this.directory, 'live.sock')}:/live`;
		return new Live(new WebSocket(address, protocol, { headers, ...options }), habits);
	}

	/** A connection that has said hello. */
	async hello(ticket, { resume, habits } = {}) {
		const live = this.open({ habits });
		if (resume !== undefined) live.received = resume.received;
		await live.opened();
		live.send({ op: 'hello', ticket, ...(resume !== undefined && { resume }) });
		return live;
	}

	/** … and was welcomed. */
	async connect(holder, options) {
		const live = await this.hello(await this.ticket(holder), options);
		const welcome = await live.frame('welcome', (frame) => frame.op === 'welcome');
		live.session = welcome.session;
		live.resumed = welcome.resumed;
		live.heartbeat = welcome.heartbeat;
		return live;
	}

	resume(holder, live, received = live.received, habits = {}) {
		return this.connect(holder, { resume: { session: live.session, received }, habits });
	}

	/** One envelope, as the programs publish them. */
	publish(envelope) {
		return this.store.call('PUBLISH', 'hichat:events', envelope);
	}

	deliver(users, event, conversation) {
		const place = conversation === undefined ? '' : ` in ${conversation}`;
		return this.publish(`to ${users.join(',')}${place}\n${JSON.stringify(event)}`);
	}

	/** {status, text} from the metrics port. */
	get(url) {
		const socketPath = path.join(this.directory, 'metrics.sock');
		return new Promise((resolve, reject) => {
			request({ socketPath, path: url, agent: false }, (response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (piece) => (text += piece));
				response.on('end', () => resolve({ status: response.statusCode, text }));
			}).on('error', reject).end();
		});
	}

	/** The value of one metric: metric('sessions'), metric('closes_total', 'code="1001"'). */
	async metric(name, label = '') {
		const { text } = await this.get('/metrics');
		const line = text.split('\n')
			.find((candidate) => candidate.startsWith(`hichat_live_${name}`) &&
				/^(\{| )/.test(candidate.slice(`hichat_live_${name}`.length)) && candidate.includes(label));
		assert.ok(line, `a metric ${name} ${label} in\n${text}`);
		return Number(line.split(' ').at(-1));
	}

	becomes(name, value, label) {
		return eventually(`${name} is ${value}`, async () => (await this.metric(name, label)) === value);
	}
}

/** What would arrive before this did not: every connection gets one more event, and nothing else. */
export async function nothingBut(daemon, lives, users, expected = []) {
	const mark = randomUUID();
	await daemon.deliver(users, { event: 'mark', mark });
	for (const live of lives) {
		await live.next('mark', (event) => event.mark === mark);
		const others = live.events.filter((event) => event.event !== 'mark');
		assert.deepEqual(others.map((event) => event.event), expected);
	}
}
