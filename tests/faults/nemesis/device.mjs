// A device that follows all conversations of its person, live or by polling, as the web UI does: it
// takes the next row, drops what it knows, and fetches what lies in between.
import { setTimeout as pause } from 'node:timers/promises';
import { openSocket } from '../../harness/live.mjs';
import { Stream } from './stream.mjs';

const LOOK_AROUND = 4000; // ms, beside a live connection
const POLL = 400;

export class Device {
	streams = new Map(); // by conversation
	/** Positions in the order in which the server told them: [conversation, whose, what, seq]. */
	observed = [];
	#running = true;
	#etag;
	#synced = Promise.resolve();
	#fetching = new Map();
	#session; // of wsd, to be resumed
	#loops;

	/** @param {Phone} phone
	 * @param {{live: boolean, trusting?: boolean}} options trusting: takes rows as they come, and fetches none */
	constructor(phone, ledger, { live, trusting = false }) {
		Object.assign(this, { phone, ledger, live, trusting, tally: phone.tally });
	}

	start() {
		const loops = [this.#followRest(), this.#tellReceipts()];
		if (this.live) loops.push(this.#followLive());
		this.#loops = Promise.all(loops);
		this.#loops.catch(() => {}); // told by stop()
	}

	async stop() {
		this.#running = false;
		this.socket?.cut();
		await this.#loops;
	}

	/** Fails if one of the loops has. */
	async sound() {
		await Promise.race([this.#loops, null]);
	}

	stream(conversation) {
		if (!this.streams.has(conversation)) this.streams.set(conversation, new Stream());
		return this.streams.get(conversation);
	}

	/** One after the other, so that what they tell has an order. */
	sync() {
		this.#synced = this.#synced.then(() => this.#sync());
		return this.#synced;
	}

	async #sync() {
		const headers = this.#etag === undefined ? {} : { 'if-none-match': this.#etag };
		const answer = await this.phone.get('/chat/sync', { headers });
		if (answer.status === 304) return;
		this.#etag = answer.headers.get('etag');
		for (const head of answer.body.conversations) this.#observe(head);
		if (this.trusting) return;
		await Promise.all(answer.body.conversations.map(({ id }) => this.#complete(id)));
	}

	#observe({ id, last_seq, read_seq, peer_read_seq, peer_delivered_seq }) {
		const stream = this.stream(id);
		stream.target = Math.max(stream.target, last_seq);
		const { observed } = this;
		observed.push([id, 'mine', 'read', read_seq], [id, 'all', 'last', last_seq]);
		observed.push([id, 'peer', 'read', peer_read_seq], [id, 'peer', 'delivered', peer_delivered_seq]);
	}

	receive(row) {
		const stream = this.stream(row.conversation_id);
		if (this.trusting) return stream.take(row);
		stream.target = Math.max(stream.target, row.seq);
		if (row.seq <= stream.last) return undefined;
		if (row.seq === stream.last + 1) return stream.take(row);
		this.tally.gaps += 1;
		return this.#complete(row.conversation_id).catch((error) => (this.failure ??= error));
	}

	/** Fetches rows until the highest known one is here. */
	#complete(conversation) {
		if (!this.#fetching.has(conversation)) {
			const done = this.#fetch(conversation).finally(() => this.#fetching.delete(conversation));
			this.#fetching.set(conversation, done);
		}
		return this.#fetching.get(conversation);
	}

	async #fetch(conversation) {
		const stream = this.stream(conversation);
		while (stream.last < stream.target) {
			const path = `/chat/conversations/${conversation}/messages?after=${stream.last}&limit=100`;
			const { messages } = (await this.phone.get(path)).body;
			const next = messages.filter(({ seq }) => seq > stream.last);
			// Live rows may have come meanwhile; an empty page below the head would mean a hole.
			if (messages.length === 0 && stream.last < stream.target)
				throw new Error(`conversation ${conversation} has nothing after ${stream.last}, but ${stream.target}`);
			for (const row of next) stream.take(row);
		}
	}

	async #followRest() {
		while (this.#running) {
			await this.sync();
			await pause((this.live ? LOOK_AROUND : POLL) * (0.5 + Math.random()));
			if (this.failure) throw this.failure;
		}
	}

	async #followLive() {
		while (this.#running) {
			const { ticket, url } = (await this.phone.post('/chat/live-tickets', {})).body;
			try {
				await this.#hold(openSocket({ url }), ticket);
			} catch {
				// refused, or cut before there was a welcome: the next attempt tells
			}
			this.socket = undefined;
			if (this.#running) await pause(50 + Math.random() * 200);
		}
	}

	async #hold(live, ticket) {
		this.socket = live;
		const resume = Math.random() < 0.7 ? this.#session : undefined;
		if (resume) live.received = resume.received;
		await live.opened();
		live.send({ op: 'hello', ticket, ...(resume && { resume }) });
		const welcome = await live.frame('welcome', ({ op }) => op === 'welcome');
		this.tally.connects += 1;
		if (welcome.resumed) this.tally.resumed += 1;
		const hear = () => live.frames.splice(0).forEach((frame) => this.#hear(frame));
		live.socket.on('message', hear);
		hear();
		if (!welcome.resumed) this.sync().catch((error) => (this.failure ??= error));
		await live.closed;
		this.#session = { session: welcome.session, received: live.received };
	}

	#hear(frame) {
		if (frame.event === 'message') void this.receive(frame);
		if (frame.event === 'resync') this.sync().catch((error) => (this.failure ??= error));
	}

	/** What has arrived here is delivered; of one conversation it is read, too. */
	async #tellReceipts() {
		while (this.#running) {
			await pause(300 + Math.random() * 700);
			const known = [...this.streams].filter(([, { last }]) => last > 0);
			if (known.length === 0 || this.trusting) continue;
			const [looked] = known[Math.floor(Math.random() * known.length)];
			const receipts = known.map(([conversation_id, { last }]) => ({
				conversation_id,
				delivered_seq: last,
				...(conversation_id === looked && { read_seq: last }),
			}));
			await this.phone.post('/chat/receipts', { receipts });
			for (const receipt of receipts) this.ledger.received(this.phone.id, receipt);
		}
	}
}
