// A block holds in groups, too: neither of the two is called by what the other does there, and none
// brings the other anywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';
import { hold, sql, waiting } from '../harness/database.mjs';
import { groupOf, makeGroup } from '../harness/groups.mjs';
import { eventually } from '../harness/wait.mjs';

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const block = async (who, whom) => expectStatus(await who.put(`/social/blocks/${whom.id}`), 200);

/** What `person` was told that `actor` did. */
async function toldOf(person, actor) {
	const { notifications } = (await person.get('/social/notifications')).body;
	return notifications.filter((one) => one.actor?.id === actor.id).map((one) => one.kind);
}

async function headOf(person, group) {
	return (await person.get(`/chat/conversations/${group.id}`)).body.conversation;
}

/** ann owns it, bob and cem are administrators; bob has blocked cem, who has blocked dan. */
async function cast(fields) {
	const [ann, bob, cem, dan] = await people(4);
	for (const friend of [bob, cem, dan]) await befriend(ann, friend);
	const group = await makeGroup(ann, [bob, cem, dan], fields);
	const path = `/social/groups/${group.id}`;
	for (const person of [bob, cem])
		expectStatus(await ann.patch(`${path}/members/${person.id}`, { role: 'admin' }), 200);
	await block(bob, cem);
	await block(cem, dan);
	return { ann, bob, cem, dan, group, path };
}

test('a mention calls nobody between whom and the writer a block stands', async () => {
	const { ann, bob, cem, dan, group } = await cast();
	const said = await send(cem, group.id, '@ann @bob @dan', { mentions: [ann.id, bob.id, dan.id] });
	expectStatus(said, 201);
	assert.deepEqual(said.body.message.mentions, [ann.id, bob.id, dan.id], 'what was said stays as it was');
	assert.equal((await toldOf(ann, cem))[0], 'mention');
	for (const person of [bob, dan]) {
		assert.deepEqual(await toldOf(person, cem), []);
		assert.equal((await headOf(person, group)).mentioned, 0);
	}
	assert.equal((await headOf(ann, group)).mentioned, 1);
	expectStatus(await send(cem, group.id, '@bob alone', { mentions: [bob.id] }), 201);
	assert.deepEqual(await toldOf(bob, cem), []);
	assert.equal((await history(bob, group.id)).at(-1).body.text, '@bob alone', 'it is read all the same');
	expectStatus(await send(ann, group.id, '@bob', { mentions: [bob.id] }), 201);
	assert.equal((await headOf(bob, group)).mentioned, 1);
});

test('an edit that names somebody anew calls nobody between whom and the writer a block stands', async () => {
	const { ann, bob, cem, dan, group } = await cast();
	const said = await send(cem, group.id, 'well');
	const mentions = [ann.id, bob.id, dan.id];
	const edited = await cem.patch(`/chat/conversations/${group.id}/messages/${said.body.message.seq}`,
		{ body: { text: '@ann @bob @dan' }, mentions });
	expectStatus(edited, 200);
	assert.deepEqual(edited.body.message.mentions, mentions, 'what is said stays as it is');
	for (const [person, count] of [[ann, 1], [bob, 0], [dan, 0]]) {
		assert.equal((await headOf(person, group)).mentioned, count);
		assert.ok(!(await toldOf(person, cem)).includes('mention'), 'nobody is notified of an edit');
	}
});

test('mentions sent at once reach each whom they name, and nobody apart from the writer', async () => {
	const { ann, bob, cem, dan, group } = await cast();
	const senders = [ann, bob, cem, dan];
	const mentions = senders.map(({ id }) => id);
	const sends = senders.flatMap((sender) => Array.from({ length: 4 }, () => send(sender, group.id, '@all of you', { mentions })));
	for (const sent of await Promise.all(sends)) expectStatus(sent, 201);
	// bob and cem are apart, and cem and dan.
	for (const [person, writers] of [[ann, [bob, cem, dan]], [bob, [ann, dan]], [cem, [ann]], [dan, [ann, bob]]]) {
		for (const writer of senders) {
			const told = (await toldOf(person, writer)).filter((kind) => kind === 'mention').length;
			assert.equal(told, writers.includes(writer) ? 4 : 0);
		}
	}
});

test('the answer to a wish to join comes from whoever gave it, unless they are blocked', async () => {
	const { bob, cem, path } = await cast({ join_policy: 'approval' });
	const [eve, fay] = await people(2);
	await block(eve, cem);
	for (const person of [eve, fay]) {
		const asked = await person.post(`${path}/join-requests`, {});
		expectStatus(asked, 201);
		const answered = await cem.put(`${path}/join-requests/${asked.body.request.id}`, { status: 'accepted' });
		expectStatus(answered, 200);
	}
	assert.deepEqual(await toldOf(eve, cem), []);
	assert.deepEqual(await toldOf(fay, cem), ['group_request_answered']);
	assert.deepEqual(await toldOf(bob, cem), []);
});

test('an announcement is told to nobody between whom and its author a block stands', async () => {
	const { ann, bob, cem, dan, group, path } = await cast();
	expectStatus(await cem.put(`${path}/announcement`, { text: 'hear' }), 200);
	assert.equal((await toldOf(ann, cem))[0], 'group_announcement');
	for (const person of [bob, dan]) {
		assert.deepEqual(await toldOf(person, cem), []);
		assert.equal((await headOf(person, group)).group.announcement_unread, true, 'in the group they see it');
	}
});

