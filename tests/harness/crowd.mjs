// A store as it looks when many people have used it for long: users, friendships, groups and all
// that belongs to them, made by the database itself from its sequences, past every program.
//
//   const ann = await register();
//   const crowd = await gather(ann, MANY);
//   await ann.get(`/social/groups/${crowd.largest}/members`);
import path from 'node:path';
import { sql } from './database.mjs';
import { beginUpload, uploadOk } from './media.mjs';
import { Redis } from './resp.mjs';
import { parts } from './stack.mjs';

/** The sizes that lists have to stay fast at. */
export const MANY = { users: 100_000, groups: 20_000, middle: 100, largest: 10_000, own: 1_000 };
/** A store with hardly more in it than what is around one person. */
export const FEW = { users: 1_200, groups: 700, middle: 1, largest: 300, own: 300 };

const PEERS = 10; // friendships that begin with each user: a million, in twice as many rows
const MIDDLE = 500; // members of a middle group
const PER_USER = 2; // notifications
const DAY = 86_400_000;

/** Where everything stands: ids are dense, each kind beginning behind what is there already. */
async function place(person, sizes) {
	const [[user, conversation, request, group, notification, moment, medium]] = await sql(`SELECT
		(SELECT MAX(id) FROM user), (SELECT COALESCE(MAX(id), 0) FROM conversation),
		(SELECT COALESCE(MAX(id), 0) FROM friend_request),
		(SELECT COALESCE(MAX(id), 0) FROM group_request),
		(SELECT COALESCE(MAX(id), 0) FROM notification), (SELECT COALESCE(MAX(id), 0) FROM moment),
		(SELECT COALESCE(MAX(id), 0) FROM media)`);
	const C = Number(conversation);
	return {
		...sizes,
		A: person.id,
		U: Number(user), // users are U + 1 … U + users, and so on
		C, // direct conversations of pairs
		O: C + sizes.users, // the person's own
		G: C + sizes.users + sizes.own, // groups; the first is the largest
		R: Number(request),
		J: Number(group),
		N: Number(notification),
		M: Number(moment),
		I: Number(medium),
		stride: Math.floor(sizes.users / (2 * PEERS + 1)) + 1,
		now: Date.now(),
	};
}

/** The user at `position`, which may be any number. */
const at = ({ U, users }, position) => `${U} + 1 + MOD(${position}, ${users})`;
/** One counted from the end; sequences have no sign. */
const fromEnd = (p, skipped) => at(p, `${4 * p.users - skipped} - seq`);

/** What everybody has uploaded, the person very much; of no content but by name. */
function media({ A, U, I, users, own, now }) {
	const columns = `media (id, owner_id, purpose, type, size, width, height, animated, original, stored_size, created_at)`;
	const rest = `'image', 'image/jpeg', 1000, 40, 30, 0, SHA2(seq, 256), 1000, ${now}`;
	return `
	INSERT INTO ${columns} SELECT ${I} + seq, ${U} + seq, ${rest} FROM seq_1_to_${users};
	INSERT INTO ${columns} SELECT ${I} + ${users} + seq, ${A}, ${rest} FROM seq_1_to_${own};`;
}

function people({ A, U, users, own, now }) {
	return `
	INSERT INTO user (id, username, username_key, nickname, nickname_key, phone, email, email_key, password,
	    created_at)
	  SELECT ${U} + seq, CONCAT('c', ${U} + seq), CONCAT('c', ${U} + seq), CONCAT('Li ', seq), CONCAT('li ', seq),
	    IF(seq % 2, CONCAT('+861', ${U} + seq + 1000000000), NULL),
	    IF(seq % 3, CONCAT('c', ${U} + seq, '@example.org'), NULL),
	    IF(seq % 3, CONCAT('c', ${U} + seq, '@example.org'), NULL), '!', ${now}
	  FROM seq_1_to_${users};
	INSERT INTO session (user_id, token_hash, rotated_at, created_at, last_used_at, expires_at)
	  SELECT ${U} + seq, SHA2(seq, 256), ${now}, ${now}, ${now}, ${now + DAY} FROM seq_1_to_${users};
	INSERT INTO session (user_id, token_hash, rotated_at, created_at, last_used_at, expires_at)
	  SELECT ${A}, SHA2(seq, 256), ${now}, ${now}, ${now}, ${now + DAY} FROM seq_1_to_${own};`;
}

