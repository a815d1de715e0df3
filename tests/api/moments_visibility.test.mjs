// Random worlds of friendships, blocks, hides, audiences, pictures and things said, against a plain
// model of who sees what: every viewer, in the feed, the album, by itself, in lists and in counts, and
// of which pictures they get an address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
import { album, feed, heads, notices } from '../harness/moments.mjs';

const DAY = 86_400_000;
const PEOPLE = 7;
const ROUNDS = 4;
const STEPS = 40;
const WINDOWS = { all: Infinity, half_year: 183, month: 30, three_days: 3 };

/** Always the same numbers for the same seed. */
function random(seed) {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** What is known of the world: nothing here asks the server. */
class World {
	constructor(people) {
		this.people = people;
		this.friends = new Set();
		this.blocks = new Set();
		this.hides = new Set();
		this.windows = new Map();
		this.posts = [];
		this.pictures = []; // {id, owner}
		this.covers = new Map(); // pictures by owner
	}
	static key = (one, other, what = '') => `${one.id} ${other.id} ${what}`;
	areFriends(one, other) {
		return this.friends.has(World.key(one, other));
	}
	near(one, other) {
		return this.areFriends(one, other) && !this.blocks.has(World.key(one, other)) && !this.blocks.has(World.key(other, one));
	}
	inAudience(viewer, { audience, listed, author }) {
		if (audience === 'only') return listed.has(viewer.id) || viewer === author;
		if (audience === 'private') return viewer === author;
		return !listed.has(viewer.id);
	}
	visible(viewer, post) {
		const { author } = post;
		if (post.deleted) return false;
		if (viewer === author) return true;
		return this.shows(author, viewer) && this.inAudience(viewer, post) &&
			!this.excluded(viewer, post) && post.age < WINDOWS[this.windows.get(author) ?? 'all'];
	}
	shows(author, viewer) {
		return this.near(viewer, author) &&
			!this.hides.has(World.key(author, viewer, 'hide_mine')) &&
			!this.hides.has(World.key(viewer, author, 'hide_theirs'));
	}
	cover(viewer, owner) {
		return viewer === owner || this.shows(owner, viewer) ? this.covers.get(owner) ?? null : null;
	}
	seesPicture(viewer, picture) {
		return viewer === picture.owner || this.cover(viewer, picture.owner) === picture.id ||
			this.posts.some((post) => post.media.includes(picture.id) && this.visible(viewer, post));
	}
	/** By an audience that it had before it was narrowed. */
	excluded(viewer, post) {
		return post.excluded.has(viewer.id);
	}
	hears(viewer, post, { author, answered }) {
		if (viewer === author || viewer === post.author) return true;
		if (!this.near(viewer, author)) return false;
		return answered === undefined || answered === viewer || this.near(viewer, answered);
	}
	likes(viewer, post) {
		return post.likes.filter((author) => this.hears(viewer, post, { author })).map(({ id }) => id);
	}
	comments(viewer, post) {
		return post.comments.filter((one) => this.hears(viewer, post, one)).map(({ id }) => id);
	}
}

const idsOf = (list) => list.map(({ id }) => id);
const sorted = (ids) => [...ids].sort((a, b) => a - b);

async function done(request, ...statuses) {
	const answer = await request;
	expectStatus(answer, ...statuses);
	return answer.body;
}

/** A picture of this person, sometimes one that they have used before. */
async function picture(world, owner, pick) {
	const known = world.pictures.filter((one) => one.owner === owner)[pick(4)];
	if (known !== undefined) return known.id;
	const { id } = await uploadOk(owner, 'image', png());
	world.pictures.push({ id, owner });
	return id;
}

/** What may happen: each changes the server and the model alike; what may not be is tried as well. */
const steps = {
	async befriend(world, one, other) {
		const blocked = world.blocks.has(World.key(one, other)) || world.blocks.has(World.key(other, one));
		if (world.areFriends(one, other) || blocked) return;
		await befriend(one, other);
		for (const key of [World.key(one, other), World.key(other, one)]) world.friends.add(key);
	},
	async part(world, one, other, pick) {
		if (!world.areFriends(one, other) || pick(3) > 0) return;
		await done(one.delete(`/social/friends/${other.id}`), 204);
		for (const key of [World.key(one, other), World.key(other, one)]) world.friends.delete(key);
	},
	async block(world, one, other, pick) {
		const key = World.key(one, other);
		if (world.blocks.has(key)) {
			await done(one.delete(`/social/blocks/${other.id}`), 204);
			world.blocks.delete(key);
		} else if (pick(2) === 0) {
			await done(one.put(`/social/blocks/${other.id}`), 200);
			world.blocks.add(key);
		}
	},
	async hide(world, one, other, pick) {
		const what = ['hide_mine', 'hide_theirs'][pick(2)];
		const key = World.key(one, other, what);
		const on = !world.hides.has(key);
		await done(one.put(`/moments/privacy/${other.id}`, { [what]: on }), 200);
		if (on) world.hides.add(key);
		else world.hides.delete(key);
	},
	async window(world, one, other, pick) {
		const window = Object.keys(WINDOWS)[pick(4)];
		await done(one.put('/moments/privacy', { window }), 200);
		world.windows.set(one, window);
	},
	async post(world, author, other, pick) {
		const audience = ['friends', 'friends', 'private', 'only', 'except'][pick(5)];
		const some = world.people.filter((person) => person !== author && pick(2) === 0 &&
			(audience !== 'only' || world.areFriends(author, person)));
		const user_ids = idsOf(some);
		const lists = audience === 'only' || audience === 'except';
		if (lists && user_ids.length === 0) return;
		const media = pick(2) === 0 ? [] : [...new Set([await picture(world, author, pick), await picture(world, author, pick)])];
		const draft = { text: `of ${author.id}`, media_ids: media, audience, ...(lists && { user_ids }) };
		const { post } = await done(author.post('/moments/posts', draft), 201);
		const age = [0, 2, 20, 100, 300][pick(5)];
		await sql(`UPDATE moment SET created_at = created_at - ${age * DAY} WHERE id = ${post.id}`);
		world.posts.push({ id: post.id, author, audience, age, listed: new Set(lists ? user_ids : []),
			excluded: new Set(), media, likes: [], comments: [], deleted: false });
	},
	async cover(world, one, other, pick) {
		if (world.covers.has(one) && pick(2) === 0) {
			await done(one.delete('/moments/cover'), 204);
			world.covers.delete(one);
			return;
		}
		const media_id = await picture(world, one, pick);
		await done(one.put('/moments/cover', { media_id }), 200);
		world.covers.set(one, media_id);
	},
	async narrow(world, one, other, pick) {
		const post = world.posts.filter(({ author, deleted }) => author === one && !deleted)[pick(3)];
		if (post === undefined) return;
		if (post.audience === 'friends') {
			await done(one.patch(`/moments/posts/${post.id}`, { audience: 'except', user_ids: [other.id] }), 200);
			post.listed = new Set([other.id]);
			post.audience = 'except';
		} else if (post.audience === 'except' && world.areFriends(one, other) && !post.listed.has(other.id)) {
			await done(one.patch(`/moments/posts/${post.id}`, { audience: 'only', user_ids: [other.id] }), 200);
			post.excluded = post.listed;
			post.listed = new Set([other.id]);
			post.audience = 'only';
		} else if (post.audience === 'only') {
			await done(one.patch(`/moments/posts/${post.id}`, { audience: 'private' }), 200);
			post.audience = 'private';
		}
	},
	async erase(world, one, other, pick) {
		const post = world.posts[pick(world.posts.length + 1)];
		if (post === undefined || pick(3) > 0) return;
		const allowed = post.author === one && !post.deleted;
		const status = allowed ? 204 : world.visible(one, post) ? 403 : 404;
		await done(one.delete(`/moments/posts/${post.id}`), status);
		post.deleted ||= allowed;
	},
	async like(world, one, other, pick) {
		const post = world.posts[pick(world.posts.length + 1)];
		if (post === undefined) return;
		const seen = world.visible(one, post);
		if (post.likes.includes(one)) {
			await done(one.delete(`/moments/posts/${post.id}/like`), seen ? 204 : 404);
			if (seen) post.likes = post.likes.filter((person) => person !== one);
		} else {
			await done(one.put(`/moments/posts/${post.id}/like`), seen ? 200 : 404);
			if (seen) post.likes.push(one);
		}
	},
	async comment(world, author, other, pick) {
		const post = world.posts[pick(world.posts.length + 1)];
		if (post === undefined) return;
		const answered = post.comments[pick(post.comments.length * 2 + 1)];
		const allowed = world.visible(author, post) && (answered === undefined || world.hears(author, post, answered));
		const draft = { text: 'x', ...(answered && { reply_to: answered.id }) };
		const answer = await done(author.post(`/moments/posts/${post.id}/comments`, draft), allowed ? 201 : 404);
		if (allowed) post.comments.push({ id: answer.comment.id, author, answered: answered?.author });
	},
	async uncomment(world, one, other, pick) {
		const post = world.posts[pick(world.posts.length + 1)];
		const said = post?.comments[pick(post.comments.length + 1)];
		if (said === undefined) return;
		const seen = world.visible(one, post);
		const allowed = seen && [said.author, post.author].includes(one);
		const status = allowed ? 204 : seen && world.hears(one, post, said) ? 403 : 404;
		await done(one.delete(`/moments/comments/${said.id}`), status);
		if (allowed) post.comments = post.comments.filter((comment) => comment !== said);
	},
};
const often = ['post', 'post', 'like', 'like', ...Array(6).fill('comment'), ...Object.keys(steps)];

function expectPost(world, viewer, shown, post, where) {
	const [likes, comments] = [world.likes(viewer, post), world.comments(viewer, post)];
	assert.equal(shown.author.id, post.author.id, where);
	assert.deepEqual(shown.media.map(({ media_id }) => media_id), post.media, `${where}: media`);
	assert.deepEqual(sorted(idsOf(shown.likes)), sorted(likes), `${where}: likes`);
	assert.equal(shown.like_count, likes.length, `${where}: like_count`);
	assert.equal(shown.liked, likes.includes(viewer.id), `${where}: liked`);
	assert.deepEqual(idsOf(shown.comments), comments.slice(-shown.comments.length || comments.length), `${where}: comments`);
	assert.equal(shown.comment_count, comments.length, `${where}: comment_count`);
	assert.equal(shown.audience, viewer === post.author ? post.audience : null, `${where}: audience`);
}

async function expectLists(world, viewer) {
	const seen = world.posts.filter((post) => world.visible(viewer, post)).reverse();
	const expectList = (posts, wanted, where) => {
		assert.deepEqual(idsOf(posts), idsOf(wanted), where);
		wanted.forEach((post, i) => expectPost(world, viewer, posts[i], post, where));
	};
	expectList((await feed(viewer, '?limit=100')).posts, seen, `feed of ${viewer.id}`);
	for (const author of world.people) {
		const { posts, cover } = await album(viewer, author, '?limit=100');
		const where = `album of ${author.id} for ${viewer.id}`;
		expectList(posts, seen.filter((post) => post.author === author), where);
		assert.equal(cover?.media_id ?? null, world.cover(viewer, author), `${where}: cover`);
	}
}

/** An address is for whoever sees a post that shows it, or whose cover it is. */
async function expectPictures(world, viewer) {
	const wanted = world.pictures.filter((one) => world.seesPicture(viewer, one));
	const found = [];
	for (let i = 0; i < world.pictures.length; i += 100) {
		const media_ids = idsOf(world.pictures.slice(i, i + 100));
		const { urls } = await done(viewer.post('/media/urls', { media_ids }), 200);
		found.push(...urls.map(({ media_id }) => media_id));
	}
	assert.deepEqual(found, idsOf(wanted), `pictures for ${viewer.id}`);
	const one = world.pictures.at(-1);
	const status = wanted.includes(one) ? 200 : 404;
	if (one !== undefined) assert.equal((await viewer.get(`/media/files/${one.id}`)).status, status, `picture for ${viewer.id}`);
}

async function expectSingly(world, viewer, post) {
	const where = `post ${post.id} for ${viewer.id}`;
	const path = `/moments/posts/${post.id}`;
	const status = world.visible(viewer, post) ? 200 : 404;
	const [answer, comments, likes] = await Promise.all(['', '/comments?limit=100', '/likes?limit=100']
		.map((what) => viewer.get(`${path}${what}`)));
	assert.deepEqual([answer.status, comments.status, likes.status], [status, status, status], where);
	if (status === 404) return;
	expectPost(world, viewer, answer.body.post, post, where);
	assert.deepEqual(idsOf(comments.body.comments), world.comments(viewer, post), where);
	assert.deepEqual(idsOf(likes.body.likes), sorted(world.likes(viewer, post)), where);
}

/** What somebody was told of is among what they see now. */
async function expectNotices(world, viewer) {
	const { notifications, unread } = await notices(viewer, '?limit=100');
	for (const { post_id, comment_id, actor } of notifications) {
		const post = world.posts.find(({ id }) => id === post_id);
		assert.ok(world.visible(viewer, post), `post ${post_id} for ${viewer.id}`);
		if (comment_id === null) assert.ok(world.likes(viewer, post).includes(actor.id));
		else assert.ok(world.comments(viewer, post).includes(comment_id));
	}
	const { moments_unread, moments_new } = await heads(viewer);
	assert.deepEqual([unread, moments_unread], [notifications.length, notifications.length], 'nothing was read');
	assert.equal(moments_new, world.posts.some((post) => post.author !== viewer && world.visible(viewer, post)));
}

const seeds = process.env.HICHAT_SEED ? [Number(process.env.HICHAT_SEED)] : [1, Date.now() % 1_000_000];
for (const seed of seeds)
	test(`everybody sees what the model says (HICHAT_SEED=${seed})`, async () => {
		const pick = random(seed);
		const people = await Promise.all(Array.from({ length: PEOPLE }, () => register()));
		const world = new World(people);
		// The first has many friends, few of whom are friends of each other: they meet below his posts.
		for (const other of people.slice(1, -1)) await steps.befriend(world, people[0], other);
		for (let i = 2; i < PEOPLE; i++) await steps.befriend(world, people[i - 1], people[i]);
		for (let i = 0; i < 3; i++) await steps.post(world, people[0], people[1], () => 0);
		for (let round = 0; round < ROUNDS; round++) {
			for (let step = 0; step < STEPS; step++) {
				const [one, other] = [people[pick(PEOPLE)], people[pick(PEOPLE)]];
				if (one !== other) await steps[often[pick(often.length)]](world, one, other, pick);
			}
			await Promise.all(people.map((viewer) => expectLists(world, viewer)));
			for (const post of world.posts) await Promise.all(people.map((viewer) => expectSingly(world, viewer, post)));
			await Promise.all(people.map((viewer) => expectNotices(world, viewer)));
			await Promise.all(people.map((viewer) => expectPictures(world, viewer)));
		}
	});
