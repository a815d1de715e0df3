// Likes, comments and replies: who hears them, who counts them, who may delete them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { comment, feed, hide, like, posted, show, unlike } from '../harness/moments.mjs';

let ann; // the owner: friend of bob, cem and dan
let bob; // friend of cem
let cem;
let dan; // friend of ann alone
let eve; // a stranger
let post;

before(async () => {
	[ann, bob, cem, dan, eve] = await Promise.all(Array.from({ length: 5 }, () => register()));
	for (const friend of [bob, cem, dan]) await befriend(ann, friend);
	await befriend(bob, cem);
	post = await posted(ann);
});

const textsOf = ({ comments }) => comments.map(({ text }) => text);
const idsOf = (list) => list.map(({ id }) => id);
const list = async (person, what, { id }, query = '') => {
	const answer = await person.get(`/moments/posts/${id}/${what}${query}`);
	expectStatus(answer, 200);
	return answer.body;
};

test('a like is seen and counted by its author, the owner, and friends of its author', async () => {
	assert.equal((await like(bob, post)).liked, true);
	await like(bob, post);
	for (const [person, count] of [[ann, 1], [bob, 1], [cem, 1], [dan, 0]]) {
		const seen = await show(person, post);
		assert.deepEqual([seen.like_count, seen.likes.length, seen.liked], [count, count, person === bob]);
		assert.equal((await list(person, 'likes', post)).likes.length, count);
		assert.equal((await feed(person)).posts.find(({ id }) => id === post.id).like_count, count);
	}
	await unlike(bob, post);
	await unlike(bob, post);
	assert.equal((await show(ann, post)).like_count, 0);
});

test('a comment is heard as a like is, a reply only by who hears whom it answers, too', async () => {
	const target = await posted(ann);
	const first = await comment(bob, target, 'of bob');
	const other = await comment(dan, target, 'of dan');
	await comment(ann, target, 'to bob', { reply_to: first.id });
	await comment(ann, target, 'to dan', { reply_to: other.id });
	await comment(cem, target, 'cem to bob', { reply_to: first.id });
	const heard = {
		ann: ['of bob', 'of dan', 'to bob', 'to dan', 'cem to bob'],
		bob: ['of bob', 'to bob', 'cem to bob'],
		cem: ['of bob', 'to bob', 'cem to bob'],
		dan: ['of dan', 'to dan'],
	};
	for (const [name, person] of Object.entries({ ann, bob, cem, dan })) {
		const seen = await show(person, target);
		assert.deepEqual(textsOf(seen), heard[name], name);
		assert.equal(seen.comment_count, heard[name].length);
		assert.deepEqual(textsOf(await list(person, 'comments', target)), heard[name]);
	}
	const answered = (await show(ann, target)).comments[2];
	assert.deepEqual([answered.reply_to, answered.reply_user.id, answered.author.id], [first.id, bob.id, ann.id]);
});

test('what is not heard cannot be answered, and what is not seen cannot be liked or spoken to', async () => {
	const target = await posted(ann, { audience: 'except', user_ids: [cem.id] });
	const other = await posted(ann);
	const hidden = await comment(dan, target, 'of dan');
	const say = (person, more) => person.post(`/moments/posts/${target.id}/comments`, { text: 'x', ...more });
	for (const id of [hidden.id, (await comment(bob, other)).id, 2 ** 52])
		expectProblem(await say(bob, { reply_to: id }), 404, 'not_found', 'reply_to');
	for (const outsider of [cem, eve]) {
		expectProblem(await say(outsider), 404, 'not_found');
		for (const [method, what] of [['PUT', 'like'], ['DELETE', 'like'], ['GET', 'likes'], ['GET', 'comments'],
			['PUT', 'mute'], ['DELETE', 'mute']])
			expectProblem(await outsider.request(method, `/moments/posts/${target.id}/${what}`), 404, 'not_found');
		expectProblem(await outsider.post(`/moments/posts/${target.id}/reports`, { reason: 'spam' }), 404, 'not_found');
	}
	for (const [field, draft] of [['text', { text: '' }], ['text', { text: ' \u200b' }], ['text', {}],
		['text', { text: 'x'.repeat(1001) }], ['reply_to', { text: 'x', reply_to: 0 }]])
		expectProblem(await ann.post(`/moments/posts/${target.id}/comments`, draft), 422, 'invalid_field', field);
	expectProblem(await api('PUT', `/moments/posts/${target.id}/like`), 401, 'unauthenticated');
	assert.deepEqual([(await show(ann, target)).comment_count, (await show(ann, target)).like_count], [1, 0]);
});

