// What one is told of one's posts: paged, read, and not of those that one has muted.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { album, comment, heads, like, notices, posted } from '../harness/moments.mjs';

let ann;
let bob;
let eve; // a stranger

before(async () => {
	[ann, bob, eve] = await Promise.all(Array.from({ length: 3 }, () => register()));
	await befriend(ann, bob);
});

const mute = (person, { id }) => person.put(`/moments/posts/${id}/mute`);
const unmute = (person, { id }) => person.delete(`/moments/posts/${id}/mute`);

test('they are counted until they are read', async () => {
	const post = await posted(ann);
	await like(bob, post);
	await comment(bob, post, 'well');
	const { notifications, unread } = await notices(ann, '?limit=1');
	assert.deepEqual([notifications.map((one) => one.comment_text), unread], [['well'], 2]);
	const read = await ann.put('/moments/notifications/read', { up_to: notifications[0].id });
	expectStatus(read, 200);
	assert.deepEqual([read.body, (await heads(ann)).moments_unread], [{ unread: 0 }, 0]);
	expectProblem(await ann.get('/moments/notifications?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await ann.put('/moments/notifications/read', { up_to: -1 }), 422, 'invalid_field', 'up_to');
});

test('of a muted post one is told nothing more, and of one that one does not see nothing ever', async () => {
	const post = await posted(ann);
	for (let twice = 0; twice < 2; twice++) expectStatus(await mute(ann, post), 204);
	await comment(bob, post, 'in silence');
	assert.equal((await notices(ann)).unread, 0);
	for (let twice = 0; twice < 2; twice++) expectStatus(await unmute(ann, post), 204);
	await comment(bob, post, 'aloud');
	assert.equal((await notices(ann)).unread, 1);
	expectProblem(await mute(eve, post), 404, 'not_found');
	expectProblem(await unmute(eve, post), 404, 'not_found');
});

test('an album is asked for in pages of a size', async () => {
	assert.ok((await album(bob, ann, '?limit=1')).posts.length === 1);
	expectProblem(await bob.get(`/moments/users/${ann.id}/posts?limit=0`), 422, 'invalid_field', 'limit');
});
