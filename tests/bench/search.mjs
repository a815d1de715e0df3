// Searching in a store of 1,000,000 messages of 10,000 users, beside the same in an almost empty one.
import { register, site } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { median, options } from './tools.mjs';

const USERS = 10_000;
/** Conversations, messages and members of each: one group of everybody, groups, and pairs. */
const KINDS = [[1, 100_000, USERS], [100, 2_000, 100], [20_000, 35, 2]];
const OWN = 50; // the person's groups; and as many pairs as make 200 conversations
const WORDS = 20_000;
const SEARCHES = 40; // a round

/** Words by how common they are, half of them Chinese. */
const WORD = `CREATE OR REPLACE TABLE bench_word (id INT PRIMARY KEY, latin VARCHAR(16), hanzi VARCHAR(4)) CHARSET utf8mb4;
	INSERT INTO bench_word SELECT seq, LOWER(CONV(CRC32(seq), 10, 36)),
	  CONVERT(CONCAT(CHAR(0x4E00 + CRC32(CONCAT('a', seq)) % 3000 USING utf16), CHAR(0x4E00 + CRC32(CONCAT('b', seq)) % 3000 USING utf16)) USING utf8mb4)
	FROM seq_0_to_${WORDS - 1};`;

const pick = (column, what, i) => `(SELECT ${column} FROM bench_word WHERE id =
	FLOOR(EXP(CRC32(CONCAT_WS('-', ${what}, ${i})) / 4294967296 * LN(${WORDS}))) - 1)`;

function textOf(what) {
	const words = (column) => [1, 2, 3, 4, 5, 6].map((i) => pick(column, what, i)).join(', ');
	return `IF(CRC32(${what}) % 2, CONCAT_WS(' ', ${words('latin')}), CONCAT(${words('hanzi')}))`;
}

/** When somebody wrote there last: some time within two months. */
const ended = (conversation, now) => `${now} - ${conversation} * 7919 % 1440 * 3600000`;

function kindOf(first, [count, messages, members], user, now) {
	const conversation = `${first} + c.seq`;
	return `
	INSERT INTO conversation (id, kind, last_seq, last_ordinal, last_message_seq, created_at, updated_at)
	  SELECT ${first} + seq, 'group', ${messages}, ${messages}, ${messages}, ${now}, ${ended('seq', now)} FROM seq_1_to_${count};
	INSERT INTO member (conversation_id, user_id, joined_at)
	  SELECT ${conversation}, ${user} + 1 + MOD(c.seq * 37 + m.seq, ${USERS}), ${now}
	  FROM seq_1_to_${count} c STRAIGHT_JOIN seq_1_to_${members} m;
	INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
	  SELECT ${conversation}, s.seq, s.seq, ${user} + 1, CONCAT('k', s.seq), 'text',
	    CONCAT('{"text":"', ${textOf(`CONCAT_WS('-', c.seq, s.seq, ${messages})`)}, '"}'),
	    ${ended('c.seq', now)} - (${messages} - s.seq) * ${Math.floor(3e10 / messages)}
	  FROM seq_1_to_${count} c STRAIGHT_JOIN seq_1_to_${messages} s;`;
}

/** The person is in the one group, in some others, and in pairs. */
async function fill(person) {
	const now = Date.now();
	const [[user, first]] = await sql('SELECT (SELECT MAX(id) FROM user), (SELECT COALESCE(MAX(id), 0) FROM conversation)');
	const starts = KINDS.map((_, i) => KINDS.slice(0, i).reduce((sum, [count]) => sum + count, Number(first)));
	const own = [[starts[0], 1], [starts[1], OWN], [starts[2], 200 - OWN - 1]].map(([start, count]) => `
		INSERT INTO member (conversation_id, user_id, joined_at) SELECT ${start} + seq, ${person.id}, ${now} FROM seq_1_to_${count};`);
	await sql(`SET GLOBAL innodb_flush_log_at_trx_commit = 0; SET foreign_key_checks = 0, unique_checks = 0; ${WORD}
		INSERT INTO user (username, username_key, nickname, nickname_key, password, created_at)
		  SELECT CONCAT('s', ${user} + seq), CONCAT('s', ${user} + seq), 'S', 's', '!', ${now} FROM seq_1_to_${USERS};
		${KINDS.map((kind, i) => kindOf(starts[i], kind, user, now)).join('')} ${own.join('')}`, { timeout: 900_000 });
	return starts[0] + 1;
}

