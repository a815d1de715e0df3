// The list of friends, remarks, parting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

test('the list has everybody once, whole or in pages', async () => {
	const [ann, ...others] = await people(5);
	for (const other of others) await befriend(ann, other);
	const all = await ann.get('/social/friends');
	expectStatus(all, 200);
	const ids = others.map((o) => o.id).sort((a, b) => a - b);
	assert.deepEqual(all.body.friends.map((f) => f.user.id), ids);
	assert.equal(all.body.more, false);
	for (const entry of all.body.friends) {
		assert.equal(entry.online, false, 'nobody has a live connection');
		assert.equal(entry.user.phone, undefined);
		assert.equal(entry.user.email, undefined);
	}

	const first = await ann.get('/social/friends?limit=3');
	assert.equal(first.body.more, true);
	const after = first.body.friends.at(-1).user.id;
	const second = await ann.get(`/social/friends?limit=3&after=${after}`);
	assert.equal(second.body.more, false);
	const paged = [...first.body.friends, ...second.body.friends];
	assert.deepEqual(paged.map((f) => f.user.id), ids);
	expectProblem(await ann.get('/social/friends?limit=101'), 422, 'invalid_field', 'limit');
});

test('a remark is set, taken away, and private', async () => {
	const [ann, bob, eve] = await people(3);
	await befriend(ann, bob);
	const path = `/social/friends/${bob.id}`;
	const changed = await ann.patch(path, { remark: '老王 🐯' });
	expectStatus(changed, 200);
	assert.equal(changed.body.friend.remark, '老王 🐯');
	assert.equal((await bob.get('/social/friends')).body.friends[0].remark, '');
	assert.equal((await ann.patch(path, { remark: '' })).body.friend.remark, '');
	expectProblem(await ann.patch(path, { remark: 'x'.repeat(33) }), 422, 'invalid_field', 'remark');
	expectProblem(await eve.patch(path, { remark: 'x' }), 404, 'not_found');
});

test('tags are trimmed, each kept once, replaced as a whole, and private', async () => {
	const [ann, bob, eve] = await people(3);
	await befriend(ann, bob);
	const path = `/social/friends/${bob.id}`;
	const tagged = async (change) => {
		const changed = await ann.patch(path, change);
		expectStatus(changed, 200);
		const { friends } = (await ann.get('/social/friends')).body;
		assert.deepEqual(friends, [changed.body.friend], 'it answers what it is now');
		return changed.body.friend.tags;
	};
	assert.deepEqual(await tagged({}), [], 'none at first');
	assert.deepEqual(await tagged({ tags: [' 同事 ', 'Work', 'work', '"\\', '🐯'] }), ['同事', 'Work', '"\\', '🐯']);
	assert.deepEqual(await tagged({ remark: 'B' }), ['同事', 'Work', '"\\', '🐯'], 'what is not sent stays');
	const [most] = [Array.from({ length: 10 }, (_, i) => `${'字'.repeat(15)}${i}`)];
	assert.deepEqual(await tagged({ tags: most }), most);
	assert.deepEqual((await bob.get('/social/friends')).body.friends[0].tags, [], 'hers alone');
	for (const tags of [[...most, 'x'], ['x'.repeat(17)], ['a', ' '], [''], ['a\nb'], ['a\u0007'], [7], [null], 'x', { a: 1 }])
		expectProblem(await ann.patch(path, { tags, remark: 'changed' }), 422, 'invalid_field', 'tags');
	assert.deepEqual(await tagged({ tags: [] }), []);
	assert.equal((await ann.get('/social/friends')).body.friends[0].remark, 'B', 'a refusal changes nothing');
	expectProblem(await eve.patch(path, { tags: ['x'] }), 404, 'not_found');
});

test('parting ends sending in both directions, keeps the history, and can be mended', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	expectStatus(await send(ann, conversation, 'before'), 201);
	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	for (const one of [ann, bob]) {
		assert.deepEqual((await one.get('/social/friends')).body.friends, []);
		expectProblem(await send(one, conversation, 'after'), 403, 'not_friends');
		assert.equal((await history(one, conversation)).at(-1).body.text, 'before');
	}
	expectProblem(await ann.delete(`/social/friends/${bob.id}`), 404, 'not_found');
	assert.equal(await befriend(bob, ann), conversation, 'the same conversation as before');
	expectStatus(await send(ann, conversation, 'again'), 201);
});

test('no send is accepted after the parting was', async () => {
	const [ann, bob] = await people(2);
	const conversation = await befriend(ann, bob);
	let parted = false;
	const late = [];
	const sending = Array.from({ length: 4 }, async (_, n) => {
		for (let i = 0; i < 25; i += 1) {
			const started = parted;
			const answer = await send(bob, conversation, `${n}.${i}`);
			if (started && answer.status !== 403) late.push(answer.status);
		}
	});
	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	parted = true;
	await Promise.all(sending);
	assert.deepEqual(late, []);
});
