// Moments over the live connection: the dot for new posts, and what was said to somebody, each to
// those alone who may know of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { fetchBytes, uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
import { comment, heads, hide, like, notices, posted, unlike } from '../harness/moments.mjs';

async function cast() {
	const people = await Promise.all(Array.from({ length: 4 }, () => register()));
	const [ann, bob, cem] = people;
	for (const friend of [bob, cem]) await befriend(ann, friend);
	await befriend(bob, cem);
	const live = await Promise.all(people.map((person) => connectLive(person)));
	return { people, live };
}

test('a new post reaches those who see it, and so does its end', async () => {
	const { people: [ann, , cem, eve], live } = await cast();
	const first = await posted(ann, { audience: 'except', user_ids: [cem.id] });
	const second = await posted(ann);
	expectStatus(await ann.delete(`/moments/posts/${second.id}`), 204);
	const ids = (one) => one.events.filter(({ event }) => event === 'moment').map(({ post_id, deleted }) => [post_id, deleted]);
	for (const one of live.slice(0, 3)) await one.next('moment', (event) => event.deleted);
	assert.deepEqual(live.slice(0, 3).map(ids), [
		[[first.id, false], [second.id, false], [second.id, true]],
		[[first.id, false], [second.id, false], [second.id, true]],
		[[second.id, false], [second.id, true]],
	]);
	// What reached the others would have reached her by now.
	await posted(eve);
	await live[3].next('moment', (event) => event.author_id === eve.id);
	assert.equal(ids(live[3]).length, 1);
	closeAll(...live);
});

test('whoever is told of a post gets the address of what it shows, and nobody else', async () => {
	const { people: [ann, bob, cem, eve], live } = await cast();
	const picture = await uploadOk(ann, 'image', png());
	const post = await posted(ann, { audience: 'except', user_ids: [cem.id], media_ids: [picture.id] });
	const addresses = async (person) => (await person.post('/media/urls', { media_ids: [picture.id] })).body.urls;
	assert.equal((await live[1].next('moment')).post_id, post.id);
	const [{ url }] = await addresses(bob);
	assert.equal((await fetchBytes(url)).status, 200);
	assert.deepEqual([await addresses(cem), await addresses(eve)], [[], []]);
	await like(bob, post);
	assert.equal((await live[0].next('notification')).post_media_id, picture.id);
	expectStatus(await ann.delete(`/moments/posts/${post.id}`), 204);
	await live[1].next('moment', (event) => event.deleted);
	assert.deepEqual(await addresses(bob), []);
	closeAll(...live);
});

test('likes, comments and replies are told to the owner and to whom they answer, stored and counted', async () => {
	const { people: [ann, bob, cem], live } = await cast();
	const post = await posted(ann, { text: 'a post' });
	await like(bob, post);
	const said = await comment(bob, post, 'well said');
	await comment(cem, post, 'not really', { reply_to: said.id });
	const toAnn = await live[0].next('notification', (event) => event.comment_text === 'not really');
	assert.deepEqual([toAnn.kind, toAnn.actor.id, toAnn.post_id, toAnn.post_text, toAnn.read],
		['moment_commented', cem.id, post.id, 'a post', false]);
	const toBob = await live[1].next('notification', (event) => event.kind === 'moment_replied');
	assert.deepEqual([toBob.actor.id, toBob.comment_text], [cem.id, 'not really']);
	const { notifications, unread } = await notices(ann);
	assert.deepEqual([notifications.map(({ kind }) => kind), unread],
		[['moment_commented', 'moment_commented', 'moment_liked'], 3]);
	const { event, ...told } = toAnn;
	assert.equal(event, 'notification');
	assert.deepEqual(notifications[0], told, 'the same live and stored');
	const head = await heads(ann);
	assert.deepEqual([head.moments_unread, head.notifications_unread], [3, (await heads(ann)).notifications_unread]);
	assert.equal((await notices(cem)).unread, 0, 'nobody is told of their own');
	closeAll(...live);
});

test('reading them is told to other devices; what is taken back is gone', async () => {
	const { people: [ann, bob], live } = await cast();
	const post = await posted(ann);
	await like(bob, post);
	const { id } = await comment(bob, post);
	const { notifications } = await notices(ann);
	const read = await ann.put('/moments/notifications/read', { up_to: notifications[1].id });
	assert.deepEqual(read.body, { unread: 1 });
	await live[0].next('moment', (event) => event.unread === 1);
	assert.deepEqual((await notices(ann)).notifications.map((one) => one.read), [false, true]);
	expectStatus(await bob.delete(`/moments/comments/${id}`), 204);
	await unlike(bob, post);
	assert.deepEqual(await notices(ann), { notifications: [], more: false, unread: 0 });
	expectProblem(await ann.put('/moments/notifications/read', { up_to: -1 }), 422, 'invalid_field', 'up_to');
	closeAll(...live);
});

test('who has muted a post, or does not hear what is said, is told nothing', async () => {
	const { people: [ann, bob, cem], live } = await cast();
	const post = await posted(ann);
	expectStatus(await ann.put(`/moments/posts/${post.id}/mute`), 204);
	await like(bob, post);
	const said = await comment(bob, post);
	await comment(ann, post, 'to bob', { reply_to: said.id });
	await live[1].next('notification', (event) => event.kind === 'moment_replied');
	assert.equal((await notices(ann)).unread, 0);
	expectStatus(await ann.delete(`/moments/posts/${post.id}/mute`), 204);
	await hide(ann, bob, { hide_mine: true });
	await comment(cem, post, 'nobody but ann', { reply_to: said.id });
	await live[0].next('notification', (event) => event.comment_text === 'nobody but ann');
	assert.deepEqual((await notices(bob)).notifications, []);
	assert.equal(live[1].events.filter((event) => event.event === 'notification').length, 1);
	closeAll(...live);
});

test('the list is paged by key in both directions', async () => {
	const { people: [ann, bob], live } = await cast();
	const post = await posted(ann);
	for (let i = 0; i < 5; i++) await comment(bob, post, `${i}`);
	const texts = ({ notifications }) => notifications.map((one) => one.comment_text);
	const first = await notices(ann, '?limit=2');
	assert.deepEqual([texts(first), first.more], [['4', '3'], true]);
	const older = await notices(ann, `?limit=3&before=${first.notifications[1].id}`);
	assert.deepEqual([texts(older), older.more], [['2', '1', '0'], false]);
	const newer = await notices(ann, `?limit=3&after=${older.notifications[2].id}`);
	assert.deepEqual([texts(newer), newer.more], [['3', '2', '1'], true]);
	expectProblem(await ann.get('/moments/notifications?limit=0'), 422, 'invalid_field', 'limit');
	closeAll(...live);
});