/** What to look for: of the commonest, of the middle and of the rarest words one of each script, and
 * what nobody said. */
async function queriesOf() {
	const rows = await sql(`SET NAMES utf8mb4; SELECT latin, hanzi FROM bench_word WHERE id IN (1, 200, 15000) ORDER BY id`);
	const names = ['common', 'middling', 'rare'];
	return [
		...rows.flatMap(([latin, hanzi], i) => [[`${names[i]} word`, latin], [`${names[i]} Chinese`, hanzi]]),
		['two common words', `${rows[0][0]} ${rows[1][0]}`],
		['nothing', 'qqqqqqqq'],
	];
}

async function took(person, query, more) {
	const begin = performance.now();
	const response = await fetch(`${site}/api/v1/chat/search?${new URLSearchParams({ query, limit: 30, ...more })}`, {
		headers: { authorization: `Bearer ${person.token}` },
	});
	const { results, complete } = await response.json();
	if (response.status !== 200 || !complete) throw new Error(`${query}: ${response.status}, complete: ${complete}`);
	return { time: performance.now() - begin, found: results.length };
}

async function time(person, queries, more = {}) {
	const all = new Map();
	for (const [name, query] of queries) {
		const times = [];
		let found = 0;
		for (let i = 0; i < SEARCHES * Number(options.rounds); i += 1) {
			const one = await took(person, query, more);
			found = one.found;
			if (i > 2) times.push(one.time);
		}
		times.sort((a, b) => a - b);
		all.set(name, { found, median: median(times), late: times[Math.floor(times.length * 0.99)] });
	}
	return all;
}

async function index() {
	const begin = performance.now();
	const { status, err } = await hichatctl(['index'], { timeout: 900_000 });
	if (status !== 0) throw new Error(err);
	const seconds = (performance.now() - begin) / 1000;
	const [[share]] = await sql(`SELECT (SELECT SUM(LENGTH(filter)) FROM search_block) / (SELECT SUM(LENGTH(body)) FROM message)`,
		{ timeout: 60_000 });
	console.log(`  indexed in ${seconds.toFixed(1)} s; filters take ${Number(share).toFixed(2)} of what the bodies take`);
}

export async function benchSearch() {
	const [ann, bob] = await Promise.all([register(), register()]);
	await sql(WORD);
	const queries = await queriesOf();
	const empty = await time(bob, queries);
	const largest = await fill(ann);
	console.log(`\nSearching 1,000,000 messages of ${USERS.toLocaleString('en')} users, of which one sees 205,000 in 200 conversations`);
	await index();
	const [all, one] = [await time(ann, queries), await time(ann, queries, { conversation: largest })];
	await sql('DROP TABLE bench_word; SET GLOBAL innodb_flush_log_at_trx_commit = 1');
	const line = (name, ...cells) => console.log(`  ${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(13)).join('')}`);
	line('', 'found', 'p50', 'p99', '× empty', 'in the largest', '× empty');
	for (const [name, { found, median: middle, late }] of all) {
		const ratio = (figure) => (figure / empty.get(name).median).toFixed(1);
		const inside = one.get(name).median;
		line(name, found, `${middle.toFixed(1)} ms`, `${late.toFixed(1)} ms`, ratio(middle), `${inside.toFixed(1)} ms`, ratio(inside));
	}
}
