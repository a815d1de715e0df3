// hichatctl reports: what was reported, as it was then, until somebody has looked at it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { posted } from '../harness/moments.mjs';

async function linesOf(post) {
	const run = await hichatctl(['reports']);
	assert.equal(run.status, 0, run.err);
	const [head, ...lines] = run.out.trimEnd().split('\n').map((line) => line.split('\t'));
	assert.deepEqual(head, ['id', 'reported', 'post', 'state', 'author', 'reporter', 'reason', 'note', 'text']);
	return lines.filter((line) => Number(line[2]) === post.id);
}

test('a report is listed with what the post said, once for each who reports, until it is closed', async () => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const post = await posted(ann, { text: 'Buy\tthis\nnow \\' });
	const path = `/moments/posts/${post.id}/reports`;
	expectStatus(await bob.post(path, { reason: 'spam', note: 'again' }), 201);
	expectStatus(await bob.post(path, { reason: 'fraud' }), 200);
	expectProblem(await ann.post(path, { reason: 'spam' }), 403, 'forbidden');
	expectProblem(await bob.post(path, { reason: 'dull' }), 422, 'invalid_field', 'reason');
	expectProblem(await bob.post(path, { reason: 'spam', note: 'x'.repeat(501) }), 422, 'invalid_field', 'note');
	expectStatus(await ann.delete(`/moments/posts/${post.id}`), 204);
	const [line, ...others] = await linesOf(post);
	assert.deepEqual(others, []);
	assert.match(line[1], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	assert.deepEqual(line.slice(3),
		['deleted', ann.username, bob.username, 'spam', 'again', 'Buy\\tthis\\nnow \\\\']);
	const closed = await hichatctl(['reports', 'close', line[0]]);
	assert.equal(closed.status, 0, closed.err);
	assert.deepEqual(await linesOf(post), []);
	assert.equal((await hichatctl(['reports', 'close', line[0]])).status, 1, 'it is not open any more');
});

test('what makes no sense is refused', async () => {
	for (const words of [['reports', 'x'], ['reports', 'close'], ['reports', 'close', 'x'], ['reports', 'close', '1', '2']])
		assert.equal((await hichatctl(words)).status, 2, words.join(' '));
});
