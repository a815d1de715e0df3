// Posts that show pictures or a video, and covers: what they say, who gets an address, and when it
// goes.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { fetchBytes, uploadOk } from '../harness/media.mjs';
import { mp4, oggOpus, png } from '../harness/media_files.mjs';
import { album, feed, hide, like, notices, posted, show } from '../harness/moments.mjs';

let ann; // friend of bob and cem
let bob;
let cem;
let eve; // a stranger

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	await befriend(ann, bob);
	await befriend(ann, cem);
});

const image = (person, width = 4) => uploadOk(person, 'image', png(width, 3));
const urlsOf = async (person, ...media_ids) => (await person.post('/media/urls', { media_ids })).body.urls;
const sees = async (person, media) => {
	const [{ length }, { status }] = [await urlsOf(person, media.id), await person.get(`/media/files/${media.id}`)];
	assert.equal(status, length === 1 ? 200 : 404, 'asked for by itself');
	return length === 1;
};
const seers = async (media) => {
	const all = await Promise.all([ann, bob, cem, eve].map(async (person) => [person, await sees(person, media)]));
	return all.filter(([, sight]) => sight).map(([person]) => person);
};
const shown = ({ id, purpose, type, size, width, height, animated, duration_ms, placeholder }) =>
	({ media_id: id, purpose, type, size, width, height, animated, duration_ms, placeholder });

test('a post shows its pictures in their order, without a text too, and says no address', async () => {
	const pictures = [];
	for (let width = 9; width > 0; width--) pictures.push(await image(ann, width));
	const post = await posted(ann, { text: undefined, media_ids: pictures.map(({ id }) => id) });
	assert.equal(post.text, '');
	assert.deepEqual(post.media, pictures.map(shown));
	for (const one of [await show(bob, post), (await feed(bob)).posts[0], (await album(bob, ann)).posts[0]])
		assert.deepEqual(one.media, post.media);
	const [{ url }] = await urlsOf(bob, pictures[0].id);
	assert.ok((await fetchBytes(url)).bytes.equals(png(9, 3)));
	await like(bob, post);
	assert.equal((await notices(ann)).notifications[0].post_media_id, pictures[0].id);
});

test('or one video', async () => {
	const video = await uploadOk(ann, 'video', mp4());
	const post = await posted(ann, { text: ' \n', media_ids: [video.id] });
	assert.deepEqual([post.text, post.media], ['', [shown(video)]]);
	assert.deepEqual([post.media[0].purpose, post.media[0].duration_ms], ['video', 4000]);
});

