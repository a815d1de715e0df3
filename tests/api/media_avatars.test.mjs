// Pictures that stand for people and groups.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { fetchBytes, uploadOk } from '../harness/media.mjs';
import { mp4, png } from '../harness/media_files.mjs';

let ann;
let bob;
let eve;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	await befriend(ann, bob);
});

const sees = async (person, media) => (await person.post('/media/urls', { media_ids: [media.id] })).body.urls.length === 1;

test('a person has a picture, and everybody who is logged in sees it', async () => {
	const picture = png(64, 64, { shade: 1 });
	const media = await uploadOk(ann, 'avatar', picture);
	assert.ok(!await sees(eve, media), 'not before it is used');
	const answer = await ann.patch('/account/me', { avatar: `media:${media.id}` });
	expectStatus(answer, 200);
	assert.equal((await eve.get(`/account/users/${ann.id}`)).body.user.avatar, `media:${media.id}`);
	const [{ url }] = (await eve.post('/media/urls', { media_ids: [media.id] })).body.urls;
	assert.ok((await fetchBytes(url)).bytes.equals(picture));
	expectProblem(await ann.delete(`/media/files/${media.id}`), 409, 'conflict');
});

test('it stays as long as it is used, and goes with the next one', async () => {
	const media = await uploadOk(ann, 'avatar', png(60, 60));
	expectStatus(await ann.patch('/account/me', { avatar: `media:${media.id}` }), 200);
	const age = () => sql(`UPDATE media SET created_at = 0 WHERE id = ${media.id}`);
	await age();
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok(await sees(bob, media));
	expectStatus(await ann.patch('/account/me', { avatar: 'emoji:🦊' }), 200);
	assert.ok(!await sees(bob, media));
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.equal((await ann.get(`/media/files/${media.id}`)).status, 404);
});

test('an old one that is used once more is kept', async () => {
	const media = await uploadOk(ann, 'avatar', png(61, 61));
	await sql(`UPDATE media SET created_at = 0 WHERE id = ${media.id}`);
	expectStatus(await ann.patch('/account/me', { avatar: `media:${media.id}` }), 200);
	expectStatus(await ann.patch('/account/me', { avatar: '' }), 200);
	assert.equal((await hichatctl(['gc'])).status, 0);
	assert.ok(await sees(ann, media));
});

test('a group has one, from its founding or later', async () => {
	const first = await uploadOk(ann, 'avatar', png(62, 62));
	const second = await uploadOk(ann, 'avatar', png(63, 63));
	const group = await makeGroup(ann, [bob], { avatar: `media:${first.id}` });
	assert.equal(group.avatar, `media:${first.id}`);
	assert.ok(await sees(bob, first));
	const answer = await ann.patch(`/social/groups/${group.id}`, { avatar: `media:${second.id}` });
	expectStatus(answer, 200);
	assert.equal(answer.body.group.avatar, `media:${second.id}`);
	assert.deepEqual([await sees(bob, first), await sees(bob, second)], [false, true]);
});

test('only one\'s own pictures that were uploaded for this', async () => {
	const image = await uploadOk(ann, 'image', png());
	const hers = await uploadOk(ann, 'avatar', png());
	for (const avatar of [`media:${image.id}`, `media:${2 ** 52}`, 'media:0', 'media:x'])
		expectProblem(await ann.patch('/account/me', { avatar }), 422, 'invalid_field', 'avatar');
	expectProblem(await bob.patch('/account/me', { avatar: `media:${hers.id}` }), 422, 'invalid_field', 'avatar');
	expectProblem(await ann.post('/social/groups', { name: 'x', avatar: `media:${image.id}` }), 422, 'invalid_field', 'avatar');
	expectProblem(await ann.post('/media/files?purpose=avatar', undefined,
		{ raw: mp4(), headers: { 'content-type': 'video/mp4' } }), 415, 'unsupported_type');
});