function friendships(p) {
	const distances = Array.from({ length: PEERS }, (_, i) => (i + 1) * p.stride);
	const both = distances.flatMap((distance) => [distance, p.users - distance]);
	return `
	INSERT INTO friendship (user_id, friend_id, since)
	  SELECT ${p.U} + u.seq, ${at(p, 'u.seq - 1 + d.distance')}, ${p.now}
	  FROM seq_1_to_${p.users} u STRAIGHT_JOIN (SELECT ${both.join(' AS distance UNION ALL SELECT ')}) d;
	INSERT INTO friendship (user_id, friend_id, since)
	  SELECT ${p.A}, ${p.U} + seq, ${p.now} FROM seq_1_to_${p.own};
	INSERT INTO friendship (user_id, friend_id, since)
	  SELECT ${p.U} + seq, ${p.A}, ${p.now} FROM seq_1_to_${p.own};`;
}

function requests(p) {
	const columns = 'id, from_id, to_id, status, pending, created_at, answered_at';
	const status = `ELT(1 + seq % 3, 'pending', 'accepted', 'declined'), IF(seq % 3, NULL, 1), ${p.now},
	    IF(seq % 3, ${p.now}, NULL)`;
	return `
	INSERT INTO friend_request (${columns})
	  SELECT ${p.R} + seq, ${p.U} + seq, ${at(p, 'seq * 7 + 3')}, ${status} FROM seq_1_to_${p.users};
	INSERT INTO friend_request (${columns})
	  SELECT ${p.R + p.users} + seq, ${fromEnd(p, 0)}, ${p.A}, ${status} FROM seq_1_to_${p.own};
	INSERT INTO friend_request (${columns})
	  SELECT ${p.R + p.users + p.own} + seq, ${p.A}, ${fromEnd(p, p.own)}, ${status} FROM seq_1_to_${p.own};
	INSERT INTO block (user_id, blocked_id, created_at)
	  SELECT ${p.U} + seq, ${at(p, 'seq * 11 + 5')}, ${p.now} FROM seq_1_to_${p.users};
	INSERT INTO block (user_id, blocked_id, created_at)
	  SELECT ${p.A}, ${fromEnd(p, 2 * p.own)}, ${p.now} FROM seq_1_to_${p.own};`;
}

function notifications({ A, U, R, N, users, own, now }) {
	const row = `'friend_request', CONCAT('{"request_id":', ${R} + seq, '}'), ${now} + seq`;
	return `
	INSERT INTO notification (id, user_id, kind, subject, created_at, actor_id)
	  SELECT ${N} + seq, ${U} + 1 + seq DIV ${PER_USER}, ${row}, ${U} + 1
	  FROM seq_1_to_${users * PER_USER - 1};
	INSERT INTO notification (id, user_id, kind, subject, created_at, actor_id)
	  SELECT ${N + users * PER_USER} + seq, ${A}, ${row}, ${U} + seq FROM seq_1_to_${own};`;
}

/** Packs, and what everybody has made and kept; the person nearly as much as one may. */
function stickers({ A, U, I, users, now }) {
	const columns = 'sticker (owner_id, media_id, emoji, keywords, position, created_at)';
	const [OWN, PACKS, IN_PACK] = [290, 10, 40];
	const some = `SELECT ${A}, id, ${now} + seq FROM seq_1_to_${OWN} STRAIGHT_JOIN sticker ON owner_id = ${U} + seq`;
	return `
	INSERT INTO sticker_pack (name, title, author, licence, position, created_at, updated_at)
	  SELECT CONCAT('crowd--', seq), '{"en":"Cats"}', 'Ann', 'MIT', seq % 3, ${now}, ${now} FROM seq_1_to_${PACKS};
	INSERT INTO sticker (pack_id, media_id, file, emoji, keywords, position, created_at)
	  SELECT id, ${I} + seq, CONCAT(seq, '.webp'), '', '[]', seq, ${now} FROM sticker_pack STRAIGHT_JOIN seq_1_to_${IN_PACK};
	INSERT INTO ${columns} SELECT ${U} + seq, ${I} + seq, '', '[]', 0, ${now} FROM seq_1_to_${users};
	INSERT INTO ${columns} SELECT ${A}, ${I} + ${users} + seq, '', '[]', 0, ${now} FROM seq_1_to_${OWN};
	INSERT INTO sticker_favourite (user_id, sticker_id, created_at)
	  SELECT ${U} + seq, id, ${now} FROM seq_1_to_${users / 10} STRAIGHT_JOIN sticker ON owner_id = ${U} + 2 * seq;
	INSERT INTO sticker_recent (user_id, sticker_id, used_at) SELECT * FROM sticker_favourite;
	INSERT INTO sticker_favourite (user_id, sticker_id, created_at) ${some};
	INSERT INTO sticker_recent (user_id, sticker_id, used_at) ${some};`;
}

