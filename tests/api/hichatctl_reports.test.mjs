// hichatctl reports: what was reported, as it was then, until somebody has looked at it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
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

const told = async (person, kind) =>
	(await person.get('/social/notifications')).body.notifications.filter((one) => one.kind === kind);

async function reported() {
	const people = await Promise.all(Array.from({ length: 3 }, () => register()));
	const [ann, bob, cem] = people;
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const media = await uploadOk(ann, 'image', png());
	const post = await posted(ann, { text: 'Buy\nthis', media_ids: [media.id] });
	for (const person of [bob, cem])
		expectStatus(await person.post(`/moments/posts/${post.id}/reports`, { reason: 'spam', note: 'look' }), 201);
	const [id, second] = (await linesOf(post)).map(([number]) => number);
	return { people, post, media, id, second };
}

test('a report is shown with the post and what that shows', async () => {
	const { people: [ann, bob], post, media, id } = await reported();
	const run = await hichatctl(['reports', 'show', id]);
	assert.equal(run.status, 0, run.err);
	const lines = run.out.trimEnd().split('\n').map((line) => line.split('\t'));
	assert.deepEqual(Object.fromEntries(lines.slice(0, -1).filter(([name]) => !['posted', 'reported'].includes(name))), {
		report: id, post: String(post.id), state: 'there', author: ann.username, audience: 'friends', reporter: bob.username,
		reason: 'spam', note: 'look', text: 'Buy\\nthis',
	});
	const [, number, purpose, type, size, hash] = lines.at(-1);
	assert.deepEqual([number, purpose, type, size], [String(media.id), 'image', 'image/png', String(media.size)]);
	assert.match(hash, /^[0-9a-f]{64}$/);
});

test('a post that is deleted goes for everybody, and both sides are told', async () => {
	const { people, post, media, id, second } = await reported();
	const [ann, bob, cem] = people;
	const live = await Promise.all(people.map((person) => connectLive(person)));
	const run = await hichatctl(['reports', 'delete', second]);
	assert.equal(run.status, 0, run.err);
	assert.equal(run.out, `post ${post.id} is deleted, 2 reports closed\n`);
	for (const one of live) assert.equal((await one.next('moment', (event) => event.deleted)).post_id, post.id);
	for (const person of people) expectProblem(await person.get(`/moments/posts/${post.id}`), 404, 'not_found');
	assert.deepEqual((await bob.post('/media/urls', { media_ids: [media.id] })).body.urls, []);
	const removed = { post_id: post.id, text: 'Buy\nthis', reason: 'spam' };
	const answered = { post_id: post.id, text: 'Buy\nthis', removed: true };
	for (const [person, kind, subject, one] of [
		[ann, 'post_removed', removed, live[0]], [bob, 'report_answered', answered, live[1]], [cem, 'report_answered', answered, live[2]],
	]) {
		const [notification, ...others] = await told(person, kind);
		assert.deepEqual([notification.subject, notification.actor, others], [subject, null, []]);
		const { event, created_at, ...fields } = await one.next('notification', (event) => event.kind === kind);
		assert.equal(event, 'notification');
		assert.ok(Math.abs(created_at - notification.created_at) < 5_000);
		assert.deepEqual({ ...fields, created_at: notification.created_at }, notification);
	}
	assert.deepEqual(await told(ann, 'report_answered'), []);
	assert.deepEqual(await linesOf(post), []);
	assert.equal((await hichatctl(['reports', 'delete', id])).status, 1, 'it is not open any more');
	expectStatus(await ann.delete(`/media/files/${media.id}`), 204);
	closeAll(...live);
});

test('a post that stays is nobody\'s business but of who reported it', async () => {
	const { people: [ann, bob, cem], post, id } = await reported();
	assert.equal((await hichatctl(['reports', 'close', id])).status, 0);
	expectStatus(await cem.get(`/moments/posts/${post.id}`), 200);
	assert.deepEqual((await told(bob, 'report_answered')).map(({ subject }) => subject.removed), [false]);
	assert.deepEqual([await told(cem, 'report_answered'), await told(ann, 'post_removed')], [[], []]);
	assert.equal((await linesOf(post)).length, 1, 'the other report is open still');
});

test('a report of a post that its author has deleted meanwhile can be upheld, too', async () => {
	const { people: [ann, bob], post, id } = await reported();
	expectStatus(await ann.delete(`/moments/posts/${post.id}`), 204);
	assert.match((await hichatctl(['reports', 'show', id])).out, /^state\tdeleted$/m);
	assert.equal((await hichatctl(['reports', 'delete', id])).out, `post ${post.id} is gone already, 2 reports closed\n`);
	assert.deepEqual((await told(bob, 'report_answered')).map(({ subject }) => subject.removed), [true]);
	assert.deepEqual(await told(ann, 'post_removed'), []);
});

test('what makes no sense is refused', async () => {
	for (const words of ['show', 'delete']) {
		assert.equal((await hichatctl(['reports', words, 'x'])).status, 2);
		assert.equal((await hichatctl(['reports', words, '999999999'])).status, 1);
	}
	for (const words of [['reports', 'x'], ['reports', 'close'], ['reports', 'close', 'x'], ['reports', 'close', '1', '2']])
		assert.equal((await hichatctl(words)).status, 2, words.join(' '));
});
