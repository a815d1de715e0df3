// Posts: making them, their audiences, who finds them where, narrowing and deleting.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { album, feed, heads, posted, show } from '../harness/moments.mjs';

let ann; // friend of bob and cem
let bob;
let cem;
let eve; // a stranger

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	await befriend(ann, bob);
	await befriend(ann, cem);
});

const put = (person, post, change) => person.patch(`/moments/posts/${post.id}`, change);
const idsOf = (list) => list.map(({ id }) => id);
/** Who of these finds it: by the feed, the album and by itself, which must agree. */
async function seers(post, author, people) {
	const seen = [];
	for (const person of people) {
		const found = [
			idsOf((await feed(person, '?limit=100')).posts).includes(post.id),
			idsOf((await album(person, author, '?limit=100')).posts).includes(post.id),
			(await person.get(`/moments/posts/${post.id}`)).status === 200,
		];
		assert.equal(new Set(found).size, 1, `feed, album, post: ${found}`);
		if (found[0]) seen.push(person);
	}
	return seen;
}

test('a post comes back as it was made, and to friends without its audience', async () => {
	const post = await posted(ann, { text: '你好\nthere' });
	assert.deepEqual([post.author.id, post.text, post.audience, post.media], [ann.id, '你好\nthere', 'friends', []]);
	assert.deepEqual([post.likes, post.like_count, post.liked], [[], 0, false]);
	assert.deepEqual([post.comments, post.comment_count, post.muted], [[], 0, false]);
	const { user_ids, tags, ...rest } = post;
	assert.deepEqual([user_ids, tags], [[], []]);
	assert.deepEqual(await show(bob, post), { ...rest, audience: null });
	assert.deepEqual((await feed(ann)).posts[0], rest);
});

const audiences = {
	friends: [() => ({}), () => [ann, bob, cem]],
	private: [() => ({}), () => [ann]],
	only: [() => ({ user_ids: [bob.id] }), () => [ann, bob]],
	except: [() => ({ user_ids: [bob.id] }), () => [ann, cem]],
};
for (const [audience, [lists, seen]] of Object.entries(audiences))
	test(`an audience of ${audience} is what it says`, async () => {
		const post = await posted(ann, { audience, ...lists() });
		assert.deepEqual(await seers(post, ann, [ann, bob, cem, eve]), seen());
	});

test('a stranger finds an album without posts, nobody one of nobody', async () => {
	assert.deepEqual(await album(eve, ann), { posts: [], more: false, cover: null });
	expectProblem(await eve.get(`/moments/users/${2 ** 52}/posts`), 404, 'not_found');
});

test('refused: nothing to see, what contradicts itself, media, strangers, no token', async () => {
	const refused = [
		['text', { audience: 'friends' }],
		['text', { audience: 'friends', text: ' \u200b\n' }],
		['text', { audience: 'friends', text: 'x'.repeat(2001) }],
		['audience', { text: 'x' }],
		['audience', { text: 'x', audience: 'everybody' }],
		['media_ids', { text: 'x', audience: 'friends', media_ids: [1] }],
		['user_ids', { text: 'x', audience: 'friends', user_ids: [bob.id] }],
		['user_ids', { text: 'x', audience: 'only' }],
		['user_ids', { text: 'x', audience: 'only', user_ids: [bob.id, eve.id] }],
		['user_ids', { text: 'x', audience: 'only', tags: ['nobody has it'] }],
		['user_ids', { text: 'x', audience: 'except', user_ids: [] }],
		['tags', { text: 'x', audience: 'private', tags: ['a'] }],
		['tags', { text: 'x', audience: 'except', tags: [' '] }],
	];
	const before = (await feed(ann)).posts[0]?.id;
	for (const [field, draft] of refused)
		expectProblem(await ann.post('/moments/posts', draft), 422, 'invalid_field', field);
	expectProblem(await api('POST', '/moments/posts', { body: { text: 'x', audience: 'friends' } }), 401, 'unauthenticated');
	assert.equal((await feed(ann)).posts[0]?.id, before, 'nothing of it was posted');
});

test('a retry posts nothing twice; the same key for something else is refused', async () => {
	const draft = { text: 'once', audience: 'friends', client_key: 'k-1' };
	const answers = await Promise.all(Array.from({ length: 4 }, () => ann.post('/moments/posts', draft)));
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 201]);
	assert.equal(new Set(answers.map(({ body }) => body.post.id)).size, 1);
	expectProblem(await ann.post('/moments/posts', { ...draft, text: 'twice' }), 409, 'conflict', 'client_key');
	expectStatus(await bob.post('/moments/posts', draft), 201);
});

test('an allow-list is settled when posting; who is excluded by a tag stays out, whoever gets it later too', async () => {
	const [dan, fay, gil] = await Promise.all([register(), register(), register()]);
	for (const friend of [fay, gil]) await befriend(dan, friend);
	expectStatus(await dan.patch(`/social/friends/${fay.id}`, { tags: ['work'] }), 200);
	const only = await posted(dan, { audience: 'only', tags: ['work'] });
	const except = await posted(dan, { audience: 'except', tags: ['work'] });
	assert.deepEqual([only.user_ids, except.user_ids, except.tags], [[fay.id], [fay.id], ['work']]);
	assert.deepEqual(await seers(only, dan, [fay, gil]), [fay]);
	assert.deepEqual(await seers(except, dan, [fay, gil]), [gil]);
	expectStatus(await dan.patch(`/social/friends/${gil.id}`, { tags: ['work'] }), 200);
	expectStatus(await dan.patch(`/social/friends/${fay.id}`, { tags: [] }), 200);
	assert.deepEqual(await seers(only, dan, [fay, gil]), [fay], 'nobody comes in');
	assert.deepEqual(await seers(except, dan, [fay, gil]), [], 'nobody comes in, who is tagged is out');
});

