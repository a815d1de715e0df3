// The account program is killed in the middle of every step of erasing somebody who has left
// something everywhere; afterwards nothing of them is in the database, the media store or Redis.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { befriend, expectStatus, history, register, send, uniqueName } from '../harness/client.mjs';
import { hold, sql, waiting } from '../harness/database.mjs';
import { erased, stepOf } from '../harness/erasing.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { append, beginUpload, uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
import { comment, like, posted } from '../harness/moments.mjs';
import { Redis } from '../harness/resp.mjs';
import { killPart, parts, processes, restarted } from '../harness/stack.mjs';
import { ownSticker } from '../harness/stickers.mjs';
import { eventually } from '../harness/wait.mjs';

/** A word that stands nowhere else. */
const word = (what) => `${what}${randomBytes(6).toString('hex')}`;

/** Every row of every table. */
async function dump() {
	const tables = await sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hichat'");
	const rows = await sql(tables.map(([name]) => `SELECT * FROM \`${name}\``).join('; '), { timeout: 60_000 });
	return rows.map((row) => row.join('\t')).join('\n');
}

/** Keys and values. */
async function allOfRedis() {
	const redis = await Redis.connect(path.join(parts.directory, 'run/redis.sock'));
	try {
		const keys = await redis.call('KEYS', '*');
		const values = [];
		for (const key of keys) {
			const type = await redis.call('TYPE', key);
			if (type === 'string') values.push(await redis.call('GET', key));
			if (type === 'zset') values.push(...await redis.call('ZRANGE', key, '0', '-1'));
		}
		return [...keys, ...values].join('\n');
	} finally {
		redis.close();
	}
}

