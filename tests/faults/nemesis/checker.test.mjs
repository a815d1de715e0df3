// The checker finds nothing where everything is right, and each single thing that is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './checker.mjs';
import { Ledger } from './ledger.mjs';
import { Stream } from './stream.mjs';

const ANN = 1;
const BOB = 2;
const ID = 7;

const row = (seq, ordinal, sender_id, client_key, kind, body) => ({ seq, ordinal, sender_id, client_key, kind, body });

/** As they were when they were new: a greeting, three texts, and what was done to them. */
const live = () => [
	row(1, 1, BOB, '~1', 'system', { event: 'friends' }),
	row(2, 2, ANN, 'a', 'text', { text: 'a' }),
	row(3, 3, BOB, 'b', 'text', { text: 'b' }),
	row(4, 4, ANN, 'c', 'text', { text: 'c' }),
	row(5, 4, ANN, '~5', 'edit', { target: 2, text: 'A' }),
	row(6, 4, BOB, '~6', 'reaction', { target: 2, emoji: '👍', on: true }),
	row(7, 4, BOB, '~7', 'recall', { target: 3 }),
	row(8, 4, ANN, '~8', 'pin', { target: 4, on: true }),
].map((one) => ({ ...one, recalled_at: null, edited_at: null, pinned_at: null, reactions: [] }));

/** … as they are read afterwards. */
function page() {
	const rows = live();
	Object.assign(rows[1], { body: { text: 'A' }, edited_at: 5, changed_seq: 6, reactions: [{ emoji: '👍', user_ids: [BOB] }] });
	Object.assign(rows[2], { body: null, recalled_at: 7, changed_seq: 7 });
	Object.assign(rows[3], { pinned_at: 8, changed_seq: 8 });
	return rows;
}

function ledger() {
	const all = new Ledger();
	all.sent('a', { conversation: ID, user: ANN, seq: 2, text: 'a' });
	all.sent('b', { conversation: ID, user: BOB, seq: 3, text: 'b' });
	all.sent('c', { conversation: ID, user: ANN, seq: 4, text: 'c' });
	all.edits.push({ conversation: ID, user: ANN, target: 2, text: 'A' });
	all.recalls.push({ conversation: ID, target: 3 });
	all.reacted({ conversation: ID, target: 2, user: BOB, emoji: '👍', on: true });
	all.pins.push({ conversation: ID, target: 4, on: true });
	all.received(BOB, { conversation_id: ID, read_seq: 4, delivered_seq: 6 });
	return all;
}

function head(unread, read_seq, peer_read_seq, peer_delivered_seq) {
	return {
		last_seq: 8, last_message: { seq: 4 }, unread, mentioned: 0, mention_seqs: [], read_seq, cleared_seq: 0,
		peer_read_seq, peer_delivered_seq, read_receipts: true, pinned: false, notify: true, hidden: false, marked_unread: false,
	};
}

function device(name, person, rows, own) {
	const stream = new Stream();
	for (const one of rows) stream.take(one);
	const observed = [[ID, 'mine', 'read', 3], [ID, 'mine', 'read', 4]];
	return { name, person, observed, streams: new Map([[ID, stream]]), heads: new Map([[ID, own]]) };
}

function right() {
	return {
		ledger: ledger(),
		conversations: [{
			id: ID, kind: 'direct', users: [ANN, BOB], rows: page(), page: page(),
			members: new Map([[ANN, { read: 4, delivered: 4 }], [BOB, { read: 4, delivered: 6 }]]),
		}],
		devices: [device("Ann's", ANN, live(), head(0, 4, 4, 6)), device("Bob's", BOB, page(), head(0, 4, 4, 4))],
	};
}

test('nothing is wrong where live rows and pages come to the same', () => {
	assert.deepEqual(violations(right()), []);
});

const only = (outcome) => outcome.conversations[0];
const heldBy = (outcome, i) => outcome.devices[i].streams.get(ID).rows;
const WRONG = {
	'a row that is lost': [(o) => only(o).rows.splice(3, 1), /row 4 is numbered 5/],
	'an acknowledged message that is not stored': [(o) => o.ledger.sent('d', { conversation: ID, user: ANN, seq: 9, text: 'd' }),
		/9 was acknowledged and is not stored/],
	'a message that nobody was told of': [(o) => o.ledger.sends.delete('c'), /4 is stored and was never acknowledged/],
	'a message under another number': [(o) => (o.ledger.sends.get('c').seq = 2), /2 of 1 was acknowledged, 4 of 1/],
	'a message twice': [(o) => (only(o).rows[3].client_key = 'a'), /row 4 repeats the key/],
	'a wrong ordinal': [(o) => (only(o).rows[4].ordinal = 5), /row 5 has ordinal 5, not 4/],
	'an edit that is lost': [(o) => o.ledger.edits.push({ conversation: ID, user: ANN, target: 4, text: 'C' }), /without a row: edit 4 C/],
	'a text that is not the latest': [(o) => (only(o).rows[1].body = { text: 'a' }), /the text of 2 is not its latest/],
	'a recalled text that is still there': [(o) => (only(o).rows[2].body = { text: 'b' }), /the text of 3 is not its latest/],
	'a reaction that is lost': [(o) => (only(o).page[1].reactions = []), /👍 of 2 at 2 was acknowledged as true/],
	'a pin that is lost': [(o) => o.ledger.pins.push({ conversation: ID, target: 2, on: true }), /without a row: pin 2 true/],
	'a device without a row': [(o) => heldBy(o, 0).splice(5, 1), /^Ann's holds 7 rows of conversation 7, not 8: 1 missing, 0 twice/],
	'a device with a row twice': [(o) => heldBy(o, 1).push(live()[7]), /^Bob's holds 9 rows .* 0 missing, 1 twice/],
	'a device with rows in another order': [(o) => heldBy(o, 1).reverse(), /^Bob's holds 8 rows/],
	'a device that has missed a change': [(o) => (heldBy(o, 0)[1].body = { text: 'a' }), /^Ann's holds .*"text":"a"/],
	'a device that has nothing': [(o) => o.devices[1].streams.clear(), /^Bob's holds 0 rows/],
	'a position that went back': [(o) => o.devices[1].observed.push([ID, 'mine', 'read', 3]), /^Bob's was told 3 after 4/],
	'a position that is lost': [(o) => (only(o).members.get(BOB).read = 3), /2 has read 3 and got 6, acknowledged are 4 and 6/],
	'a count that is wrong': [(o) => (o.devices[0].heads.get(ID).unread = 1), /^Ann's: conversation 7 as 1 sees it/],
};

for (const [what, [spoil, expected]] of Object.entries(WRONG)) {
	test(`${what} is found`, () => {
		const outcome = right();
		spoil(outcome);
		const found = violations(outcome);
		assert.ok(found.some((one) => expected.test(one)), `${expected} in ${JSON.stringify(found)}`);
	});
}