const conversation = `id, kind, direct_key, last_seq, last_ordinal, last_message_seq, member_version,
	    created_at, updated_at`;
const message = `INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
	  SELECT`;
const text = `'text', '{"text":"你好"}'`;

function directs(p) {
	const other = at(p, `seq - 1 + ${p.stride}`);
	const key = (one, two) => `CONCAT(LEAST(${one}, ${two}), ':', GREATEST(${one}, ${two}))`;
	const row = `1, 1, 1, 0, ${p.now}, ${p.now} + seq`;
	const member = 'INSERT INTO member (conversation_id, user_id, joined_at) SELECT';
	return `
	INSERT INTO conversation (${conversation})
	  SELECT ${p.C} + seq, 'direct', ${key(`${p.U} + seq`, other)}, ${row} FROM seq_1_to_${p.users};
	INSERT INTO conversation (${conversation})
	  SELECT ${p.O} + seq, 'direct', ${key(`${p.U} + seq`, p.A)}, ${row} FROM seq_1_to_${p.own};
	${member} ${p.C} + seq, ${p.U} + seq, ${p.now} FROM seq_1_to_${p.users};
	${member} ${p.C} + seq, ${other}, ${p.now} FROM seq_1_to_${p.users};
	${member} ${p.O} + seq, ${p.U} + seq, ${p.now} FROM seq_1_to_${p.own};
	${member} ${p.O} + seq, ${p.A}, ${p.now} FROM seq_1_to_${p.own};
	${message} ${p.C} + seq, 1, 1, ${p.U} + seq, 'k', ${text}, ${p.now} FROM seq_1_to_${p.users};
	${message} ${p.O} + seq, 1, 1, ${p.U} + seq, 'k', ${text}, ${p.now} FROM seq_1_to_${p.own};`;
}

/** One group of `largest`, some of 500, and thousands that are smaller the more of them there are. */
function groups(p) {
	const size = `IF(g.seq > ${p.own}, 3, 2) + FLOOR(48 * POW(MOD(g.seq * 7919, 1000) / 1000, 3))`;
	const member = `INSERT INTO member (conversation_id, user_id, role, joined_at)
	  SELECT ${p.G} + g.seq, ${at(p, 'g.seq * 37 + k.seq * 61')},
	    IF(k.seq = 0, 'owner', IF(k.seq < 3, 'admin', 'member')), ${p.now}`;
	const role = `IF(seq = 1, 'admin', 'member')`;
	return `
	INSERT INTO conversation (${conversation})
	  SELECT ${p.G} + seq, 'group', NULL, 1, 1, 1, 1, ${p.now}, ${p.now} + seq FROM seq_1_to_${p.groups};
	INSERT INTO chat_group (id, name, name_key, owner_id, join_policy, announcement, announced_at, member_count,
	    member_limit, created_at)
	  SELECT ${p.G} + seq, CONCAT('Group ', seq), CONCAT('group ', seq), ${at(p, 'seq * 37')},
	    ELT(1 + seq % 3, 'open', 'approval', 'invitation'), 'Read me', ${p.now}, 0, 10000, ${p.now}
	  FROM seq_1_to_${p.groups};
	${member} FROM seq_1_to_1 g STRAIGHT_JOIN seq_0_to_${p.largest - 2} k;
	${member} FROM seq_2_to_${p.middle + 1} g STRAIGHT_JOIN seq_0_to_${Math.min(MIDDLE, p.largest) - 1} k;
	${member} FROM seq_${p.middle + 2}_to_${p.groups} g STRAIGHT_JOIN seq_0_to_50 k WHERE k.seq < ${size};
	INSERT INTO member (conversation_id, user_id, role, joined_at)
	  SELECT ${p.G} + seq, ${p.A}, ${role}, ${p.now} FROM seq_1_to_${p.own};
	${message} ${p.G} + seq, 1, 1, ${at(p, 'seq * 37')}, 'k', ${text}, ${p.now} FROM seq_1_to_${p.groups};
	UPDATE chat_group JOIN (SELECT conversation_id, COUNT(*) AS members FROM member
	    WHERE conversation_id > ${p.G} GROUP BY conversation_id) counted ON counted.conversation_id = chat_group.id
	  SET member_count = members;`;
}