test('refused: those of somebody else, of another purpose, twice, too many, a video with others, none', async () => {
	const [mine, theirs, video] = [await image(ann), await image(bob), await uploadOk(ann, 'video', mp4())];
	const [voice, avatar] = [await uploadOk(ann, 'voice', oggOpus()), await uploadOk(ann, 'avatar', png())];
	const lists = [[theirs], [voice], [avatar], [mine, mine], [mine, theirs], [mine, video], [video, video], [{ id: 2 ** 52 }],
		Array.from({ length: 10 }, () => mine)];
	for (const list of lists) {
		const draft = { text: 'x', audience: 'friends', media_ids: list.map(({ id }) => id) };
		expectProblem(await ann.post('/moments/posts', draft), 422, 'invalid_field', 'media_ids');
	}
	expectProblem(await ann.post('/moments/posts', { audience: 'friends', media_ids: [] }), 422, 'invalid_field', 'text');
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM moment_media WHERE media_id IN (${mine.id}, ${theirs.id}, ${video.id})`), [['0']]);
});

test('a retry shows nothing twice; the same key with other pictures is refused', async () => {
	const [one, other] = [await image(ann), await image(ann)];
	const draft = { text: 'once', audience: 'friends', client_key: 'm-1', media_ids: [one.id, other.id] };
	const answers = await Promise.all(Array.from({ length: 4 }, () => ann.post('/moments/posts', draft)));
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 201]);
	assert.deepEqual(await sql(`SELECT COUNT(*) FROM moment_media WHERE media_id IN (${one.id}, ${other.id})`), [['2']]);
	for (const media_ids of [[one.id], [other.id, one.id], []])
		expectProblem(await ann.post('/moments/posts', { ...draft, media_ids }), 409, 'conflict', 'client_key');
});

test('who sees the post gets the address, and nobody else, as it changes', async () => {
	const picture = await image(ann);
	assert.deepEqual(await seers(picture), [ann]);
	const post = await posted(ann, { audience: 'except', user_ids: [cem.id], media_ids: [picture.id] });
	assert.deepEqual(await seers(picture), [ann, bob]);
	await hide(bob, ann, { hide_theirs: true });
	assert.deepEqual(await seers(picture), [ann]);
	await hide(bob, ann, { hide_theirs: false });
	await hide(ann, bob, { hide_mine: true });
	assert.deepEqual(await seers(picture), [ann]);
	await hide(ann, bob, { hide_mine: false });
	assert.deepEqual(await seers(picture), [ann, bob]);
	expectStatus(await bob.put(`/social/blocks/${ann.id}`), 200);
	assert.deepEqual(await seers(picture), [ann]);
	expectStatus(await bob.delete(`/social/blocks/${ann.id}`), 204);
	await sql(`UPDATE moment SET created_at = created_at - ${40 * 86_400_000} WHERE id = ${post.id}`);
	expectStatus(await ann.put('/moments/privacy', { window: 'month' }), 200);
	assert.deepEqual(await seers(picture), [ann]);
	expectStatus(await ann.put('/moments/privacy', { window: 'all' }), 200);
	assert.deepEqual(await seers(picture), [ann, bob]);
	expectStatus(await ann.patch(`/moments/posts/${post.id}`, { audience: 'private' }), 200);
	assert.deepEqual(await seers(picture), [ann]);
	await posted(ann, { audience: 'only', user_ids: [cem.id], media_ids: [picture.id] });
	assert.deepEqual(await seers(picture), [ann, cem], 'another post may show it to others');
	expectStatus(await ann.delete(`/social/friends/${cem.id}`), 204);
	assert.deepEqual(await seers(picture), [ann]);
	await befriend(ann, cem);
});

test('what is shown stays, however old, and cannot be deleted; it goes after the last post', async () => {
	const picture = await image(ann);
	const [post, again] = [await posted(ann, { media_ids: [picture.id] }), await posted(ann, { media_ids: [picture.id] })];
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${picture.id}`);
	const collect = async () => {
		assert.equal((await hichatctl(['gc'])).status, 0);
		return sees(ann, picture);
	};
	expectProblem(await ann.delete(`/media/files/${picture.id}`), 409, 'conflict');
	expectStatus(await ann.delete(`/moments/posts/${post.id}`), 204);
	assert.ok(await collect());
	assert.ok(await sees(bob, picture));
	expectStatus(await ann.delete(`/moments/posts/${again.id}`), 204);
	assert.ok(!await sees(bob, picture));
	assert.ok(!await collect());
	assert.equal((await hichatctl(['fsck'])).status, 0);
});

test('a cover is seen by whoever sees posts of that person at all', async () => {
	const [first, second] = [await image(ann, 5), await image(ann, 6)];
	const coverFor = async (person) => (await album(person, ann)).cover;
	assert.equal(await coverFor(ann), null);
	const { status, body } = await ann.put('/moments/cover', { media_id: first.id });
	assert.deepEqual([status, body], [200, { cover: shown(first) }]);
	assert.deepEqual((await feed(ann)).cover, shown(first));
	assert.equal((await feed(bob)).cover, null, 'above a feed stands one\'s own');
	assert.deepEqual([await coverFor(bob), await coverFor(eve)], [shown(first), null]);
	assert.deepEqual(await seers(first), [ann, bob, cem]);
	await hide(ann, cem, { hide_mine: true });
	assert.deepEqual([await coverFor(cem), await seers(first)], [null, [ann, bob]]);
	await hide(ann, cem, { hide_mine: false });
	expectProblem(await ann.delete(`/media/files/${first.id}`), 409, 'conflict');
	expectStatus(await ann.put('/moments/cover', { media_id: second.id }), 200);
	assert.deepEqual([await seers(first), await seers(second)], [[ann], [ann, bob, cem]]);
	expectStatus(await ann.delete('/moments/cover'), 204);
	expectStatus(await ann.delete('/moments/cover'), 204);
	assert.deepEqual([await coverFor(ann), await seers(second)], [null, [ann]]);
	expectStatus(await ann.delete(`/media/files/${second.id}`), 204);
});

test('a cover is a picture of one\'s own', async () => {
	const foreign = [await image(bob), await uploadOk(ann, 'avatar', png()), await uploadOk(ann, 'video', mp4()), { id: 2 ** 52 }];
	for (const { id } of foreign)
		expectProblem(await ann.put('/moments/cover', { media_id: id }), 422, 'invalid_field', 'media_id');
	expectProblem(await ann.put('/moments/cover', {}), 422, 'invalid_field', 'media_id');
	expectProblem(await api('PUT', '/moments/cover', { body: { media_id: foreign[0].id } }), 401, 'unauthenticated');
	expectProblem(await api('DELETE', '/moments/cover'), 401, 'unauthenticated');
	assert.equal((await feed(ann)).cover, null);
});