function files(directory) {
	return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
		.map((entry) => readFileSync(path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** Which of the words, and of the files' contents, are still somewhere. */
async function found(words, contents) {
	const text = `${await dump()}\n${await allOfRedis()}`;
	const stored = files(path.join(parts.directory, 'media'));
	return [
		...Object.entries(words).filter(([, needle]) => text.includes(needle) || stored.some((bytes) => bytes.includes(needle))),
		...Object.entries(contents).filter(([, bytes]) => stored.some((one) => one.includes(bytes))),
	].map(([name]) => name).sort();
}

/** Somebody who has left something everywhere. */
async function settle(ann, bob, cem, words, contents) {
	const conversation = await befriend(ann, bob);
	const avatar = await uploadOk(ann, 'avatar', contents.avatar);
	expectStatus(await ann.patch('/account/me', { bio: words.bio, region: words.region, birthday: '1990-02-03',
		avatar: `media:${avatar.id}`, settings: { note: words.settings } }), 200);
	await ownSticker(ann, { bytes: contents.sticker });
	await uploadOk(ann, 'file', contents.unused, { name: `${words.file}.bin` });
	const begun = await beginUpload(ann, 'file', contents.begun.length + 1);
	expectStatus(await append(ann, begun.body.upload.id, 0, contents.begun, false), 204);
	const kept = await uploadOk(ann, 'file', contents.kept);
	expectStatus(await ann.post(`/chat/conversations/${conversation}/messages`,
		{ client_key: randomUUID(), kind: 'file', body: { media_id: kept.id } }), 201);
	expectStatus(await send(ann, conversation, words.kept), 201);
	expectStatus(await ann.patch(`/chat/conversations/${conversation}`, { draft: { text: words.draft, reply_to: null } }), 200);
	const post = await posted(ann, { text: words.post });
	await comment(bob, post);
	const his = await posted(bob);
	await like(ann, his);
	await comment(ann, his, words.comment);
	const group = await makeGroup(ann, [bob], { name: 'Shared' });
	await makeGroup(ann, [], { name: words.group, description: words.description });
	const foreign = await makeGroup(cem, [], { join_policy: 'approval' });
	expectStatus(await ann.post(`/social/groups/${foreign.id}/join-requests`, { message: words.wish }), 201);
	expectStatus(await ann.post('/social/friend-requests', { user_id: cem.id, message: words.request }), 201);
	return { conversation, group, foreign, kept };
}

test('erasing goes on after a kill in any step, and leaves nothing', { timeout: 400_000 }, async (t) => {
	const words = Object.fromEntries(['nickname', 'bio', 'region', 'settings', 'device', 'draft', 'post', 'comment',
		'group', 'description', 'wish', 'request', 'file', 'kept'].map((what) => [what, word(what)]));
	words.username = uniqueName('u');
	words.email = `${word('mail')}@example.org`;
	words.phone = `+86138${String(randomBytes(4).readUInt32BE() % 1e8).padStart(8, '0')}`;
	const contents = { avatar: png(91, 57, { shade: 77 }), sticker: png(64, 48, { shade: 33 }),
		unused: randomBytes(5000), begun: randomBytes(3000), kept: randomBytes(4000) };
	const { username, nickname, email, phone, device } = words;
	const [ann, bob, cem] = await Promise.all([register({ username, nickname, email, phone, device }), register(), register()]);
	const { conversation, group, foreign, kept } = await settle(ann, bob, cem, words, contents);
	assert.deepEqual(await found(words, contents), [...Object.keys(words), ...Object.keys(contents)].sort(), 'it is there to be found');

	const rows = {
		begin: `INSERT INTO erased_name (hash) VALUES (UNHEX(SHA2('${words.username}', 256)))`,
		moments: `SELECT id FROM moment WHERE author_id = ${ann.id} FOR UPDATE`,
		groups: `SELECT id FROM conversation WHERE id = ${group.id} FOR UPDATE`,
		requests: `SELECT id FROM conversation WHERE id = ${foreign.id} FOR UPDATE`,
		friends: `SELECT id FROM conversation WHERE id = ${conversation} FOR UPDATE`,
		ties: `SELECT id FROM friend_request WHERE from_id = ${ann.id} FOR UPDATE`,
		notices: `SELECT id FROM notification WHERE user_id = ${ann.id} FOR UPDATE`,
		streams: `SELECT 1 FROM member WHERE user_id = ${ann.id} AND conversation_id = ${conversation} FOR UPDATE`,
		stickers: `SELECT id FROM sticker WHERE owner_id = ${ann.id} FOR UPDATE`,
		media: `SELECT id FROM media WHERE owner_id = ${ann.id} FOR UPDATE`,
	};
	// The next step is held before the one that was killed may go on.
	let release = () => {};
	const killedIn = async (step, statement, due = () => {}) => {
		const held = await hold(t, statement);
		await release();
		release = held;
		await due();
		await eventually(`${step} waits`, async () => (await stepOf(ann))?.step === (step === 'begin' ? undefined : step)
			&& await waiting() > 0, { within: 60_000 });
		const before = processes('account');
		killPart('account');
		await restarted('account', before);
	};
	const begin = () => sql(`UPDATE user SET erase_at = 1 WHERE id = ${ann.id}`);
	for (const [step, statement] of Object.entries(rows)) await killedIn(step, statement, step === 'begin' ? begin : undefined);
	await release();
	release = () => {};
	await erased(ann, { within: 60_000 });
	// As if a session had been opened at the last moment.
	await sql(`INSERT INTO session (user_id, token_hash, rotated_at, created_at, last_used_at, expires_at)
		VALUES (${ann.id}, '', 1, 1, 1, 1)`);
	await killedIn('sessions', `SELECT id FROM session WHERE user_id = ${ann.id} FOR UPDATE`,
		() => sql(`UPDATE erasing SET due_at = 1 WHERE user_id = ${ann.id}`));
	await release();
	await eventually('the second look is over', async () => await stepOf(ann) === undefined, { within: 60_000 });

	assert.deepEqual(await found(words, contents), ['kept', 'kept'], 'what was sent to Bob');
	const checked = await hichatctl(['fsck']);
	assert.equal(checked.out, '', checked.out);
	const said = await history(bob, conversation);
	assert.ok(said.some(({ body }) => body?.text === words.kept));
	assert.equal((await bob.post('/media/urls', { media_ids: [kept.id] })).body.urls.length, 1);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM session WHERE user_id = ${ann.id}`), [['0']]);
});
