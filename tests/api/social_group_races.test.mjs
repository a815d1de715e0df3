// Changes of a group that meet each other, or meet what is being sent: one order, which everybody sees.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, logIn, register, send } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { crowd, groupOf, makeGroup, membersOf } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { eventually } from '../harness/wait.mjs';

const connections = [];
after(() => closeAll(...connections));

async function cast() {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	return [ann, bob, cem];
}

const codeOf = (answer) => (answer.status < 300 ? 'done' : answer.body.code);

/** Sends until stop(), or until the test ends; stop() resolves to the answers. */
function chatter(t, person, group) {
	let running = true;
	const answers = [];
	const done = (async () => {
		while (running) answers.push(await send(person, group.id, `text ${answers.length}`));
	})();
	const stop = async () => {
		running = false;
		await done;
		return answers;
	};
	t.after(stop);
	return { answers, stop };
}

/** Nobody who is no owner owns it, and nobody else does. */
async function oneOwner(asking, group) {
	const members = await membersOf(asking, group);
	const owners = members.filter((member) => member.role === 'owner').map((member) => member.user.id);
	const { owner_id, member_count } = await groupOf(asking, group);
	assert.deepEqual(owners, [owner_id]);
	assert.equal(members.length, member_count);
	return { owner_id, members };
}

test('nothing that is committed after a removal reaches the removed one, or comes from them', async (t) => {
	const [ann, bob, cem] = await cast();
	const eve = await register();
	const bobLive = await connectLive(bob);
	connections.push(bobLive);
	for (let round = 0; round < 6; round++) {
		const group = await makeGroup(ann, [bob, cem]);
		const [cems, bobs] = [chatter(t, cem, group), chatter(t, bob, group)];
		await eventually('both are writing', () => cems.answers.length > 2 && bobs.answers.length > 2);
		expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
		const goal = cems.answers.length + 5;
		await eventually('cem goes on writing', () => cems.answers.length >= goal);
		const [, his] = await Promise.all([cems.stop(), bobs.stop()]);

		const rows = await history(ann, group.id);
		const { seq } = rows.find((row) => row.body.event === 'removed');
		assert.ok(rows.some((row) => row.sender_id === cem.id && row.seq > seq), 'cem wrote afterwards too');
		assert.deepEqual(rows.filter((row) => row.sender_id === bob.id && row.seq > seq), []);
		assert.ok(his.some((answer) => answer.status === 201));
		expectProblem(his.at(-1), 403, 'not_a_member');
		expectProblem(await bob.get(`/chat/conversations/${group.id}/messages?after=0`), 403, 'not_a_member');

		/* Events keep their order: what leaked has come before one that was caused now. */
		expectStatus(await eve.post('/social/friend-requests', { user_id: bob.id, message: String(round) }),
			round === 0 ? 201 : 200);
		expectStatus(await bob.patch('/account/me', { bio: String(round) }), 200);
		await bobLive.next('profile', (event) => event.user.bio === String(round));
		const leaked = bobLive.events.filter((event) => event.event === 'message' &&
			event.conversation_id === group.id && event.seq >= seq);
		assert.deepEqual(leaked, []);
		const seen = bobLive.events.filter((event) => event.event === 'message' && event.conversation_id === group.id);
		assert.ok(seen.length > 0, 'he did get what came before');
	}
});

test('handing over to somebody who is just leaving', async () => {
	const [ann, bob] = await cast();
	const outcomes = new Set();
	for (let round = 0; round < 10; round++) {
		const group = await makeGroup(ann, [bob]);
		const path = `/social/groups/${group.id}`;
		const [handed, left] = await Promise.all([
			ann.put(`${path}/owner`, { user_id: bob.id }),
			bob.delete(`${path}/members/${bob.id}`),
		]);
		outcomes.add(`${codeOf(handed)} ${codeOf(left)}`);
		await oneOwner(ann, group);
	}
	for (const outcome of outcomes)
		assert.ok(['done owner_must_transfer', 'not_found done'].includes(outcome), outcome);
});

test('an owner who hands over to two at once has one successor', async () => {
	const [ann, bob, cem] = await cast();
	const phone = await logIn(ann, 'phone');
	for (let round = 0; round < 8; round++) {
		const group = await makeGroup(ann, [bob, cem]);
		const path = `/social/groups/${group.id}/owner`;
		const answers = await Promise.all([ann.put(path, { user_id: bob.id }), phone.put(path, { user_id: cem.id })]);
		assert.deepEqual(answers.map(codeOf).sort(), ['done', 'forbidden']);
		const { owner_id } = await oneOwner(bob, group);
		const rows = (await history(bob, group.id)).filter((row) => row.body.event === 'owner');
		assert.deepEqual(rows.map((row) => row.body.user_id), [owner_id]);
	}
});

