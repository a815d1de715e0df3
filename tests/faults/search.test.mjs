// kill -9 of chat while people write: whatever was acknowledged is found, and its index is made by
// whoever comes next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register, send, uniqueName } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { killPart, processes, restarted } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

const ROUNDS = 3;

async function found(person, query) {
	const texts = [];
	for (let page = { more: true, next: null }; page.more;) {
		const words = new URLSearchParams({ query, limit: 100, ...(page.next && { before: page.next }) });
		const answer = await person.get(`/chat/search?${words}`);
		expectStatus(answer, 200);
		page = answer.body;
		texts.push(...page.results.map(({ message }) => message.body.text));
	}
	return texts;
}

test('what was acknowledged before a kill is found after it', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const conversation = await befriend(ann, bob);
	const mark = uniqueName();
	const acknowledged = [];
	let writing = true;
	const writer = (async () => {
		for (let i = 0; writing; i += 1) {
			const text = `第${i}句 ${mark}`;
			const answer = await send(ann, conversation, text, { client_key: `k${i}` }).catch(() => null);
			if (answer?.status === 201) acknowledged.push(text);
		}
	})();
	for (let round = 0; round < ROUNDS; round += 1) {
		const enough = acknowledged.length + 20;
		await eventually('more is acknowledged', () => acknowledged.length >= enough, { within: 20_000 });
		const before = processes('chat');
		killPart('chat');
		await restarted('chat', before);
	}
	writing = false;
	await writer;
	const all = await found(bob, mark);
	assert.equal(new Set(all).size, all.length, 'nothing is found twice');
	for (const text of acknowledged) assert.ok(all.includes(text), text);
	const [[indexed, last]] = await sql(`SELECT (SELECT MAX(version) FROM search_block
		WHERE conversation_id = ${conversation}), last_seq FROM conversation WHERE id = ${conversation}`);
	assert.equal(indexed, last, 'and the index is complete');
});
