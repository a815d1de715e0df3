// Every list finds its rows by an index, in a store of 100,000 users, 1,000,000 friendships and
// 20,000 groups.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { register } from '../harness/client.mjs';
import { gather, MANY } from '../harness/crowd.mjs';
import { askEverything, readingRoutes } from '../harness/lists.mjs';
import { judge, statementsOf } from '../harness/plan.mjs';

const around = {};

before(async () => {
	around.person = await register();
	around.crowd = await gather(around.person, MANY);
});

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
		const bad = judged.filter(({ complaints }) => complaints.length > 0);
		assert.equal(bad.length, 0, bad.map(({ statement, complaints, plan }) =>
			`${complaints.join(', ')}: ${statement}\n${JSON.stringify(plan, null, 1)}`).join('\n'));
	});
}

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
