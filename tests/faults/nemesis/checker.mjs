// Is everything as it was promised?  Pure: from what was acknowledged, what is stored, what the
// devices hold and what they were told, to a list of what is wrong.
//
//   ledger          what was acknowledged, see ledger.mjs
//   conversations   [{id, kind, users, owner, members: Map user → {read, delivered}, rows: as stored,
//                   page: rows as a member reads them}]
//   devices         [{name, person, streams, observed, heads: Map conversation → head}]
import { isDeepStrictEqual } from 'node:util';
import { Model } from '../../harness/conversation_model.mjs';
import { shapesOf } from './stream.mjs';

const COUNTED = new Set(['friends', 'group_created', 'announcement', 'dissolved']);
const CHANGES = new Set(['edit', 'recall', 'reaction', 'pin']);
const TOLD = 20; // of one kind; a thousand more would tell no more

function counts({ kind, body }) {
	return kind === 'system' ? COUNTED.has(body.event) : !CHANGES.has(kind);
}

function* numbering({ id, rows }) {
	let ordinal = 0;
	const keys = new Set();
	for (const [i, row] of rows.entries()) {
		if (row.seq !== i + 1) return yield `conversation ${id}: row ${i + 1} is numbered ${row.seq}`;
		if (counts(row)) ordinal += 1;
		if (row.ordinal !== ordinal) yield `conversation ${id}: row ${row.seq} has ordinal ${row.ordinal}, not ${ordinal}`;
		const key = `${row.sender_id} ${row.client_key}`;
		if (keys.has(key)) yield `conversation ${id}: row ${row.seq} repeats the key ${key}`;
		keys.add(key);
	}
	return undefined;
}

/** Rows as they are stored against those that senders were told of, both ways. */
function* sends({ id, rows }, ledger) {
	const told = [...ledger.sends].filter(([, { conversation }]) => conversation === id);
	const stored = new Map(rows.filter(({ kind }) => kind === 'text').map((row) => [row.client_key, row]));
	for (const [key, { user, seq }] of told) {
		const row = stored.get(key);
		if (row === undefined) yield `conversation ${id}: ${seq} was acknowledged and is not stored`;
		else if (row.seq !== seq || row.sender_id !== user)
			yield `conversation ${id}: ${seq} of ${user} was acknowledged, ${row.seq} of ${row.sender_id} is stored`;
	}
	for (const [key, { seq }] of stored)
		if (!ledger.sends.has(key)) yield `conversation ${id}: ${seq} is stored and was never acknowledged`;
}

/** The rows of changes, told in words that can be looked up. */
function changesIn(rows) {
	return new Set(rows.filter(({ kind }) => CHANGES.has(kind)).map(({ kind, body }) =>
		`${kind} ${body.target} ${body.text ?? body.on ?? ''}`));
}

function* changes({ id, rows, page }, ledger) {
	const of = (list) => list.filter(({ conversation }) => conversation === id);
	const written = changesIn(rows);
	const recalled = new Set(of(ledger.recalls).map(({ target }) => target));
	const wanted = [
		...of(ledger.recalls).map(({ target }) => `recall ${target} `),
		...of(ledger.edits).map(({ target, text }) => `edit ${target} ${recalled.has(target) ? '' : text}`),
		...of(ledger.pins).filter(({ on }) => on).map(({ target }) => `pin ${target} true`),
	];
	for (const one of wanted.filter((each) => !written.has(each)))
		yield `conversation ${id}: acknowledged and without a row: ${one}`;
	for (const [key, on] of ledger.reactions) {
		const [, conversation, target, user, emoji] = /^(\d+):(\d+):(\d+) (.*)$/.exec(key);
		if (Number(conversation) !== id || recalled.has(Number(target))) continue;
		const named = page[target - 1]?.reactions?.find((one) => one.emoji === emoji)?.user_ids ?? [];
		if (named.includes(Number(user)) !== on)
			yield `conversation ${id}: ${emoji} of ${user} at ${target} was acknowledged as ${on}`;
	}
}

