// Groups among the conversations: their heads, what is unread in them, receipts, and what is read
// of their history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';

async function friends(count) {
	const [ann, ...others] = await Promise.all(Array.from({ length: count }, () => register()));
	for (const other of others) await befriend(ann, other);
	return [ann, ...others];
}

async function headOf(person, group) {
	const answer = await person.get(`/chat/conversations/${group.id}`);
	expectStatus(answer, 200);
	return answer.body.conversation;
}

/** A row that counts, as a message does: an announcement. */
async function announce(person, group, text) {
	expectStatus(await person.put(`/social/groups/${group.id}/announcement`, { text }), 200);
}

const change = async (person, group, fields) =>
	expectStatus(await person.patch(`/social/groups/${group.id}`, fields), 200);

test('a member has the head of the group, in sync and alone', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob], { name: 'Hikers', avatar: 'emoji:🥾', join_policy: 'open' });
	const [row] = await history(bob, group.id);
	const { conversations } = (await bob.get('/chat/sync')).body;
	const head = conversations.find(({ id }) => id === group.id);
	assert.deepEqual(head, await headOf(bob, group));
	assert.deepEqual(head, {
		id: group.id, kind: 'group', peer: null, last_seq: 1, last_message: row, unread: 1, mentioned: 0,
		read_seq: 0, cleared_seq: 0, read_receipts: true, peer_read_seq: 0, peer_delivered_seq: 0, pinned: false,
		notify: true, hidden: false, updated_at: head.updated_at, mention_seqs: [], marked_unread: false, draft: null,
		draft_updated_at: 0,
		group: {
			id: group.id, name: 'Hikers', avatar: 'emoji:🥾', owner_id: ann.id, join_policy: 'open',
			mute_all: false, member_count: 2, member_limit: group.member_limit, changed_seq: 1,
			dissolved_at: null, role: 'member', nickname: '', muted_until: 0, announcement_unread: false,
		},
	});
	assert.equal((await headOf(ann, group)).group.role, 'owner');
	assert.equal((await headOf(ann, group)).unread, 0, 'who made it has seen it');
});

test('the head follows every change of the group, and the ETag with it; nothing else moves it', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob]);
	const member = `/social/groups/${group.id}/members/${bob.id}`;
	const until = Date.now() + 3_600_000;
	let etag = (await bob.get('/chat/sync')).headers.get('etag');
	const unchanged = () => bob.get('/chat/sync', { headers: { 'if-none-match': etag } });
	expectStatus(await unchanged(), 304);
	const steps = [
		[() => change(ann, group, { name: 'Other' }), 'name', 'Other'],
		[() => bob.patch(member, { nickname: 'Bobby' }), 'nickname', 'Bobby'],
		[() => change(ann, group, { avatar: 'emoji:🌊' }), 'avatar', 'emoji:🌊'],
		[() => change(ann, group, { mute_all: true }), 'mute_all', true],
		[() => change(ann, group, { join_policy: 'open' }), 'join_policy', 'open'],
		[() => change(ann, group, { description: 'only in the group itself' }), 'changed_seq', 7],
		[() => ann.patch(member, { muted_until: until }), 'muted_until', until],
		[() => ann.patch(member, { role: 'admin' }), 'role', 'admin'],
		[() => announce(ann, group, 'Hear!'), 'announcement_unread', true],
		[() => bob.put(`/social/groups/${group.id}/announcement/read`, {}), 'announcement_unread', false],
		[() => ann.delete(`/social/groups/${group.id}`), 'owner_id', ann.id],
	];
	for (const [step, name, value] of steps) {
		await step();
		const next = await unchanged();
		expectStatus(next, 200);
		assert.deepEqual(next.body.conversations.find(({ id }) => id === group.id).group[name], value, name);
		etag = next.headers.get('etag');
		expectStatus(await unchanged(), 304);
	}
	assert.ok((await headOf(bob, group)).group.dissolved_at > 0);
});