test('a comment is deleted by who wrote it and by the owner, by nobody else', async () => {
	const target = await posted(ann);
	const [his, hers, third] = [await comment(bob, target), await comment(cem, target), await comment(dan, target)];
	await comment(ann, target, 'stays', { reply_to: his.id });
	const erase = (person, { id }) => person.delete(`/moments/comments/${id}`);
	expectProblem(await erase(cem, his), 403, 'forbidden');
	for (const [person, what] of [[bob, third], [eve, his], [ann, { id: 2 ** 52 }]])
		expectProblem(await erase(person, what), 404, 'not_found');
	expectStatus(await erase(bob, his), 204);
	expectStatus(await erase(ann, hers), 204);
	expectProblem(await erase(bob, his), 404, 'not_found');
	const seen = await show(ann, target);
	assert.deepEqual([textsOf(seen), seen.comment_count], [['well', 'stays'], 2]);
	assert.equal(seen.comments[1].reply_user.id, bob.id);
	await hide(ann, dan, { hide_mine: true });
	expectProblem(await erase(dan, third), 404, 'not_found');
	await hide(ann, dan, { hide_mine: false });
	expectStatus(await erase(dan, third), 204);
});

test('comments and likes are paged by key; a post shows the newest', async () => {
	const target = await posted(ann);
	const said = [];
	for (let i = 0; i < 12; i++) said.push(await comment(ann, target, `${i}`));
	for (const person of [bob, cem, dan]) await like(person, target);
	const inFeed = (await feed(bob)).posts.find(({ id }) => id === target.id);
	assert.deepEqual([idsOf(inFeed.comments), inFeed.comment_count], [idsOf(said.slice(2)), 12]);
	assert.equal((await show(bob, target)).comments.length, 12);
	const older = await list(bob, 'comments', target, `?limit=2&before=${said[4].id}`);
	assert.deepEqual([idsOf(older.comments), older.more], [idsOf(said.slice(2, 4)), true]);
	const newer = await list(bob, 'comments', target, `?limit=4&after=${said[8].id}`);
	assert.deepEqual([idsOf(newer.comments), newer.more], [idsOf(said.slice(9)), false]);
	const likers = [bob, cem, dan].map(({ id }) => id).sort((a, b) => a - b);
	const first = await list(ann, 'likes', target, '?limit=2');
	assert.deepEqual([idsOf(first.likes), first.more], [likers.slice(0, 2), true]);
	const rest = await list(ann, 'likes', target, `?limit=2&after=${likers[1]}`);
	assert.deepEqual([idsOf(rest.likes), rest.more], [likers.slice(2), false]);
	expectProblem(await ann.get(`/moments/posts/${target.id}/comments?limit=0`), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get(`/moments/posts/${target.id}/likes?limit=0`), 422, 'invalid_field', 'limit');
});

test('a retried comment is said once', async () => {
	const target = await posted(ann);
	const say = (text) => bob.post(`/moments/posts/${target.id}/comments`, { text, client_key: 'once' });
	const answers = await Promise.all([say('a'), say('a'), say('a')]);
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 201]);
	expectProblem(await say('b'), 409, 'conflict', 'client_key');
	assert.equal((await show(ann, target)).comment_count, 1);
});