test('an administrator who removes while being demoted: either happens first', async () => {
	const [ann, bob, cem] = await cast();
	for (let round = 0; round < 8; round++) {
		const group = await makeGroup(ann, [bob, cem]);
		const member = (person) => `/social/groups/${group.id}/members/${person.id}`;
		expectStatus(await ann.patch(member(bob), { role: 'admin' }), 200);
		const [demoted, removed] = await Promise.all([
			ann.patch(member(bob), { role: 'member' }),
			bob.delete(member(cem)),
		]);
		expectStatus(demoted, 200);
		const events = (await history(ann, group.id)).map((row) => row.body.event);
		if (removed.status === 204) assert.ok(events.indexOf('removed') < events.lastIndexOf('role'));
		else expectProblem(removed, 403, 'forbidden');
	}
});

test('two who remove the same member, and members who leave at once, are counted once', async () => {
	const [ann, bob, cem] = await cast();
	const group = await makeGroup(ann, [bob, cem]);
	const path = `/social/groups/${group.id}/members`;
	expectStatus(await ann.patch(`${path}/${bob.id}`, { role: 'admin' }), 200);
	const removals = await Promise.all([ann, bob, ann, bob].map((person) => person.delete(`${path}/${cem.id}`)));
	assert.deepEqual(removals.map(codeOf).sort(), ['done', 'not_found', 'not_found', 'not_found']);
	const leaving = await Promise.all([1, 2, 3].map(() => bob.delete(`${path}/${bob.id}`)));
	assert.deepEqual(leaving.map(codeOf).sort(), ['done', 'not_a_member', 'not_a_member']);
	const { members } = await oneOwner(ann, group);
	assert.equal(members.length, 1);
	const events = (await history(ann, group.id)).map((row) => row.body.event);
	assert.deepEqual(events, ['group_created', 'role', 'removed', 'left']);
});

test('writing in a group that is being dissolved: nothing comes after the end', async (t) => {
	const [ann, bob, cem] = await cast();
	const group = await makeGroup(ann, [bob, cem]);
	const writers = [chatter(t, bob, group), chatter(t, cem, group)];
	await eventually('both are writing', () => writers.every((writer) => writer.answers.length > 2));
	expectStatus(await ann.delete(`/social/groups/${group.id}`), 204);
	for (const writer of writers)
		await eventually('refused', () => writer.answers.at(-1).status === 403);
	for (const writer of writers) expectProblem((await writer.stop()).at(-1), 403, 'group_dissolved');
	assert.deepEqual((await history(bob, group.id)).at(-1).body, { event: 'dissolved' });
});

test('inviting into a group that is being dissolved: no invitation outlives it', async () => {
	for (let round = 0; round < 5; round++) {
		const [ann, bob] = await cast();
		const eve = await register();
		await befriend(bob, eve);
		const group = await makeGroup(ann, [bob], { join_policy: 'invitation' });
		const path = `/social/groups/${group.id}`;
		const [invited, ended] = await Promise.all([
			bob.post(`${path}/members`, { user_ids: [eve.id] }), ann.delete(path),
		]);
		expectStatus(ended, 204);
		assert.ok(['done', 'group_dissolved'].includes(codeOf(invited)), codeOf(invited));
		assert.deepEqual((await eve.get('/social/group-invitations')).body.invitations, []);
		const [[pending]] = await sql(`SELECT COUNT(*) FROM group_request WHERE group_id = ${group.id} AND pending = 1`);
		assert.equal(pending, '0');
	}
});

test('a thousand people come and go in one transaction and one row each', async () => {
	const ann = await register();
	const ids = await crowd(1000, ann);
	const made = await cgi('social', 'POST', '/groups', {
		token: ann.token, body: { name: 'Thousand', member_ids: ids }, env: { HICHAT_SOCIAL_GROUP_SIZE: '1001' },
	});
	expectStatus(made, 201);
	const { group } = made.body;
	assert.equal(group.member_count, 1001);
	const path = `/social/groups/${group.id}`;
	const remove = (user_ids) => ann.post(`${path}/removals`, { user_ids });
	expectProblem(await remove([...ids.slice(1), ann.id]), 403, 'forbidden');
	assert.equal((await groupOf(ann, group)).member_count, 1001, 'all or nobody');
	assert.deepEqual((await remove(ids)).body, { removed: 1000 });
	assert.deepEqual((await membersOf(ann, group)).map((member) => member.user.id), [ann.id]);
	const added = await ann.post(`${path}/members`, { user_ids: ids });
	expectStatus(added, 200);
	assert.equal(added.body.added.length, 1000);
	assert.equal((await oneOwner(ann, group)).members.length, 1001);

	const rows = (await history(ann, group.id)).map((row) => row.body);
	assert.deepEqual(rows.map((body) => [body.event, body.count]),
		[['group_created', 1000], ['removed', 1000], ['joined', 1000]]);
	for (const body of rows) assert.deepEqual(body.user_ids, ids.slice(0, 50), 'some are named');
	const versions = await sql(`SELECT member_version FROM conversation WHERE id = ${group.id}`);
	assert.equal(Number(versions[0][0]), 3);
	const [[told]] = await sql(`SELECT COUNT(*) FROM notification WHERE user_id = ${ids[999]}`);
	assert.equal(Number(told), 3, 'invited, removed, invited');
});