test('rows about the group are no messages: they count for nothing and leave the last one', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob]);
	const before = await headOf(bob, group);
	await change(ann, group, { name: 'Quiet' });
	const after = await headOf(bob, group);
	assert.equal(after.last_seq, before.last_seq + 1);
	assert.equal(after.unread, before.unread);
	assert.deepEqual(after.last_message, before.last_message);
	assert.equal(after.updated_at, before.updated_at);
	await announce(ann, group, 'Loud');
	const loud = await headOf(bob, group);
	assert.equal(loud.unread, before.unread + 1);
	assert.equal(loud.last_message.body.event, 'announcement');
});

test('what mentions me or everybody is counted until it is read, once a message', async () => {
	const [ann, bob, cem] = await friends(3);
	const group = await makeGroup(ann, [bob, cem]);
	for (const text of ['two', 'three', 'four', 'five']) await announce(ann, group, text);
	await sql(`INSERT INTO mention (conversation_id, user_id, seq) VALUES
		(${group.id}, ${bob.id}, 2), (${group.id}, ${bob.id}, 4), (${group.id}, 0, 4), (${group.id}, 0, 5)`);
	const mentioned = async (person) => (await headOf(person, group)).mentioned;
	const read = async (person, read_seq) => expectStatus(
		await person.post('/chat/receipts', { receipts: [{ conversation_id: group.id, read_seq }] }), 204);
	assert.deepEqual([await mentioned(ann), await mentioned(bob), await mentioned(cem)], [0, 3, 2]);
	const { conversations } = (await bob.get('/chat/sync')).body;
	assert.equal(conversations.find(({ id }) => id === group.id).mentioned, 3);
	await read(bob, 2);
	assert.equal(await mentioned(bob), 2);
	await read(bob, 4);
	assert.equal(await mentioned(bob), 1);
	await read(bob, 5);
	assert.deepEqual([await mentioned(bob), await mentioned(cem)], [0, 2]);
});

test('receipts move my own count, and nobody else sees how far I have read', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob]);
	await announce(ann, group, 'one more');
	assert.equal((await headOf(bob, group)).unread, 2);
	const receipts = [{ conversation_id: group.id, read_seq: 1 }];
	expectStatus(await bob.post('/chat/receipts', { receipts }), 204);
	const his = await headOf(bob, group);
	assert.deepEqual([his.unread, his.read_seq], [1, 1]);
	const hers = await headOf(ann, group);
	assert.deepEqual([hers.peer_read_seq, hers.peer_delivered_seq], [0, 0]);
});

test('my settings of a group are mine', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob]);
	const path = `/chat/conversations/${group.id}`;
	const changed = await bob.patch(path, { pinned: true, notify: false, cleared_seq: 1 });
	expectStatus(changed, 200);
	const { pinned, notify, cleared_seq, last_message, unread } = changed.body.conversation;
	assert.deepEqual({ pinned, notify, cleared_seq, last_message, unread },
		{ pinned: true, notify: false, cleared_seq: 1, last_message: null, unread: 0 });
	assert.deepEqual(await history(bob, group.id), []);
	expectStatus(await bob.patch(path, { hidden: true }), 200);
	const listed = async () => (await bob.get('/chat/sync')).body.conversations.some(({ id }) => id === group.id);
	assert.equal(await listed(), false);
	await announce(ann, group, 'come back');
	assert.equal(await listed(), true);
	assert.equal((await headOf(ann, group)).pinned, false);
	assert.equal((await history(ann, group.id)).length, 2);
});

for (const shares_history of [false, true]) {
	test(`who joins ${shares_history ? 'reads the past of a group that shares it' : 'reads from there on'}`, async () => {
		const [ann, bob, cem] = await friends(3);
		const group = await makeGroup(ann, [bob]);
		await change(ann, group, { shares_history });
		await announce(ann, group, 'before');
		expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [cem.id] }), 200);
		const joined = await headOf(cem, group);
		assert.equal(joined.unread, 0);
		const events = async () => (await history(cem, group.id)).map((row) => row.body.event);
		const past = (await events()).includes('announcement');
		assert.equal(past, shares_history);
		assert.equal(joined.last_message?.body.text, shares_history ? 'before' : undefined);
		await announce(ann, group, 'after');
		assert.equal((await headOf(cem, group)).unread, 1);
		assert.equal((await history(cem, group.id)).at(-1).body.text, 'after');
	});
}

