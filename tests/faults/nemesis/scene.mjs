// Who takes part: people on several devices each, friends in a ring, in two groups; those who
// write; and what they leave behind.
import { befriend, history, logIn, register } from '../../harness/client.mjs';
import { sql } from '../../harness/database.mjs';
import { makeGroup } from '../../harness/groups.mjs';
import { eventually } from '../../harness/wait.mjs';
import { Device } from './device.mjs';
import { Ledger } from './ledger.mjs';
import { Phone } from './phone.mjs';
import { Writer } from './writer.mjs';

const PEOPLE = 5;
const CONVERGED = 120_000; // ms

async function makeConversations(people) {
	const [owner, ...others] = people;
	const pairs = people.map((person, i) => [person, people[(i + 1) % people.length]]);
	const extra = others.filter((other) => !pairs.some((pair) => pair.includes(owner) && pair.includes(other)));
	const all = [];
	for (const pair of [...pairs, ...extra.map((other) => [owner, other])])
		all.push({ id: await befriend(...pair), kind: 'direct', users: pair.map(({ id }) => id) });
	for (const members of [others, others.slice(0, 2)]) {
		const { id } = await makeGroup(owner, members);
		all.push({ id, kind: 'group', owner: owner.id, users: [owner, ...members].map((one) => one.id) });
	}
	return all;
}

export class Scene {
	ledger = new Ledger();
	tally = { retries: 0, renewed: 0, logins: 0, connects: 0, resumed: 0, gaps: 0, over: false };
	devices = [];
	writers = [];

	/** @param {{pace?: number, trusting?: boolean}} options */
	static async make(random, options = {}) {
		const scene = new Scene();
		scene.people = await Promise.all(Array.from({ length: PEOPLE }, () => register()));
		scene.conversations = await makeConversations(scene.people);
		for (const [i, person] of scene.people.entries()) await scene.#equip(person, i, random, options);
		return scene;
	}

	/** Two devices, of which one polls; every other person has a second live one. */
	async #equip(person, i, random, { pace = 60, trusting = false }) {
		const kinds = [true, false, ...(i % 2 ? [true] : [])];
		const phones = [];
		for (const live of kinds) {
			const phone = Phone.of(await logIn(person), this.tally);
			phones.push(phone);
			const device = new Device(phone, this.ledger, { live, trusting: trusting && live });
			device.name = `${live ? 'live' : 'polling'} device ${phones.length} of ${person.id}`;
			this.devices.push(device);
		}
		const own = this.conversations.filter(({ users }) => users.includes(person.id));
		for (const changes of [true, false, false])
			this.writers.push(new Writer(phones, own, this.ledger, random, { changes, pace }));
	}

	start() {
		for (const one of [...this.devices, ...this.writers]) one.start();
	}

	/** Everything that was begun is answered. */
	async finishWriting() {
		await Promise.all(this.writers.map((writer) => writer.stop()));
	}

	/** Every device has looked once more and holds as many rows as there are, or is not to be waited for. */
	async converge(devices = this.devices.filter(({ trusting }) => !trusting)) {
		const rows = await sql('SELECT id, last_seq FROM conversation');
		const last = new Map(rows.map(([id, seq]) => [Number(id), Number(seq)]));
		for (const device of devices) {
			await eventually(`${device.name} holds everything`, async () => {
				await device.sound();
				await device.sync();
				return this.conversations.every(({ id, users }) =>
					!users.includes(device.phone.id) || device.stream(id).last >= last.get(id));
			}, { within: CONVERGED });
		}
		await Promise.all(this.devices.map((device) => device.stop()));
	}

	/** Ends everything, whatever state it is in. */
	async abandon() {
		this.tally.over = true;
		await Promise.allSettled([...this.writers, ...this.devices].map((one) => one.stop()));
	}

	/** What violations() looks at. */
	async outcome() {
		const conversations = [];
		for (const one of this.conversations) {
			const reader = this.people.find(({ id }) => id === one.users[0]);
			const page = await history(this.devices.find(({ phone }) => phone.id === reader.id).phone, one.id);
			conversations.push({ ...one, page, rows: await storedRows(one.id), members: await storedMembers(one.id) });
		}
		const devices = [];
		for (const { name, phone, streams, observed } of this.devices) {
			const { conversations: heads } = (await phone.get('/chat/sync')).body;
			devices.push({ name, person: phone.id, streams, observed, heads: new Map(heads.map((head) => [head.id, head])) });
		}
		return { ledger: this.ledger, conversations, devices };
	}
}

async function storedRows(id) {
	const rows = await sql(`SELECT seq, ordinal, sender_id, client_key, kind, HEX(COALESCE(body, 'null'))
		FROM message WHERE conversation_id = ${id} ORDER BY seq`);
	return rows.map(([seq, ordinal, sender_id, client_key, kind, body]) => ({
		seq: Number(seq),
		ordinal: Number(ordinal),
		sender_id: Number(sender_id),
		client_key,
		kind,
		body: JSON.parse(Buffer.from(body, 'hex').toString('utf8')),
	}));
}

async function storedMembers(id) {
	const rows = await sql(`SELECT user_id, read_seq, delivered_seq FROM member WHERE conversation_id = ${id}`);
	return new Map(rows.map(([user, read, delivered]) => [Number(user), { read: Number(read), delivered: Number(delivered) }]));
}
