// People who behave as the web UI does when things break: a sender who retries with the same
// client_key until the answer is there, and a reader who connects again and fetches what it missed.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { history, send } from './client.mjs';
import { connectLive } from './live.mjs';

/** Sends numbered texts one after the other until stop(); `acknowledged` are the answers. */
export class Sender {
	#running = true;
	#done;

	constructor(person, conversation) {
		this.person = person;
		this.conversation = conversation;
		this.acknowledged = [];
		this.retries = 0;
		this.#done = this.#run();
	}

	async #run() {
		for (let number = 1; this.#running; number += 1) {
			const message = await this.#sendUntilAnswered(`text ${number}`, randomUUID());
			if (message !== undefined) this.acknowledged.push(message);
		}
	}

	async #sendUntilAnswered(text, client_key) {
		while (this.#running) {
			const answer = await send(this.person, this.conversation, text, { client_key }).catch(() => null);
			if (answer?.status === 200 || answer?.status === 201) return answer.body.message;
			// 502 to 504 and a broken connection are what a part that died looks like.
			if (answer !== null && answer.status < 500)
				throw new Error(`refused with ${answer.status}: ${answer.text}`);
			this.retries += 1;
			await pause(20);
		}
		return undefined;
	}

	stop() {
		this.#running = false;
		return this.#done;
	}
}

/** Holds a live connection as long as there is one to be had. */
export class Reader {
	#running = true;
	#done;

	constructor(person) {
		this.person = person;
		this.live = undefined;
		this.arrivals = new Map(); // "conversation:seq" → when, by performance.now()
		this.#done = this.#run();
	}

	async #run() {
		while (this.#running) {
			try {
				this.live = await connectLive(this.person);
				this.live.socket.on('message', () => this.#note());
				this.#note();
				await this.live.closed;
			} catch {
				// no ticket, no server, no welcome: try again
			}
			this.live = undefined;
			if (this.#running) await pause(50);
		}
	}

	#note() {
		for (const event of this.live?.events ?? []) {
			const key = `${event.conversation_id}:${event.seq}`;
			if (event.event === 'message' && !this.arrivals.has(key))
				this.arrivals.set(key, performance.now());
		}
	}

	get connected() {
		return this.live !== undefined;
	}

	saw(message) {
		return this.arrivals.has(`${message.conversation_id}:${message.seq}`);
	}

	async stop() {
		this.#running = false;
		await this.live?.close();
		await this.#done;
	}
}

/** Everything acknowledged is there once, and the numbers have no hole and no repeat. */
export async function assertComplete(assert, reader, conversation, acknowledged) {
	const stored = await history(reader, conversation);
	assert.deepEqual(stored.map((message) => message.seq), stored.map((_, index) => index + 1));
	const keys = stored.map((message) => message.client_key);
	assert.equal(new Set(keys).size, keys.length, 'no message twice');
	const bySeq = new Map(stored.map((message) => [message.seq, message]));
	for (const message of acknowledged) {
		assert.equal(bySeq.get(message.seq)?.client_key, message.client_key);
		assert.equal(bySeq.get(message.seq).body.text, message.body.text);
	}
}
