// Stands between two parts and passes on what they say, until it is told to disturb them: it cuts,
// refuses, delays and holds connections, ends them within a message, or swallows and doubles events.
//
//   const proxy = await Proxy.start({ listen: 7071, target: 7072 });   // ports, or paths of sockets
//   proxy.cut();
//   await proxy.stop();
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const place = (where) => (typeof where === 'number' ? { host: '127.0.0.1', port: where } : { path: where });

export class Proxy {
	refuses = false;
	delay = 0; // ms, of every piece
	#server;
	#pairs = new Set();
	#held; // a promise while nothing passes
	#release;
	#budget; // bytes that pass before everything is cut
	/** How many connections were cut or refused. */
	disturbed = 0;

	/** @param {{listen: number | string, target: number | string,
	 *          rewrite?: () => (bytes: Buffer) => Buffer}} options
	 *        rewrite: makes, for each connection, what changes the bytes that come from the target */
	static async start(options) {
		const proxy = new Proxy(options);
		proxy.#server = createServer({ allowHalfOpen: true }, (client) => proxy.#accept(client));
		proxy.#server.listen(place(options.listen));
		await once(proxy.#server, 'listening');
		return proxy;
	}

	constructor({ target, rewrite }) {
		this.target = target;
		this.rewrite = rewrite;
	}

	/** Ends every connection at once. */
	cut() {
		for (const pair of this.#pairs) this.#end(pair, true);
	}

	/** … after so many more bytes: somewhere within a message. */
	cutAfter(bytes) {
		this.#budget = bytes;
	}

	/** Nothing passes, and nobody is told, until go(). */
	hold() {
		this.#held ??= new Promise((resolve) => (this.#release = resolve));
	}

	go() {
		this.#release?.();
		this.#held = undefined;
	}

	async stop() {
		this.go();
		this.#server.close();
		this.cut();
		await once(this.#server, 'close');
	}

	#end(pair, disturbed = false) {
		if (!this.#pairs.delete(pair)) return;
		if (disturbed) this.disturbed += 1;
		for (const socket of pair) socket.destroy();
	}

	#accept(client) {
		if (this.refuses) {
			this.disturbed += 1;
			client.destroy();
			return;
		}
		const target = connect({ ...place(this.target), allowHalfOpen: true });
		const pair = [client, target];
		this.#pairs.add(pair);
		for (const socket of pair) {
			socket.on('error', () => this.#end(pair)); // either side went away: so does the other
			socket.setNoDelay(true);
		}
		const whole = [this.#pass(pair, client, target), this.#pass(pair, target, client, this.rewrite?.())];
		Promise.all(whole).then(() => this.#end(pair), () => this.#end(pair));
	}

	async #pass(pair, from, to, rewrite = (bytes) => bytes) {
		for await (const bytes of from) {
			if (this.delay > 0) await pause(this.delay);
			while (this.#held) await this.#held;
			if (!this.#pairs.has(pair)) return;
			if (!this.#within(pair, to, bytes)) return;
			if (!to.write(rewrite(bytes))) await roomIn(to);
		}
		to.end();
	}

	#within(pair, to, bytes) {
		if (this.#budget === undefined) return true;
		this.#budget -= bytes.length;
		if (this.#budget >= 0) return true;
		to.write(bytes.subarray(0, bytes.length + this.#budget));
		this.#budget = undefined;
		this.cut();
		return false;
	}
}

function roomIn(socket) {
	return new Promise((resolve) => {
		socket.once('drain', resolve);
		socket.once('close', resolve);
	});
}
