// hichatctl group: which groups there are, and how many members one takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, register } from '../harness/client.mjs';
import { groupOf, makeGroup } from '../harness/groups.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';

async function cast() {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	return { ann, bob, cem, group: await makeGroup(ann, [bob], { name: '读书 会' }) };
}

test('all groups are listed, a line each, but not those that are dissolved', async () => {
	const { ann, group } = await cast();
	const gone = await makeGroup(ann, []);
	expectStatus(await ann.delete(`/social/groups/${gone.id}`), 204);
	const run = await hichatctl(['group', 'list']);
	assert.equal(run.status, 0, run.err);
	const [head, ...lines] = run.out.trimEnd().split('\n').map((line) => line.split('\t'));
	assert.deepEqual(head, ['id', 'name', 'owner', 'members', 'limit']);
	const lineOf = ({ id }) => lines.find((line) => Number(line[0]) === id);
	assert.deepEqual(lineOf(group).slice(1), ['读书 会', ann.username, '2', String(group.member_limit)]);
	assert.equal(lineOf(gone), undefined);
});

test('a limit holds from the next who wants to get in; nobody is removed', async () => {
	const { ann, cem, group } = await cast();
	const bring = () => ann.post(`/social/groups/${group.id}/members`, { user_ids: [cem.id] });
	const limit = async (members) => {
		const run = await hichatctl(['group', 'limit', String(group.id), String(members)]);
		assert.equal(run.status, 0, run.err);
		assert.match(run.out, new RegExp(`takes ${members} members; it has `));
	};
	await limit(2);
	expectProblem(await bring(), 409, 'group_full');
	await limit(3);
	expectStatus(await bring(), 200);
	await limit(2);
	await limit(2); // again, which changes nothing
	const { member_count, member_limit } = await groupOf(ann, group);
	assert.deepEqual([member_count, member_limit], [3, 2]);
});

test('what is no group and no limit is refused', async () => {
	const { ann, group } = await cast();
	const id = String(group.id);
	for (const members of ['0', '1', '10001', '-5', 'many', '9'.repeat(30)]) {
		const run = await hichatctl(['group', 'limit', id, members]);
		assert.deepEqual([run.status, /takes 2 to 10000 members/.test(run.err)], [1, true], members);
	}
	const nowhere = await hichatctl(['group', 'limit', String(2 ** 52), '10']);
	assert.deepEqual([nowhere.status, /there is no group with the number/.test(nowhere.err)], [1, true]);
	for (const words of [['limit'], ['limit', id], ['limit', 'x', '5'], ['limit', id, '5', '6'], ['list', 'x']])
		assert.equal((await hichatctl(['group', ...words])).status, 2, words.join(' '));
	assert.equal((await groupOf(ann, group)).member_limit, group.member_limit);
});