test('parting hides at once, friends again see what is still there, and what came in between', async () => {
	const [dan, fay] = await Promise.all([register(), register()]);
	const early = await posted(dan, { text: 'before we met' });
	await befriend(dan, fay);
	const [kept, gone] = [await posted(dan), await posted(dan)];
	assert.deepEqual(idsOf((await feed(fay)).posts), [gone.id, kept.id, early.id], 'earlier posts of a new friend are there');
	expectStatus(await fay.delete(`/social/friends/${dan.id}`), 204);
	assert.deepEqual(await seers(kept, dan, [dan, fay]), [dan]);
	const between = await posted(dan);
	expectStatus(await dan.delete(`/moments/posts/${gone.id}`), 204);
	await befriend(fay, dan);
	assert.deepEqual(idsOf((await feed(fay)).posts), [between.id, kept.id, early.id]);
});

test('an audience only becomes narrower', async () => {
	const steps = [
		['friends', {}, ['friends', {}, 200], ['except', { user_ids: [bob.id] }, 200], ['friends', {}, 409]],
		['except', { user_ids: [bob.id] }, ['except', { user_ids: [cem.id] }, 409],
			['only', { user_ids: [bob.id] }, 409], ['except', { user_ids: [bob.id, eve.id] }, 200],
			['only', { user_ids: [cem.id] }, 200], ['except', { user_ids: [bob.id] }, 409]],
		['only', { user_ids: [bob.id, cem.id] }, ['only', { user_ids: [bob.id] }, 200],
			['only', { user_ids: [bob.id, cem.id] }, 409], ['friends', {}, 409], ['private', {}, 200]],
		['private', {}, ['only', { user_ids: [bob.id] }, 409], ['private', {}, 200]],
	];
	for (const [audience, lists, ...changes] of steps) {
		const post = await posted(ann, { audience, ...lists });
		let seen = await seers(post, ann, [bob, cem]);
		for (const [to, names, status] of changes) {
			const answer = await put(ann, post, { audience: to, ...names });
			expectStatus(answer, status);
			if (status === 409) expectProblem(answer, 409, 'conflict', 'audience');
			else assert.equal(answer.body.post.audience, to);
			const now = await seers(post, ann, [bob, cem]);
			assert.ok(now.every((person) => seen.includes(person)), `${audience} to ${to}`);
			seen = now;
		}
	}
});

test('changing and deleting are its author’s alone, and to who does not see it there is nothing', async () => {
	const post = await posted(ann, { audience: 'except', user_ids: [cem.id] });
	for (const change of [(p) => put(p, post, { audience: 'private' }), (p) => p.delete(`/moments/posts/${post.id}`)]) {
		expectProblem(await change(bob), 403, 'forbidden');
		for (const outsider of [cem, eve]) expectProblem(await change(outsider), 404, 'not_found');
	}
	expectProblem(await put(ann, post, { audience: 'everybody' }), 422, 'invalid_field', 'audience');
	expectStatus(await put(ann, post, { audience: 'private' }), 200);
	expectStatus(await ann.delete(`/moments/posts/${post.id}`), 204);
	expectProblem(await ann.delete(`/moments/posts/${post.id}`), 404, 'not_found');
	assert.deepEqual(await seers(post, ann, [ann, bob]), []);
	assert.deepEqual(await sql(`SELECT text, (SELECT COUNT(*) FROM moment_listed WHERE moment_id = ${post.id})
		FROM moment WHERE id = ${post.id}`), [['', '0']], 'nothing is left of it');
});

test('feed and album are paged by key', async () => {
	const [dan, fay] = await Promise.all([register(), register()]);
	await befriend(dan, fay);
	const posts = [];
	for (let i = 0; i < 5; i++) posts.unshift(await posted(dan, { text: `${i}` }));
	for (const page of [(query) => feed(fay, query), (query) => album(fay, dan, query)]) {
		const first = await page('?limit=2');
		assert.deepEqual([idsOf(first.posts), first.more], [idsOf(posts.slice(0, 2)), true]);
		const second = await page(`?limit=3&before=${posts[1].id}`);
		assert.deepEqual([idsOf(second.posts), second.more], [idsOf(posts.slice(2)), false]);
	}
	for (const query of ['limit=0', 'limit=101', 'before=x'])
		expectProblem(await fay.get(`/moments/feed?${query}`), 422, 'invalid_field', query.split('=')[0]);
});

test('new posts of others are told apart from what was said, until they are seen', async () => {
	const [dan, fay] = await Promise.all([register(), register()]);
	await befriend(dan, fay);
	assert.equal((await heads(fay)).moments_new, false);
	const post = await posted(dan);
	const { moments_new, moments_unread } = await heads(fay);
	assert.deepEqual([moments_new, moments_unread], [true, 0]);
	assert.equal((await heads(dan)).moments_new, false, 'his own is not new to him');
	const seen = await fay.put('/moments/feed/seen', { up_to: post.id });
	assert.deepEqual(seen.body, { new: false });
	await fay.put('/moments/feed/seen', { up_to: 2 ** 52 });
	const next = await posted(dan);
	assert.equal((await heads(fay)).moments_new, true, 'nobody sees what is not there yet');
	expectStatus(await dan.patch(`/moments/posts/${next.id}`, { audience: 'private' }), 200);
	assert.equal((await heads(fay)).moments_new, false, 'what is hidden is not new');
	expectProblem(await fay.put('/moments/feed/seen', {}), 422, 'invalid_field', 'up_to');
});
