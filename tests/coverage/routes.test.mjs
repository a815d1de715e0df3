// After all of tests/api: every route in the programs' tables has done there what it is for, has
// refused, and has complained of input, when it takes any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersSeen } from '../harness/answers.mjs';
import { takesInput } from '../harness/description.mjs';
import { routes } from '../harness/stack.mjs';

const REFUSALS = [401, 403, 404, 409, 410];
const INVALID = 422;

const seen = answersSeen();

for (const route of routes()) {
	const { method, program, pattern } = route;
	const key = `${method} /${program}${pattern.replace(/[:*](\w+)/g, '{$1}')}`;
	test(key, () => {
		const answers = [...(seen.get(key) ?? [])];
		assert.ok(answers.some((status) => status < 300), 'accepted');
		if (pattern === '/health') return; // it is for everybody, and takes nothing
		assert.ok(answers.some((status) => REFUSALS.includes(status)), 'refused');
		if (takesInput(method, route)) assert.ok(answers.includes(INVALID), 'invalid');
	});
}
