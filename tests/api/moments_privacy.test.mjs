// Who hides from whom: per person, by block, by age.  All of it silent, all of it over old posts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { connectLive, closeAll } from '../harness/live.mjs';
import { album, comment, feed, heads, hide, like, notices, posted, show } from '../harness/moments.mjs';

const DAY = 86_400_000;

async function pair() {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	return [ann, bob];
}

async function sees(viewer, author, { id }) {
	const found = [
		(await feed(viewer)).posts.some((post) => post.id === id),
		(await album(viewer, author)).posts.some((post) => post.id === id),
		(await viewer.get(`/moments/posts/${id}`)).status === 200,
	];
	assert.equal(new Set(found).size, 1, `${found}`);
	return found[0];
}

test('hiding mine, hiding theirs: old and new posts, one way, until it is taken back', async () => {
	const [ann, bob] = await pair();
	const [old, his] = [await posted(ann), await posted(bob)];
	for (const [hider, other, change] of [[ann, bob, 'hide_mine'], [bob, ann, 'hide_theirs']]) {
		const set = await hide(hider, other, { [change]: true });
		assert.deepEqual([set.user.id, set[change]], [other.id, true]);
		const fresh = await posted(ann);
		assert.deepEqual([await sees(bob, ann, old), await sees(bob, ann, fresh)], [false, false], change);
		assert.deepEqual([await sees(ann, bob, his), await sees(ann, ann, old)], [true, true], 'nothing else changes');
		assert.equal((await heads(bob)).moments_new, false);
		await hide(hider, other, { [change]: false });
		assert.deepEqual([await sees(bob, ann, old), await sees(bob, ann, fresh)], [true, true]);
	}
});

test('a block hides both from each other, whoever made it', async () => {
	const [ann, bob] = await pair();
	const [hers, his] = [await posted(ann), await posted(bob)];
	expectStatus(await ann.put(`/social/blocks/${bob.id}`), 200);
	assert.deepEqual([await sees(bob, ann, hers), await sees(ann, bob, his)], [false, false]);
	expectStatus(await ann.delete(`/social/blocks/${bob.id}`), 204);
	assert.deepEqual([await sees(bob, ann, hers), await sees(ann, bob, his)], [true, true]);
});

test('a block between two who comment hides what they say from each other', async () => {
	const [ann, bob] = await pair();
	const cem = await register();
	for (const friend of [ann, bob]) await befriend(cem, friend);
	const post = await posted(ann);
	await comment(bob, post);
	await like(bob, post);
	expectStatus(await cem.put(`/social/blocks/${bob.id}`), 200);
	const seen = await show(cem, post);
	assert.deepEqual([seen.comment_count, seen.like_count], [0, 0]);
	const owner = await show(ann, post);
	assert.deepEqual([owner.comment_count, owner.like_count], [1, 1]);
});

test('by age others see what is young enough, the author everything', async () => {
	const [ann, bob] = await pair();
	const ages = { three_days: 2, month: 20, half_year: 150, all: 400 };
	const posts = {};
	for (const [name, days] of Object.entries(ages)) {
		posts[name] = await posted(ann);
		await sql(`UPDATE moment SET created_at = ${Date.now() - days * DAY} WHERE id = ${posts[name].id}`);
	}
	const names = Object.keys(ages);
	for (const window of [...names].reverse()) {
		const answer = await ann.put('/moments/privacy', { window });
		expectStatus(answer, 200);
		assert.equal((await ann.get('/moments/privacy')).body.window, window);
		for (const name of names)
			assert.equal(await sees(bob, ann, posts[name]), names.indexOf(name) <= names.indexOf(window), `${name} in ${window}`);
		assert.equal(await sees(ann, ann, posts.all), true);
	}
});

test('what is hidden cannot be liked, spoken to or counted, and is not told of', async () => {
	const [ann, bob] = await pair();
	const post = await posted(bob);
	await comment(ann, post, 'to be answered');
	const { id } = (await show(bob, post)).comments[0];
	await hide(bob, ann, { hide_mine: true });
	await comment(bob, post, 'never heard', { reply_to: id });
	expectProblem(await ann.put(`/moments/posts/${post.id}/like`), 404, 'not_found');
	assert.deepEqual([(await notices(ann)).notifications, (await heads(ann)).moments_unread], [[], 0]);
	await hide(bob, ann, { hide_mine: false });
	await comment(bob, post, 'heard', { reply_to: id });
	assert.equal((await heads(ann)).moments_unread, 1);
	await hide(bob, ann, { hide_mine: true });
	assert.deepEqual([(await notices(ann)).notifications, (await heads(ann)).moments_unread], [[], 0], 'nor kept');
});

test('nobody is told', async () => {
	const [ann, bob] = await pair();
	await posted(ann);
	const live = await connectLive(bob);
	await hide(ann, bob, { hide_mine: true });
	expectStatus(await ann.put('/moments/privacy', { window: 'month' }), 200);
	await posted(ann);
	await hide(ann, bob, { hide_mine: false });
	const after = await posted(ann);
	await live.next('moment', (event) => event.post_id === after.id);
	assert.deepEqual(live.events.map((event) => [event.event, event.post_id]), [['moment', after.id]]);
	closeAll(live);
});

test('what is set is listed by key; refused: oneself, nobody, nonsense, no token', async () => {
	const [ann, bob] = await pair();
	const others = [bob, await register(), await register()].sort((a, b) => a.id - b.id);
	for (const other of others) await hide(ann, other, { hide_theirs: true });
	const first = (await ann.get('/moments/privacy?limit=2')).body;
	assert.deepEqual([first.window, first.people.map(({ user }) => user.id), first.more],
		['all', others.slice(0, 2).map(({ id }) => id), true]);
	const second = (await ann.get(`/moments/privacy?after=${others[1].id}`)).body;
	assert.deepEqual([second.people.map(({ user }) => user.id), second.more], [[others[2].id], false]);
	await hide(ann, others[2], { hide_theirs: false });
	assert.equal((await ann.get('/moments/privacy')).body.people.length, 2);
	const one = await ann.get(`/moments/privacy/${others[0].id}`);
	assert.deepEqual([one.body.privacy.hide_mine, one.body.privacy.hide_theirs], [false, true]);
	assert.equal((await ann.get(`/moments/privacy/${others[2].id}`)).body.privacy.hide_theirs, false);
	for (const method of ['GET', 'PUT']) {
		const ask = (id) => ann.request(method, `/moments/privacy/${id}`, method === 'PUT' ? {} : undefined);
		expectProblem(await ask(ann.id), 422, 'invalid_field', 'user');
		expectProblem(await ask(2 ** 52), 404, 'not_found');
	}
	expectProblem(await ann.put(`/moments/privacy/${bob.id}`, { hide_mine: 1 }), 422, 'invalid_field', 'hide_mine');
	expectProblem(await ann.put('/moments/privacy', { window: 'year' }), 422, 'invalid_field', 'window');
	expectProblem(await ann.get('/moments/privacy?limit=0'), 422, 'invalid_field', 'limit');
	expectProblem(await api('PUT', `/moments/privacy/${bob.id}`, { body: {} }), 401, 'unauthenticated');
});
