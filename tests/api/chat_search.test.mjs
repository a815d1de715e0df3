// GET /chat/search: what is found, by whom, and in which order.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, register, send, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { crowd, makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';

let ann;
let bob;
let conversation;

const texts = ['你好，世界', 'Hello World, café au lait', '我们明天下午开会讨论项目', 'See you at the meeting 🎉', '去Paris玩3天'];

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	conversation = await befriend(ann, bob);
	for (const text of texts) expectStatus(await send(ann, conversation, text), 201);
});

const address = (query, more = {}) => `/chat/search?${new URLSearchParams({ query, ...more })}`;

async function search(person, query, more) {
	const answer = await person.get(address(query, more));
	expectStatus(answer, 200);
	return answer.body;
}

/** The texts that are found, in their order. */
async function found(person, query, more) {
	const { results, complete } = await search(person, query, more);
	assert.equal(complete, true);
	return results.map(({ message }) => message.body.text);
}

const queries = [
	['世界', [texts[0]]],
	['好', [texts[0]]],
	['下午开会', [texts[2]]],
	['项目 明天', [texts[2]]],
	['你好世界', []],
	['hello', [texts[1]]],
	['WORLD', [texts[1]]],
	['meet', [texts[3]]],
	['cafe', [texts[1]]],
	['lait hello', [texts[1]]],
	['hell world', []],
	['ello', []],
	['ｐａｒｉｓ', [texts[4]]],
	['paris 3', [texts[4]]],
	['🎉', [texts[3]]],
	['“meeting”!', [texts[3]]],
	['nothing like it', []],
];
for (const [query, expected] of queries)
	test(`${query}: ${expected.length} found`, async () => {
		for (const person of [ann, bob]) assert.deepEqual(await found(person, query), expected);
		assert.deepEqual(await found(bob, query, { conversation }), expected);
	});

test('a result is the message as history has it', async () => {
	const { results: [result], more, next } = await search(bob, '下午');
	assert.equal(result.conversation_id, conversation);
	const { body } = await bob.get(`/chat/conversations/${conversation}/messages?limit=100`);
	assert.deepEqual(result.message, body.messages.find(({ seq }) => seq === result.message.seq));
	assert.deepEqual({ more, next }, { more: false, next: null });
});

const invalid = [
	[{}, 'query'],
	[{ query: '' }, 'query'],
	[{ query: ' \u3000' }, 'query'],
	[{ query: '…?!' }, 'query'],
	[{ query: '\u200b\ufe0f' }, 'query'],
	[{ query: '字'.repeat(65) }, 'query'],
	[{ query: '\ufdfa'.repeat(4) }, 'query'], // eighteen characters each, once normalised
	[{ query: 'x'.repeat(257) }, 'query'],
	[{ query: 'x', conversation: '0' }, 'conversation'],
	[{ query: 'x', limit: '101' }, 'limit'],
	...['x', '1.', '.1.1', '1.2', '1.2.3.4', '1.2.3x', ' 1', '-1', '1'.repeat(17)].map((place) => [{ query: 'x', before: place }, 'before']),
];
for (const [query, field] of invalid)
	test(`refused: ${JSON.stringify(query).slice(0, 60)}`, async () => {
		expectProblem(await ann.get(`/chat/search?${new URLSearchParams(query)}`), 422, 'invalid_field', field);
	});

test('64 characters are taken, and what nobody can mean is only not found', async () => {
	for (const query of ['字'.repeat(64), "' OR 1=1 -- ", '100%_\\%', '"; DROP TABLE message; --', '\u202eabc', '1'.repeat(64)])
		assert.deepEqual(await found(ann, query), []);
});

test('a conversation of others, or of nobody, is refused', async () => {
	const eve = await register();
	for (const id of [conversation, 9_000_000_000])
		expectProblem(await eve.get(address('世界', { conversation: id })), 403, 'not_a_member');
	assert.deepEqual(await found(eve, '世界'), []);
	expectStatus(await ann.get('/chat/search?query=x', { token: undefined }), 401);
});

