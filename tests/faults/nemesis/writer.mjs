// Somebody who writes: sends, edits, recalls, reacts and pins at random, one after the other, each
// repeated until it is answered.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../../harness/client.mjs';
import { edit, pin, react, recall, unpin, unreact } from '../../harness/messages.mjs';

const EMOJI = ['👍', '😂', '🎉'];
const RECENT = 30;
const LONG = 3000; // characters: many of them want more room on the disk

export class Writer {
	#running = true;
	#done;

	/** @param {{id: number, kind: string, users: number[], owner: number}[]} conversations the person's
	 * @param {{changes: boolean, pace: number}} habits of one person only one writer changes what was said */
	constructor(phones, conversations, ledger, random, habits) {
		Object.assign(this, { phones, conversations, ledger, random, habits, user: phones[0].id });
	}

	start() {
		this.#done = this.#run();
		this.#done.catch(() => {}); // told by stop()
	}

	stop() {
		this.#running = false;
		return this.#done;
	}

	async #run() {
		const acts = this.habits.changes ? ['send', 'edit', 'edit', 'recall', 'react', 'react', 'pin'] : ['send'];
		while (this.#running) {
			await this[this.random.of(acts)](this.random.of(this.conversations));
			await pause(this.random.below(this.habits.pace));
		}
	}

	phone(...refusals) {
		return this.random.of(this.phones).taking(...refusals);
	}

	async send({ id, kind, users, owner }) {
		const { random, user, ledger } = this;
		const client_key = randomUUID();
		const text = random.happens(0.1) ? client_key.padEnd(LONG, '文') : client_key;
		const mentions = kind === 'group' ? users.filter((other) => other !== user && random.happens(0.2)) : [];
		const everybody = user === owner && random.happens(0.1);
		const more = kind === 'group' ? { mentions, mention_all: everybody } : {};
		const { message } = (await send(this.phone(), id, text, { client_key, ...more })).body;
		ledger.sent(client_key, { conversation: id, user, seq: message.seq, text, mentions, everybody });
		this.said = [...(this.said ?? []), { conversation: id, seq: message.seq }].slice(-RECENT);
	}

	/** One of those that were said lately, by whomever. */
	#anything(id) {
		return this.random.of(this.ledger.lately.filter(({ conversation }) => conversation === id))?.seq;
	}

	#own() {
		return this.said?.length > 0 ? this.random.of(this.said) : undefined;
	}

	async edit() {
		const own = this.#own();
		if (own === undefined) return;
		const text = `edited ${randomUUID()}`;
		await edit(this.phone(), own.conversation, own.seq, text);
		this.ledger.edits.push({ conversation: own.conversation, user: this.user, target: own.seq, text });
	}

	async recall() {
		const own = this.#own();
		if (own === undefined) return;
		this.said = this.said.filter((one) => one !== own);
		const answer = await recall(this.phone('too_late'), own.conversation, own.seq); // after so much trouble
		if (answer.status < 400) this.ledger.recalls.push({ conversation: own.conversation, target: own.seq });
	}

	async react({ id }) {
		const target = this.#anything(id);
		if (target === undefined) return;
		const emoji = this.random.of(EMOJI);
		const on = this.random.happens(0.7);
		const answer = await (on ? react : unreact)(this.phone('recalled'), id, target, emoji);
		if (answer.status < 400)
			this.ledger.reacted({ conversation: id, target, user: this.user, emoji, on });
	}

	async pin({ id, kind, owner }) {
		const target = this.#anything(id);
		if (target === undefined || (kind === 'group' && owner !== this.user)) return;
		const on = this.random.happens(0.5);
		const answer = await (on ? pin : unpin)(this.phone('recalled', 'too_many_pins'), id, target);
		if (answer.status < 400) this.ledger.pins.push({ conversation: id, target, on });
	}
}
