// What a group is called, looks like and allows: changing it, one row for each kind of change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { groupOf, makeGroup } from '../harness/groups.mjs';

async function annAndBob() {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const group = await makeGroup(ann, [bob], { name: 'Before', description: 'old' });
	return { ann, bob, group, path: `/social/groups/${group.id}` };
}

const rowsAfter = async (person, group, seq) => {
	const rows = (await history(person, group.id)).filter((row) => row.seq > seq);
	return rows.map((row) => row.body);
};

test('every field is changed at once, each kind with its row, and everybody sees it', async () => {
	const { ann, bob, group, path } = await annAndBob();
	const changed = await ann.patch(path, {
		name: ' After ', avatar: 'emoji:🦊', description: 'new', join_policy: 'invitation',
		findable: false, shares_history: true, mute_all: true,
	});
	expectStatus(changed, 200);
	const fields = {
		name: 'After', avatar: 'emoji:🦊', description: 'new', join_policy: 'invitation',
		findable: false, shares_history: true, mute_all: true, changed_seq: 6,
	};
	assert.deepEqual(changed.body.group, { ...group, ...fields });
	assert.deepEqual(await groupOf(bob, group), { ...group, ...fields, role: 'member' });
	assert.deepEqual(await rowsAfter(bob, group, 1), [
		{ event: 'renamed', name: 'After' },
		{ event: 'avatar', avatar: 'emoji:🦊' },
		{ event: 'description' },
		{ event: 'policy', join_policy: 'invitation', findable: false, shares_history: true },
		{ event: 'mute_all', on: true },
	]);
	const { unread } = (await bob.get(`/chat/conversations/${group.id}`)).body.conversation;
	assert.equal(unread, 1, 'none of this counts as unread but that the group was made');
});

test('what is not sent stays; null and the empty text take away', async () => {
	const { ann, group, path } = await annAndBob();
	expectStatus(await ann.patch(path, { avatar: 'emoji:🦊' }), 200);
	const now = await groupOf(ann, group);
	assert.deepEqual([now.name, now.description, now.join_policy], ['Before', 'old', 'approval']);
	expectStatus(await ann.patch(path, { avatar: null, description: '' }), 200);
	const bare = await groupOf(ann, group);
	assert.deepEqual([bare.avatar, bare.description], [null, '']);
	assert.deepEqual((await rowsAfter(ann, group, 2)).map((body) => body.event), ['avatar', 'description']);
});

test('what is so already is no change and leaves no row', async () => {
	const { ann, group, path } = await annAndBob();
	for (const body of [
		{}, { name: 'Before ', description: 'old', avatar: '' },
		{ join_policy: 'approval', findable: true, shares_history: false, mute_all: false },
	]) {
		const answer = await ann.patch(path, body);
		expectStatus(answer, 200);
		assert.deepEqual(answer.body.group, group);
	}
	assert.deepEqual(await rowsAfter(ann, group, 1), []);
});

test('who may not change all of it changes nothing of it', async () => {
	const { ann, bob, group, path } = await annAndBob();
	expectProblem(await bob.patch(path, { name: 'His' }), 403, 'forbidden');
	expectProblem(await bob.patch(path, { mute_all: true }), 403, 'forbidden');
	expectStatus(await bob.patch(path, {}), 200);
	expectProblem(await (await register()).patch(path, {}), 403, 'not_a_member');
	expectProblem(await ann.patch(`/social/groups/${2 ** 52}`, {}), 404, 'not_found');
	assert.deepEqual(await groupOf(ann, group), group);
});

test('invalid input names the field and changes nothing', async () => {
	const { ann, group, path } = await annAndBob();
	const other = { description: 'would change' };
	for (const name of ['', null, ' ', 'x'.repeat(65), 'a\u2028b', 1])
		expectProblem(await ann.patch(path, { ...other, name }), 422, 'invalid_field', 'name');
	expectProblem(await ann.patch(path, { ...other, avatar: 'emoji:ab' }), 422, 'invalid_field', 'avatar');
	expectProblem(await ann.patch(path, { description: 'x'.repeat(501) }), 422, 'invalid_field', 'description');
	expectProblem(await ann.patch(path, { ...other, join_policy: 'ask' }), 422, 'invalid_field', 'join_policy');
	for (const flag of ['findable', 'shares_history', 'mute_all'])
		expectProblem(await ann.patch(path, { ...other, [flag]: 'yes' }), 422, 'invalid_field', flag);
	assert.deepEqual(await groupOf(ann, group), group);
});

test('changes at the same moment are all kept, and the last row says what is so', async () => {
	const { ann, group, path } = await annAndBob();
	const names = Array.from({ length: 12 }, (_, i) => `name ${i}`);
	const answers = await Promise.all(names.map((name) => ann.patch(path, { name })));
	for (const answer of answers) expectStatus(answer, 200);
	const rows = await rowsAfter(ann, group, 1);
	assert.deepEqual(rows.map((body) => body.name).sort(), [...names].sort());
	const now = await groupOf(ann, group);
	assert.equal(now.name, rows.at(-1).name);
	assert.equal(now.changed_seq, 1 + names.length);
});