test('a block that is being made keeps whoever it is made against from bringing the other anywhere', async (t) => {
	const [ann, bob, cem] = await people(3);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	const own = await makeGroup(ann, [cem]);
	const theirs = await makeGroup(cem, [ann], { join_policy: 'approval' });
	const pending = await ann.post(`/social/groups/${theirs.id}/members`, { user_ids: [bob.id] });
	assert.deepEqual(pending.body.pending, [bob.id]);
	const [{ id }] = (await cem.get(`/social/groups/${theirs.id}/join-requests`)).body.requests;

	/* The last one is a proposal, which the block ends. */
	const attempts = [
		() => ann.post(`/social/groups/${own.id}/members`, { user_ids: [bob.id] }),
		() => ann.post('/social/groups', { name: 'New', member_ids: [bob.id] }),
		() => cem.put(`/social/groups/${theirs.id}/join-requests/${id}`, { status: 'accepted' }),
	];
	for (const attempt of attempts) {
		const release = await hold(t, `SELECT id FROM user WHERE id = ${bob.id} FOR UPDATE`);
		const blocked = bob.put(`/social/blocks/${ann.id}`);
		await eventually('the block waits', async () => (await waiting()) === 1);
		const attempted = attempt();
		await eventually('the other waits behind it', async () => (await waiting()) === 2);
		await release();
		expectStatus(await blocked, 200);
		const { status, body } = await attempted;
		assert.ok((status === 403 && body.code === 'not_friends') || (status === 409 && body.code === 'already_answered'));
		expectStatus(await bob.delete(`/social/blocks/${ann.id}`), 204);
	}
	const rows = await sql(`SELECT conversation_id FROM member WHERE user_id = ${bob.id} AND conversation_id >= ${own.id}`);
	assert.deepEqual(rows, []);
});

test('who is suspended is brought into no group, and inherits none', async () => {
	const [ann, bob, cem] = await people(3);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	await befriend(bob, cem);
	const group = await makeGroup(ann, [bob, cem], { join_policy: 'invitation' });
	const path = `/social/groups/${group.id}`;
	const suspend = (person) => sql(`UPDATE user SET suspended_at = ${Date.now()} WHERE id = ${person.id}`);
	await suspend(cem);
	expectProblem(await ann.put(`${path}/owner`, { user_id: cem.id }), 404, 'not_found', 'user_id');
	assert.equal((await ann.get(path)).body.group.owner_id, ann.id);
	expectStatus(await ann.delete(`${path}/members/${cem.id}`), 204);
	for (const person of [ann, bob]) {
		const answer = await person.post(`${path}/members`, { user_ids: [cem.id] });
		expectStatus(answer, 200);
		assert.deepEqual(answer.body, { added: [], pending: [] });
	}
	assert.equal((await makeGroup(ann, [bob, cem])).member_count, 2);
});

test('a block ends invitations and proposals between the two, whoever makes it', async () => {
	const [ann, bob, cem, eve] = await people(4);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	for (const friend of [bob, cem]) await befriend(eve, friend);
	const invited = await makeGroup(ann, [bob, cem], { join_policy: 'invitation' });
	const proposed = await makeGroup(ann, [bob, cem], { join_policy: 'approval' });
	for (const group of [invited, proposed])
		expectStatus(await bob.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	const [invitation] = (await eve.get('/social/group-invitations')).body.invitations;
	const [proposal] = (await ann.get(`/social/groups/${proposed.id}/join-requests`)).body.requests;
	await block(bob, eve);
	assert.deepEqual((await eve.get('/social/group-invitations')).body.invitations, []);
	assert.deepEqual((await ann.get(`/social/groups/${proposed.id}/join-requests`)).body.requests, []);
	const accept = (person, group, { id }) =>
		person.put(`/social/groups/${group.id}/join-requests/${id}`, { status: 'accepted' });
	expectProblem(await accept(eve, invited, invitation), 409, 'already_answered');
	expectProblem(await accept(ann, proposed, proposal), 409, 'already_answered');
	const again = await cem.post(`/social/groups/${invited.id}/members`, { user_ids: [eve.id] });
	assert.deepEqual(again.body.pending, [eve.id], 'another friend may still invite');
});

test('a block ends no wish of somebody who asked to come in themselves', async () => {
	const [ann, bob, eve] = await people(3);
	await befriend(ann, bob);
	await befriend(bob, eve);
	const group = await makeGroup(ann, [bob], { join_policy: 'approval' });
	const path = `/social/groups/${group.id}`;
	expectStatus(await bob.post(`${path}/members`, { user_ids: [eve.id] }), 200);
	expectStatus(await eve.post(`${path}/join-requests`, {}), 200);
	const [wish] = (await ann.get(`${path}/join-requests`)).body.requests;
	await block(bob, eve);
	assert.equal((await eve.get(path)).body.group.request_id, wish.id, 'she sees nothing of the block');
	expectStatus(await ann.put(`${path}/join-requests/${wish.id}`, { status: 'accepted' }), 200);
	assert.equal((await groupOf(eve, group)).role, 'member');
});
