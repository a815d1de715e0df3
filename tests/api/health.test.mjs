// What a supervisor or a load balancer asks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, expectStatus } from '../harness/client.mjs';
import { programs } from '../harness/stack.mjs';

for (const name of programs) {
	test(`${name} says that it is well, to anybody`, async () => {
		const answer = await api('GET', `/${name}/health`);
		expectStatus(answer, 200);
		const { version, schema, ...rest } = answer.body;
		assert.match(version, /^\d+\.\d+\.\d+/);
		assert.ok(schema > 0);
		assert.deepEqual(rest, { status: 'ok', program: name, database: 'ok', redis: 'ok' });
	});
}