/** Many rows in one stream: of the largest group, and of the person's first friend. */
function streams(p) {
	const lines = (id, sender) => `
	${message} ${id}, 1 + seq, 1 + seq, ${sender}, CONCAT('k', seq), ${text}, ${p.now} FROM seq_1_to_${p.own};
	UPDATE conversation SET last_seq = ${p.own} + 1, last_ordinal = last_seq, last_message_seq = last_seq
	  WHERE id = ${id};`;
	return `${lines(p.G + 1, at(p, '37'))}${lines(p.O + 1, `${p.U} + 1`)}
	INSERT INTO mention (conversation_id, user_id, seq)
	  SELECT ${p.G + 1}, ${at(p, 'seq * 61 + 37')}, seq + 1 FROM seq_1_to_${p.own};
	INSERT INTO mention (conversation_id, user_id, seq)
	  SELECT ${p.G + 1}, IF(seq % 2, ${p.A}, 0), seq + 1 FROM seq_1_to_${p.own};`;
}

/** Messages of both streams that much was done to: one of the person's own was edited over and over. */
function changed(p) {
	const lines = (id) => `
	UPDATE message SET sender_id = ${p.A}, edited_at = ${p.now}, changed_seq = seq
	  WHERE conversation_id = ${id} AND seq = 2;
	INSERT INTO message_edit (conversation_id, seq, edit_seq, text, edited_at)
	  SELECT ${id}, 2, 2 + seq, 'was', ${p.now} FROM seq_1_to_${p.own};
	UPDATE message SET pinned_at = ${p.now}, changed_seq = seq WHERE conversation_id = ${id} AND seq <= 40;
	INSERT INTO pin (conversation_id, seq, pin_seq) SELECT ${id}, seq, seq FROM seq_1_to_40;
	UPDATE message SET reactions = CONCAT('[{"emoji":"👍","count":${p.own},"user_ids":[', ${p.U} + 1, ']}]')
	  WHERE conversation_id = ${id} AND seq > ${p.own} - 50;
	INSERT INTO reaction (conversation_id, seq, emoji, user_id, reaction_seq)
	  SELECT ${id}, ${p.own} + 1 - m.seq, '👍', ${p.U} + u.seq, u.seq
	  FROM seq_0_to_49 m STRAIGHT_JOIN seq_1_to_${p.own} u;
	INSERT INTO hidden_message (conversation_id, user_id, seq) SELECT ${id}, ${p.A}, 2 * seq + 50 FROM seq_1_to_100;
	INSERT INTO hidden_message (conversation_id, user_id, seq)
	  SELECT ${id}, ${p.U} + u.seq, m.seq FROM seq_1_to_100 m STRAIGHT_JOIN seq_1_to_100 u;`;
	return `SET NAMES utf8mb4;${lines(p.G + 1)}${lines(p.O + 1)}`;
}

/** One conversation of the person's, as long as there are users: full of voices, with hardly an image in it. */
function longOne(p) {
	const id = p.O + 2;
	const kinds = [['image', 2003], ['video', 5003], ['file', 7001], ['voice', 10]];
	const kind = `CASE ${kinds.map(([one, every]) => `WHEN seq % ${every} = 0 THEN '${one}'`).join(' ')} ELSE 'text' END`;
	return `
	${message} ${id}, 1 + seq, 1 + seq, ${p.U} + 2, CONCAT('k', seq), ${kind}, CONCAT('{"media_id":', seq, '}'),
	    ${p.now} FROM seq_1_to_${p.users};
	INSERT INTO media_use (conversation_id, seq, media_id, kind)
	  SELECT ${id}, seq, seq, kind FROM message WHERE conversation_id = ${id} AND kind NOT IN ('text', 'system');
	UPDATE conversation SET last_seq = ${p.users} + 1, last_ordinal = last_seq, last_message_seq = last_seq
	  WHERE id = ${id};`;
}

