// The first page of a feed in a store of 100,000 posts, for somebody with 500 friends, beside the same
// page in an almost empty store; and posting to 5,000 friends beside posting to one.
import { expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { median, options } from './tools.mjs';

const PAGE = 20;
const LARGE = { users: 10_000, friends: 500, posts: 100_000, feeds: 500_000 };
const SMALL = { users: PAGE, friends: PAGE, posts: PAGE, feeds: 0 };
const CROWD = 5_000;
const ASKED = 60; // a round
const POSTED = 10;
const SHOWN = 3; // pictures of each post

/** Users who each post in turn; the first of them are the person's friends, and each post is liked by
 * three of these and commented on by two, if there are so many. Each shows pictures of its author's. */
async function fill(person, { users, friends, posts, feeds }) {
	const now = Date.now();
	const [[user, moment]] = (await sql('SELECT (SELECT MAX(id) FROM user), (SELECT COALESCE(MAX(id), 0) FROM moment)'))
		.map((row) => row.map(Number));
	const [[medium]] = (await sql('SELECT COALESCE(MAX(id), 0) FROM media')).map((row) => row.map(Number));
	const author = `${user} + 1 + MOD(seq, ${users})`;
	const friend = (i) => `${user} + 1 + MOD(seq + ${i}, ${friends})`;
	const likes = [1, 2, 3].map((i) => `
		INSERT INTO moment_like (moment_id, author_id, created_at)
		  SELECT ${moment} + seq, ${friend(i)}, ${now} FROM seq_1_to_${posts};`);
	const comments = [1, 2].map((i) => `
		INSERT INTO moment_comment (moment_id, author_id, text, created_at)
		  SELECT ${moment} + seq, ${friend(i)}, 'Well said', ${now} FROM seq_1_to_${posts};`);
	await sql(`SET GLOBAL innodb_flush_log_at_trx_commit = 0; SET foreign_key_checks = 0, unique_checks = 0;
		INSERT INTO user (id, username, username_key, nickname, nickname_key, password, created_at)
		  SELECT ${user} + seq, CONCAT('m', ${user} + seq), CONCAT('m', ${user} + seq), 'M', 'm', '!', ${now} FROM seq_1_to_${users};
		INSERT INTO friendship (user_id, friend_id, since) SELECT ${person.id}, ${user} + seq, ${now} FROM seq_1_to_${friends};
		INSERT INTO friendship (user_id, friend_id, since) SELECT ${user} + seq, ${person.id}, ${now} FROM seq_1_to_${friends};
		INSERT INTO moment (id, author_id, audience, text, created_at)
		  SELECT ${moment} + seq, ${author}, 'friends', 'A quiet lake', ${now} FROM seq_1_to_${posts};
		INSERT INTO media (id, owner_id, purpose, type, size, width, height, animated, placeholder, original, stored_size, created_at)
		  SELECT ${medium} + seq, ${user} + seq, 'image', 'image/jpeg', 1000, 40, 30, 0, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
		    SHA2(seq, 256), 1000, ${now} FROM seq_1_to_${users};
		INSERT INTO moment_media (moment_id, position, media_id)
		  SELECT ${moment} + p.seq, i.seq, ${medium} + 1 + MOD(p.seq, ${users})
		  FROM seq_1_to_${posts} p STRAIGHT_JOIN seq_1_to_${SHOWN} i;
		INSERT INTO moment_feed (user_id, moment_id) SELECT ${person.id}, ${moment} + seq FROM seq_1_to_${posts}
		  WHERE MOD(seq, ${users}) < ${friends};
		${feeds > 0 ? `INSERT IGNORE INTO moment_feed (user_id, moment_id)
		  SELECT ${author}, ${moment} + 1 + MOD(seq * 37, ${posts}) FROM seq_1_to_${feeds};` : ''}
		${friends > likes.length ? likes.join('') + comments.join('') : ''}
		ANALYZE TABLE user, friendship, media, moment, moment_media, moment_feed, moment_like, moment_comment;
		SET GLOBAL innodb_flush_log_at_trx_commit = 1`, { timeout: 900_000 });
}

async function timed(times, act) {
	const all = [];
	for (let i = 0; i < times * Number(options.rounds) + 3; i += 1) {
		const begin = performance.now();
		await act();
		if (i >= 3) all.push(performance.now() - begin);
	}
	all.sort((a, b) => a - b);
	return { middle: median(all), late: all[Math.floor(all.length * 0.99)] };
}

async function page(person) {
	const answer = await person.get(`/moments/feed?limit=${PAGE}`);
	expectStatus(answer, 200);
	const { posts } = answer.body;
	const full = posts.every(({ like_count, comment_count, media }) =>
		like_count === 3 && comment_count === 2 && media.length === SHOWN);
	if (posts.length !== PAGE || !full) throw new Error(`not the page that was made: ${answer.text.slice(0, 300)}`);
}

const publish = async (person) =>
	expectStatus(await person.post('/moments/posts', { text: 'To all of you', audience: 'friends' }), 201);

export async function benchMoments() {
	const [ann, bob, cem, dan] = await Promise.all(Array.from({ length: 4 }, () => register()));
	await fill(bob, SMALL);
	const small = await timed(ASKED, () => page(bob));
	await fill(ann, LARGE);
	const large = await timed(ASKED, () => page(ann));
	await fill(dan, { users: 1, friends: 1, posts: 1, feeds: 0 });
	await fill(cem, { users: CROWD, friends: CROWD, posts: 1, feeds: 0 });
	const [one, many] = [await timed(POSTED, () => publish(dan)), await timed(POSTED, () => publish(cem))];
	const figures = ({ middle, late }) => `p50 ${middle.toFixed(1)} ms, p99 ${late.toFixed(1)} ms`;
	console.log(`\nMoments: ${LARGE.posts.toLocaleString('en')} posts of ${LARGE.users.toLocaleString('en')} users`);
	console.log(`  first page, ${LARGE.friends} friends    ${figures(large)}`);
	console.log(`  in an almost empty store   ${figures(small)}: × ${(large.middle / small.middle).toFixed(2)}`);
	console.log(`  posting to ${CROWD} friends    ${figures(many)}`);
	console.log(`  to one                     ${figures(one)}: × ${(many.middle / one.middle).toFixed(1)}`);
}
