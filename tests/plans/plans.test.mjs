// Every list finds its rows by an index, in a store of 100,000 users, 1,000,000 friendships and
// 20,000 groups, and so does whatever is changed there.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { register } from '../harness/client.mjs';
import { gather, MANY } from '../harness/crowd.mjs';
import { askEverything, readingRoutes } from '../harness/lists.mjs';
import { explain, judge, statementsOf } from '../harness/plan.mjs';
import { changes } from './changes.mjs';

const around = {};

before(async () => {
	around.person = await register();
	around.crowd = await gather(around.person, MANY);
});

function expectGood(judged) {
	const bad = judged.filter(({ complaints }) => complaints.length > 0);
	assert.equal(bad.length, 0, bad.map(({ statement, complaints, plan }) =>
		`${complaints.join(', ')}: ${statement.slice(0, 2000)}\n${JSON.stringify(plan, null, 1)}`).join('\n'));
}

for (const route of readingRoutes()) {
	test(`GET /${route.program}${route.pattern}`, async (t) => {
		let asked;
		const statements = await statementsOf(async () => (asked = await askEverything(route, around)));
		const found = asked.filter(({ status, items }) => status === 200 && items > 0);
		assert.ok(found.length > 0, `something is found by one of ${JSON.stringify(asked)}`);
		assert.ok(asked.every(({ status }) => status < 500), JSON.stringify(asked));
		const judged = await judge(statements);
		for (const { returned, examined, statement } of judged)
			t.diagnostic(`${Math.round(examined)} rows for ${returned}: ${statement.slice(0, 200)}`);
		expectGood(judged);
	});
}

for (const [what, change] of Object.entries(changes))
	test(what, async (t) => {
		const statements = await statementsOf(() => change(around), { changes: true });
		assert.ok(statements.length > 0);
		const explained = await explain(statements);
		for (const { statement } of explained) t.diagnostic(statement.slice(0, 200));
		expectGood(explained);
	});

const wrong = {
	'all of user is read': "SELECT id FROM user WHERE bio = 'x'",
	'a whole index of friendship is read': 'SELECT COUNT(*) FROM friendship',
	'rows are sorted': 'SELECT id, bio FROM user FORCE INDEX (PRIMARY) WHERE id < 10000 ORDER BY region LIMIT 10',
	'rows are looked at': "SELECT id FROM user FORCE INDEX (PRIMARY) WHERE id BETWEEN 1 AND 50000 AND region = 'x'",
};
for (const [complaint, statement] of Object.entries(wrong))
	test(`a statement of which it is to be said that ${complaint}`, async () => {
		const [{ complaints }] = await judge([statement]);
		assert.ok(complaints.some((one) => one.includes(complaint)), complaints.join());
	});

test('changes of which it is to be said that a whole table or index is read', async () => {
	const explained = await explain(["UPDATE user SET bio = '' WHERE region = 'x'",
		"DELETE member FROM member JOIN chat_group ON chat_group.owner_id = member.user_id WHERE member.role = 'x'",
		'INSERT INTO block SELECT friend_id, user_id, since FROM friendship']);
	for (const { statement, complaints } of explained) assert.equal(complaints.length, 1, statement);
});
