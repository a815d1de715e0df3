// Live connections (subprotocol hichat.v1), as a client would hold them.
//
//   const live = await connectLive(ann);
//   await send(bob, conversation, 'hi');
//   const event = await live.next('message', (event) => event.sender_id === bob.id);
//   await live.close();
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { expectStatus, site } from './client.mjs';
import { soon } from './wait.mjs';

/** A fresh ticket's {ticket, url, expires_in}. */
export async function liveTicket(person) {
	const answer = await person.post('/chat/live-tickets', {});
	expectStatus(answer, 201);
	return answer.body;
}

/** The WebSocket address behind the web server. */
export function liveUrl(url = '/live') {
	const address = new URL(url.startsWith('/') ? site + url : url);
	address.protocol = address.protocol.replace('http', 'ws');
	return address.href;
}

/** Opens a socket and nothing more: for tests of the handshake and of bad frames.
 * @param {{url?: string, protocol?: string | string[], headers?: object}} options */
export function openSocket({ url, protocol = 'hichat.v1', headers = {} } = {}) {
	return new Live(new WebSocket(liveUrl(url), protocol, { headers: { origin: site, ...headers } }), {});
}

/** A connection that was welcomed.
 * @param {{resume?: {session: string, received: number}, autoAck?: boolean, autoPong?: boolean,
 *          url?: string, headers?: object}} options */
export async function connectLive(person, { resume, url, headers, ...habits } = {}) {
	const { ticket, url: path } = await liveTicket(person);
	const live = openSocket({ url: url ?? path, headers });
	Object.assign(live.habits, habits);
	if (resume !== undefined) live.received = resume.received;
	await live.opened();
	live.send({ op: 'hello', ticket, ...(resume !== undefined && { resume }) });
	const welcome = await live.frame('welcome', (frame) => frame.op === 'welcome');
	live.session = welcome.session;
	live.resumed = welcome.resumed;
	return live;
}

/** Closes all of them at the end of a test: `after(() => closeAll(a, b))`. */
export async function closeAll(...connections) {
	await Promise.all(connections.filter(Boolean).map((live) => live.close()));
}

export class Live {
	#waiting = new Set();
	#taken = new Set();

	constructor(socket, habits) {
		this.socket = socket;
		this.habits = { autoAck: true, autoPong: true, ...habits };
		this.frames = []; // everything received, in order
		this.received = 0; // events of the session: what acks and resume count
		this.session = undefined;
		this.resumed = undefined;
		/** Resolves to {code, reason} when the socket is closed, by whomever. */
		this.closed = new Promise((resolve) => {
			socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
		});
		this.refused = new Promise((resolve) => {
			socket.on('unexpected-response', (_, response) => {
				resolve(response.statusCode);
				socket.terminate();
			});
		});
		this.error = new Promise((resolve) => socket.on('error', resolve));
		socket.on('message', (data) => this.#arrived(String(data)));
	}

	/** All events so far (frames with "event"). */
	get events() {
		return this.frames.filter((frame) => frame.event !== undefined);
	}

	opened() {
		if (this.socket.readyState === WebSocket.OPEN) return Promise.resolve();
		return soon('the socket is open', new Promise((resolve, reject) => {
			this.socket.once('open', resolve);
			this.error.then(reject);
			this.refused.then((status) => reject(new Error(`upgrade refused with ${status}`)));
		}));
	}

	/** Sends an object as JSON, a string or bytes as they stand. */
	send(frame) {
		const raw = typeof frame === 'string' || frame instanceof Uint8Array;
		this.socket.send(raw ? frame : JSON.stringify(frame));
	}

	ack(received = this.received) {
		this.send({ op: 'ack', received });
	}

	/** The first event of that name, not yet returned by next(), that matches; waits for it.
	 * @param {string} name
	 * @param {(event: object) => boolean} matches */
	async next(name, matches = () => true, options = {}) {
		const wanted = (frame) => frame.event === name && !this.#taken.has(frame) && matches(frame);
		const event = await this.frame(`event ${name}`, wanted, options);
		this.#taken.add(event);
		return event;
	}

	/** The first frame, old or new, that matches. */
	frame(what, matches, { within = 10_000 } = {}) {
		const old = this.frames.find(matches);
		if (old !== undefined) return Promise.resolve(old);
		let waiter;
		const arrival = new Promise((resolve, reject) => {
			waiter = { matches, resolve };
			this.#waiting.add(waiter);
			this.closed.then(({ code, reason }) => {
				reject(new Error(`closed with ${code} ${reason} while waiting for ${what}`));
			});
		});
		return soon(what, arrival, { within }).finally(() => this.#waiting.delete(waiter));
	}

	/** Closes and waits until it is closed. */
	close(code = 1000) {
		if (this.socket.readyState <= WebSocket.OPEN) this.socket.close(code);
		return soon('the socket is closed', this.closed);
	}

	/** Cuts the connection as a dying network does: no close frame. */
	cut() {
		this.socket.terminate();
		return this.closed;
	}

	async expectClosed(code, options) {
		const end = await soon(`closed with ${code}`, this.closed, options);
		assert.equal(end.code, code, end.reason);
		return end;
	}

	#arrived(text) {
		const frame = JSON.parse(text);
		this.frames.push(frame);
		// At once: the next frames may have come with it.
		if (frame.op === 'welcome' && !frame.resumed) this.received = 0;
		if (frame.event !== undefined) this.received += 1;
		if (frame.op === 'ping' && this.habits.autoPong) this.send({ op: 'pong' });
		if (frame.event !== undefined && this.habits.autoAck) this.ack();
		for (const waiter of this.#waiting) {
			if (!waiter.matches(frame)) continue;
			this.#waiting.delete(waiter);
			waiter.resolve(frame);
		}
	}
}