test('who has just joined an old group finds it first', async () => {
	const [ann, bob, cem] = await friends(3);
	const group = await makeGroup(ann, [cem]);
	await sql(`UPDATE conversation SET updated_at = 1 WHERE id = ${group.id}`);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [bob.id] }), 200);
	assert.equal((await bob.get('/chat/sync')).body.conversations[0].id, group.id);
});

test('who was removed has nothing of it any more', async () => {
	const [ann, bob] = await friends(2);
	const group = await makeGroup(ann, [bob]);
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	const { conversations } = (await bob.get('/chat/sync')).body;
	assert.ok(!conversations.some(({ id }) => id === group.id));
	for (const path of ['', '/messages'])
		expectProblem(await bob.get(`/chat/conversations/${group.id}${path}`), 403, 'not_a_member');
});

/** How many rows the server reads for one request, as the account `reader` that nobody else uses. */
async function rowsRead(reader, token, method, path, body) {
	const count = async () => {
		const [row] = await sql(`SELECT ROWS_READ FROM information_schema.USER_STATISTICS WHERE USER = '${reader}'`);
		return Number(row?.[0] ?? 0);
	};
	const before = await count();
	const env = { HICHAT_DATABASE_USER: reader, HICHAT_DATABASE_PASSWORD: 'reader' };
	expectStatus(await cgi('chat', method, path, { token, body, env }), 200, 204);
	return (await count()) - before;
}

test('what a head and a receipt cost does not grow with the group', async (t) => {
	const reader = `reader_${process.pid}`;
	const [[statistics]] = await sql('SELECT @@GLOBAL.userstat');
	await sql(`SET GLOBAL userstat = 1; CREATE USER ${reader}@localhost IDENTIFIED BY 'reader';
		GRANT ALL ON hichat.* TO ${reader}@localhost`);
	t.after(() => sql(`DROP USER ${reader}@localhost; SET GLOBAL userstat = ${statistics}`));
	const costs = [];
	for (const size of [2, 400]) {
		const ann = await register();
		const group = await makeGroup(ann, await crowd(size, ann));
		for (let i = 2; i < 5; i++) await announce(ann, group, `no. ${i}`);
		// That somebody was here is noted once a minute: not by what is measured.
		expectStatus(await ann.get('/chat/sync'), 200);
		const receipts = [{ conversation_id: group.id, read_seq: 2 }];
		await sql(`UPDATE member SET read_seq = 1, read_ordinal = 1 WHERE user_id = ${ann.id}`);
		const receipt = await rowsRead(reader, ann.token, 'POST', '/receipts', { receipts });
		// As many mentions as there are members, all but the last of them read.
		await sql(`INSERT INTO mention SELECT ${group.id}, 0, seq FROM seq_1_to_${size};
			UPDATE member SET read_seq = ${size - 1}, read_ordinal = 1 WHERE user_id = ${ann.id}`);
		assert.equal((await headOf(ann, group)).mentioned, 1);
		costs.push([
			receipt,
			await rowsRead(reader, ann.token, 'GET', `/conversations/${group.id}`),
			await rowsRead(reader, ann.token, 'GET', '/sync'),
			await rowsRead(reader, ann.token, 'GET', `/conversations/${group.id}/messages`),
		]);
	}
	const [[...small], [...large]] = costs;
	assert.ok(small.every((rows) => rows > 0), `it is counted: ${small}`);
	for (const [i, rows] of large.entries())
		assert.ok(rows <= small[i] + 5, `${costs.map((cost) => cost.join(' ')).join(' against ')} rows`);
});