/** Texts as the rows of the stream tell them, against those that stand in the messages. */
function* texts({ id, rows }, ledger) {
	const now = new Map();
	for (const { seq, kind, client_key, body } of rows) {
		if (kind === 'text') now.set(seq, ledger.sends.get(client_key)?.text);
		if (kind === 'edit') now.set(body.target, body.text);
		if (kind === 'recall') now.set(body.target, undefined);
	}
	for (const { seq, kind, body } of rows)
		if (kind === 'text' && body?.text !== now.get(seq)) yield `conversation ${id}: the text of ${seq} is not its latest`;
}

function* held({ id, users, page }, { name, person, streams }) {
	if (!users.includes(person)) return;
	const own = shapesOf(streams.get(id)?.rows ?? []);
	const all = shapesOf(page);
	const seqs = own.map(({ seq }) => seq);
	if (!isDeepStrictEqual(seqs, all.map(({ seq }) => seq))) {
		const missing = all.filter(({ seq }) => !seqs.includes(seq)).length;
		const twice = seqs.length - new Set(seqs).size;
		yield `${name} holds ${seqs.length} rows of conversation ${id}, not ${all.length}: ${missing} missing, ${twice} twice`;
		return;
	}
	for (const [i, row] of own.entries())
		if (!isDeepStrictEqual(row, all[i]))
			yield `${name} holds ${JSON.stringify(row)} in conversation ${id}, not ${JSON.stringify(all[i])}`;
}

/** What one device was told, one answer after the other, never goes back. */
function* monotony({ name, observed }) {
	const highest = new Map();
	for (const [conversation, whose, what, seq] of observed) {
		const key = `${whose} ${what} of conversation ${conversation}`;
		if (seq < (highest.get(key) ?? 0)) yield `${name} was told ${seq} after ${highest.get(key)}: ${key}`;
		highest.set(key, seq);
	}
}

function modelOf(conversations, ledger) {
	const model = new Model();
	for (const { id, kind, users, rows } of conversations) {
		model.open(id, kind, users);
		if (kind === 'direct') model.befriend(...users);
		for (const row of rows) {
			const { mentions = [], everybody = false } = ledger.sends.get(row.client_key) ?? {};
			if (row.kind === 'recall') model.recall(id, row.sender_id, row.body.target);
			else model.say(id, row.sender_id, { counted: counts(row), mentions, everybody });
		}
		for (const user of users) model.receive(id, user, ledger.receipts.get(`${id}:${user}`) ?? {});
	}
	return model;
}

function* positions({ id, members }, model) {
	for (const [user, stored] of members) {
		const { read, delivered } = model.conversations.get(id).members.get(user);
		if (stored.read !== read || stored.delivered !== delivered) {
			yield `conversation ${id}: ${user} has read ${stored.read} and got ${stored.delivered}, ` +
				`acknowledged are ${read} and ${delivered}`;
		}
	}
}

function* headsOf({ name, person, heads }, model) {
	for (const [id, head] of heads) {
		try {
			model.expectHead(id, person, head);
		} catch (error) {
			yield `${name}: ${error.message}`;
		}
	}
}

function* everything({ conversations, devices, ledger }) {
	for (const conversation of conversations)
		yield* [numbering, sends, changes, texts].map((check) => check(conversation, ledger));
	for (const device of devices) {
		yield* conversations.map((conversation) => held(conversation, device));
		yield monotony(device);
	}
	if (conversations.some(({ rows }) => rows.some(({ seq }, i) => seq !== i + 1))) return; // no model of that
	const model = modelOf(conversations, ledger);
	yield* conversations.map((conversation) => positions(conversation, model));
	yield* devices.map((device) => headsOf(device, model));
}

/** What is wrong, in words; nothing when all promises were held. */
export function violations(outcome) {
	return [...everything(outcome)].flatMap((found) => [...found].slice(0, TOLD));
}