function joining(p) {
	const columns = 'id, group_id, user_id, inviter_id, awaits, status, pending, created_at';
	const open = `'pending', 1, ${p.now}`;
	const stranger = at(p, 'seq * 37 + 17');
	return `
	INSERT INTO group_request (${columns})
	  SELECT ${p.J} + seq, ${p.G} + seq, ${stranger}, NULL, IF(seq % 2, 'admins', 'user'), ${open}
	  FROM seq_1_to_${p.groups};
	INSERT INTO group_request (${columns})
	  SELECT ${p.J + p.groups} + seq, ${p.G + 1}, ${fromEnd(p, 0)}, NULL, 'admins', ${open} FROM seq_1_to_${p.own};
	INSERT INTO group_request (${columns})
	  SELECT ${p.J + p.groups + p.own} + seq, ${p.G + p.own} + seq, ${p.A}, ${p.U} + 1, 'user', ${open}
	  FROM seq_1_to_${Math.min(p.own, p.groups - p.own - 1)};
	INSERT INTO group_link (group_id, token, creator_id, created_at, max_uses)
	  SELECT ${p.G} + seq, SHA2(${p.G} + seq, 256), ${p.A}, ${p.now}, 100 FROM seq_1_to_${p.groups};
	INSERT INTO group_link (group_id, token, creator_id, created_at, max_uses)
	  SELECT ${p.G + 1}, SHA2(CONCAT('one ', ${p.G} + seq), 256), ${p.A}, ${p.now}, 100 FROM seq_1_to_${p.own};`;
}

const SAID = 30; // likes of each post of the first user, and half as many comments

/** A post of each user, many of the first one and of the person; feeds of the first tenth. */
function moments(p) {
	const post = `INSERT INTO moment (id, author_id, audience, text, created_at) SELECT`;
	const [first, own] = [p.M + p.users, p.M + p.users + p.own];
	const columns = 'user_id, moment_id, author_id, kind, comment_id, created_at';
	return `
	${post} ${p.M} + seq, ${p.U} + seq, 'friends', 'Hello', ${p.now} FROM seq_1_to_${p.users};
	${post} ${first} + seq, ${p.U} + 1, IF(seq % 9, 'friends', 'except'), 'Hello', ${p.now} FROM seq_1_to_${p.own};
	${post} ${own} + seq, ${p.A}, 'friends', 'Hello', ${p.now} FROM seq_1_to_${p.own};
	INSERT INTO moment_media (moment_id, position, media_id)
	  SELECT ${p.M} + seq, 1, ${p.I} + seq FROM seq_1_to_${p.users};
	INSERT INTO moment_media (moment_id, position, media_id)
	  SELECT ${first} + m.seq, i.seq, ${p.I} + 1 FROM seq_1_to_${p.own} m STRAIGHT_JOIN seq_1_to_9 i;
	INSERT INTO moment_cover (user_id, media_id) SELECT ${p.U} + seq, ${p.I} + seq FROM seq_1_to_${p.users};
	INSERT INTO moment_cover (user_id, media_id) VALUES (${p.A}, ${p.I} + 1);
	INSERT INTO moment_feed (user_id, moment_id)
	  SELECT user_id, ${p.M} + friend_id - ${p.U} FROM friendship
	  WHERE user_id BETWEEN ${p.U} + 1 AND ${p.U} + ${p.users / 10} AND friend_id > ${p.U};
	INSERT INTO moment_feed (user_id, moment_id)
	  SELECT ${p.A}, ${p.M} + seq FROM seq_1_to_${p.own} UNION ALL
	  SELECT ${p.A}, ${first} + seq FROM seq_1_to_${2 * p.own};
	INSERT INTO moment_listed (moment_id, user_id, allowed)
	  SELECT ${first} + 9 * m.seq, ${p.U} + 1 + u.seq, 0
	  FROM seq_1_to_${Math.floor(p.own / 9)} m STRAIGHT_JOIN seq_1_to_50 u;
	INSERT INTO moment_like (moment_id, author_id, created_at)
	  SELECT ${first} + m.seq, ${p.U} + u.seq, ${p.now} FROM seq_1_to_${p.own} m STRAIGHT_JOIN seq_1_to_${SAID} u;
	INSERT INTO moment_comment (moment_id, author_id, reply_user_id, text, created_at)
	  SELECT ${first} + m.seq, ${p.U} + 1 + u.seq, IF(u.seq % 2, NULL, ${p.U} + 1), 'Well', ${p.now}
	  FROM seq_1_to_${p.own} m STRAIGHT_JOIN seq_1_to_${SAID / 2} u;
	INSERT INTO moment_like (moment_id, author_id, created_at)
	  SELECT ${first + p.own}, ${p.U} + ${SAID} + seq, ${p.now} FROM seq_1_to_200;
	INSERT INTO moment_comment (moment_id, author_id, text, created_at)
	  SELECT ${first + p.own}, ${p.U} + 1 + seq, 'Well', ${p.now} FROM seq_1_to_${p.own - 1};
	INSERT INTO moment_notification (${columns})
	  SELECT ${p.U} + u.seq, ${first} + 1, ${p.U} + 2, 'moment_liked', NULL, ${p.now} FROM seq_1_to_${p.users} u;
	INSERT INTO moment_notification (${columns})
	  SELECT ${p.A}, ${own} + seq, ${p.U} + seq, 'moment_liked', NULL, ${p.now} FROM seq_1_to_${p.own};
	INSERT INTO moment_privacy (user_id, other_id, hide_mine, hide_theirs)
	  SELECT ${p.A}, ${fromEnd(p, 0)}, 1, seq % 2 FROM seq_1_to_${p.own};
	INSERT INTO moment_privacy (user_id, other_id, hide_mine, hide_theirs)
	  SELECT ${p.U} + seq, ${at(p, 'seq * 13 + 5')}, 1, 1 FROM seq_1_to_${p.users};`;
}

