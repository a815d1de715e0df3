// What may not grow with what is stored: pages of a long conversation, and a look at everything by
// somebody who is in many.  Large and small are asked for in turns, beside a bare request.
import { register, site } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { median, options } from './tools.mjs';

const LONG = 1_000_000;
const SHORT = 100;
const MANY = 200;
const REQUESTS = 60; // a round
const PAGE = 50;

async function took({ person, address }) {
	const begin = performance.now();
	const response = await fetch(`${site}/api/v1${address}`, { headers: { authorization: `Bearer ${person.token}` } });
	const text = await response.text();
	if (response.status !== 200) throw new Error(`${address}: ${response.status} ${text}`);
	return performance.now() - begin;
}

/** The median time of each, in ms; ratios are those of the rounds. */
async function time(requests) {
	const rounds = [];
	for (let i = 0; i <= Number(options.rounds); i += 1) {
		const times = requests.map(() => []);
		for (let j = 0; j < REQUESTS; j += 1)
			for (const [k, request] of requests.entries()) times[k].push(await took(request));
		if (i > 0) rounds.push(times.map(median)); // the first one warms
	}
	return {
		of: (k) => median(rounds.map((round) => round[k])).toFixed(2),
		ratio: (k, l) => median(rounds.map((round) => round[k] / round[l])).toFixed(2),
	};
}

/** Conversations of two, of `messages` each; their ids. */
async function fill(person, conversations, messages) {
	const now = Date.now();
	const [[highest]] = await sql('SELECT COALESCE(MAX(id), 0) FROM conversation');
	const first = Number(highest);
	const peer = await register();
	await sql(`SET GLOBAL innodb_flush_log_at_trx_commit = 0; SET foreign_key_checks = 0, unique_checks = 0;
		INSERT INTO conversation (id, kind, last_seq, last_ordinal, last_message_seq, created_at, updated_at)
		  SELECT ${first} + seq, 'group', ${messages}, ${messages}, ${messages}, ${now}, ${now} + seq FROM seq_1_to_${conversations};
		INSERT INTO chat_group (id, name, name_key, owner_id, join_policy, announcement, member_count, member_limit, created_at)
		  SELECT ${first} + seq, 'Long', 'long', ${person.id}, 'invitation', '', 2, 500, ${now} FROM seq_1_to_${conversations};
		INSERT INTO member (conversation_id, user_id, role, joined_at)
		  SELECT ${first} + c.seq, u.id, 'member', ${now} FROM seq_1_to_${conversations} c
		  STRAIGHT_JOIN (SELECT ${person.id} AS id UNION SELECT ${peer.id}) u;
		INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
		  SELECT ${first} + c.seq, s.seq, s.seq, ${peer.id}, CONCAT('k', s.seq), 'text',
		    CONCAT('{"text":"Shall we meet at the station at six? ', s.seq, '"}'), ${now} - ${messages} + s.seq
		  FROM seq_1_to_${conversations} c STRAIGHT_JOIN seq_1_to_${messages} s;
		SET GLOBAL innodb_flush_log_at_trx_commit = 1`, { timeout: 600_000 });
	return Array.from({ length: conversations }, (_, i) => first + 1 + i);
}

export async function benchHistory() {
	const person = await register();
	const [long] = await fill(person, 1, LONG);
	const [short] = await fill(person, 1, SHORT);
	const page = (id, query) => ({ person, address: `/chat/conversations/${id}/messages?limit=${PAGE}${query}` });
	const figures = await time([
		page(short, ''), page(long, ''), page(short, '&after=40'), page(long, `&after=${LONG / 2}`),
		page(long, `&before=${LONG / 2}`), { person, address: '/chat/health' },
	]);
	console.log(`\nPages of ${PAGE} in a conversation of ${LONG.toLocaleString('en')} messages beside one of ${SHORT} (medians of the rounds)`);
	console.log(`  the newest       ${figures.of(1)} ms beside ${figures.of(0)} ms: ${figures.ratio(1, 0)} × as long`);
	console.log(`  in the middle    ${figures.of(3)} ms after and ${figures.of(4)} ms before a row, beside ${figures.of(2)} ms: ` +
		`${figures.ratio(3, 2)} × and ${figures.ratio(4, 2)} × as long`);
	console.log(`  a bare request   ${figures.of(5)} ms`);
}

export async function benchSync() {
	const [busy, quiet] = await Promise.all([register(), register()]);
	await fill(busy, MANY, SHORT);
	await fill(quiet, 1, SHORT);
	const sync = (person) => ({ person, address: '/chat/sync' });
	const figures = await time([sync(quiet), sync(busy), { person: quiet, address: '/chat/health' }]);
	console.log(`\nA look at everything with ${MANY} conversations beside one (medians of the rounds)`);
	console.log(`  ${figures.of(1)} ms beside ${figures.of(0)} ms: ${figures.ratio(1, 0)} × as long; a bare request ${figures.of(2)} ms`);
}