test('what came before joining is not found, nor anything after leaving', async () => {
	const [cem, dan] = await Promise.all([register(), register()]);
	await Promise.all([befriend(ann, cem), befriend(ann, dan)]);
	const group = await makeGroup(ann, [cem]);
	const mark = uniqueName();
	expectStatus(await send(ann, group.id, `early ${mark}`), 201);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [dan.id] }), 200, 201);
	expectStatus(await send(ann, group.id, `late ${mark}`), 201);
	assert.deepEqual(await found(cem, mark), [`late ${mark}`, `early ${mark}`]);
	assert.deepEqual(await found(dan, mark), [`late ${mark}`]);
	expectStatus(await cem.delete(`/social/groups/${group.id}/members/${cem.id}`), 204);
	assert.deepEqual(await found(cem, mark), []);
	expectProblem(await cem.get(address(mark, { conversation: group.id })), 403, 'not_a_member');
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${dan.id}`), 204);
	assert.deepEqual(await found(dan, mark), []);
});

test('what somebody cleared is found by the other only', async () => {
	const eve = await register();
	const id = await befriend(ann, eve);
	const mark = uniqueName();
	const { body } = await send(ann, id, `one ${mark}`);
	expectStatus(await send(eve, id, `two ${mark}`), 201);
	expectStatus(await eve.patch(`/chat/conversations/${id}`, { cleared_seq: body.message.seq }), 200);
	assert.deepEqual(await found(eve, mark), [`two ${mark}`]);
	assert.deepEqual(await found(ann, mark), [`two ${mark}`, `one ${mark}`]);
});

/** A change row, and what it does to its target. */
async function change({ conversation_id: id, seq }, kind, text) {
	const target = JSON.stringify(kind === 'edit' ? { target: seq, text } : { target: seq });
	const [set, value] = text === undefined ? ['recalled_at', 'NULL'] : ['edited_at', `'${JSON.stringify({ text })}'`];
	await sql(`START TRANSACTION;
		SELECT last_seq + 1, last_ordinal INTO @seq, @ordinal FROM conversation WHERE id = ${id} FOR UPDATE;
		UPDATE message SET body = ${value}, ${set} = 1 WHERE conversation_id = ${id} AND seq = ${seq};
		INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
		  VALUES (${id}, @seq, @ordinal, ${ann.id}, CONCAT('~', @seq), '${kind}', '${target}', ${Date.now()});
		UPDATE conversation SET last_seq = @seq WHERE id = ${id}; COMMIT`);
}

const filterOf = async (id, seq) => (await sql(`SELECT HEX(filter) FROM search_block
	WHERE conversation_id = ${id} AND block = ${Math.floor(seq / 32)}`))[0]?.[0];

test('an edited message is found by its new text only, wherever it stands', async () => {
	const eve = await register();
	const id = await befriend(ann, eve);
	const [old, fresh] = [uniqueName(), uniqueName()];
	const first = (await send(ann, id, `一 ${old}`)).body.message;
	for (let i = 0; i < 40; i += 1) await send(ann, id, `no. ${i}`);
	assert.deepEqual(await found(eve, old), [`一 ${old}`]);
	await change(first, 'edit', `二 ${fresh}`);
	assert.deepEqual(await found(eve, old), []);
	assert.deepEqual(await found(eve, fresh), [`二 ${fresh}`]);
});

test('a recalled message is not found, and the index forgets it', async () => {
	const eve = await register();
	const id = await befriend(ann, eve);
	const mark = uniqueName();
	for (let i = 0; i < 40; i += 1) await send(ann, id, 'the same');
	assert.deepEqual(await found(eve, mark), []);
	const before = await filterOf(id, 39);
	const secret = (await send(ann, id, mark)).body.message;
	await send(ann, id, 'the same');
	assert.deepEqual(await found(eve, mark), [mark]);
	assert.notEqual(await filterOf(id, secret.seq), before);
	await change(secret, 'recall');
	assert.deepEqual(await found(eve, mark), []);
	assert.equal(await filterOf(id, secret.seq), before);
});

test('pages follow each other through many conversations, newest first', async () => {
	const [eve, mark] = [await register(), uniqueName()];
	const ids = await Promise.all(Array.from({ length: 4 }, async () => befriend(eve, await register())));
	const sent = [];
	for (let i = 0; i < 60; i += 1) {
		if (i % 3 === 0) await send(eve, ids[(i * 7) % 4], 'between');
		sent.push((await send(eve, ids[i % 4], `${mark} ${i}`)).body.message);
	}
	sent.sort((a, b) => b.created_at - a.created_at || b.conversation_id - a.conversation_id || b.seq - a.seq);
	for (const limit of [1, 7, 60, 100]) {
		const read = [];
		let page;
		for (let more = {}; page?.more ?? true; more = { before: page.next }) {
			page = await search(eve, mark, { limit, ...more });
			assert.ok(page.results.length <= limit);
			read.push(...page.results.map(({ message }) => message));
		}
		assert.deepEqual(read.map(({ conversation_id: id, seq }) => [id, seq]),
			sent.map(({ conversation_id: id, seq }) => [id, seq]), `by ${limit}`);
	}
	const [, , third] = sent;
	const earlier = await search(eve, mark, { before: third.created_at });
	assert.ok(earlier.results.every(({ message }) => message.created_at < third.created_at));
});

test('what is indexed is so within seconds, though nobody searches', async () => {
	const eve = await register();
	const id = await befriend(ann, eve);
	for (let i = 0; i < 5; i += 1) await send(ann, id, `quick ${i}`);
	await eventually('all is indexed', async () => {
		const [[version]] = await sql(`SELECT MAX(version) FROM search_block WHERE conversation_id = ${id}`);
		return version === '6';
	}, { within: 5_000 });
});

test('a search completes the index of conversations that never had one', async () => {
	const eve = await register();
	const mark = uniqueName();
	const id = await befriend(ann, eve);
	await sql(`INSERT INTO message (conversation_id, seq, ordinal, sender_id, client_key, kind, body, created_at)
		  SELECT ${id}, seq, seq, ${ann.id}, CONCAT('k', seq), 'text', CONCAT('{"text":"line ', seq, ' ${mark}"}'), seq
		  FROM seq_2_to_900;
		UPDATE conversation SET last_seq = 900, last_ordinal = 900, last_message_seq = 900 WHERE id = ${id}`);
	await eventually('it is complete', async () => (await search(eve, mark)).complete);
	assert.deepEqual(await found(eve, `line 17 ${mark}`), [`line 17 ${mark}`]);
	assert.equal((await search(eve, mark, { limit: 100 })).results.length, 100);
});

test('somebody who is in a group of strangers finds what they say', async () => {
	const group = await makeGroup(ann, await crowd(100, ann));
	const mark = uniqueName();
	expectStatus(await send(ann, group.id, `all of you ${mark}`), 201);
	assert.deepEqual(await found(ann, mark), [`all of you ${mark}`]);
});

test('so many searches a minute and no more', async () => {
	const eve = await register();
	const env = { HICHAT_LIMITS_SEARCHES: '3', HICHAT_REDIS_PREFIX: uniqueName() };
	const limited = () => cgi('chat', 'GET', '/search?query=x', { token: eve.token, env });
	for (let i = 0; i < 3; i += 1) expectStatus(await limited(), 200);
	expectProblem(await limited(), 429, 'rate_limited');
});

test('a send as plain CGI indexes what it sent', async () => {
	const eve = await register();
	const id = await befriend(ann, eve);
	const answer = await cgi('chat', 'POST', `/conversations/${id}/messages`, {
		token: eve.token,
		body: { client_key: 'cgi', kind: 'text', body: { text: 'by CGI' } },
	});
	expectStatus(answer, 201);
	await eventually('it is indexed', async () => {
		const [[version]] = await sql(`SELECT COALESCE(MAX(version), 0) FROM search_block WHERE conversation_id = ${id}`);
		return Number(version) === answer.body.message.seq;
	});
});