/** The first tenth of the users is there, for an hour. */
async function comeOnline({ U, users, now }) {
	const redis = await Redis.connect(path.join(parts.directory, 'run/redis.sock'));
	const online = Array.from({ length: users / 10 }, (_, i) => [now + 3_600_000, U + 1 + i]);
	await redis.call('ZADD', 'hichat:online', ...online.flat());
	redis.close();
}

/** Fills the store around `person`, who has `own` of everything.
 * @returns {Promise<Record<string, number | string>>} what to ask for: `largest` (the group of so
 *          many members, the person among them), `strange` (one without), `direct` (a conversation
 *          with much in it), `long` (one with as many messages as users), `changed` (the seq of a
 *          message in the first two), and ids of single things */
export async function gather(person, sizes) {
	const p = await place(person, sizes);
	await comeOnline(p);
	const lanes = [[people, friendships, requests, notifications, media, stickers, moments],
		[directs, groups, streams, longOne, changed, joining]];
	await sql('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
	await Promise.all(lanes.map((lane) => sql(`SET foreign_key_checks = 0, unique_checks = 0;
		${lane.map((part) => part(p)).join('')}`, { timeout: 600_000 })));
	await sql('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
	const tables = (await sql('SHOW TABLES')).map(([name]) => name);
	await sql(`ANALYZE TABLE ${tables.join(', ')}`, { timeout: 60_000 });
	const [[session]] = await sql(`SELECT MAX(id) FROM session WHERE user_id = ${p.A}`);
	const [[link, token]] = await sql(`SELECT id, token FROM group_link WHERE group_id = ${p.G + 1} LIMIT 1`);
	return {
		firstUser: p.U + 1,
		users: p.users,
		largest: p.G + 1,
		strange: p.G + p.groups,
		direct: p.O + 1,
		long: p.O + 2,
		changed: 2,
		request: p.J + p.groups + 1,
		session: Number(session),
		link: Number(link),
		token,
		media: await uploadOk(person, 'file', Buffer.from('a file')),
		upload: (await beginUpload(person, 'file', 10)).body.upload.id,
		post: p.M + p.users + p.own,
		picture: p.I + 1,
	};
}
