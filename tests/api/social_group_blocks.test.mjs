// A block holds in groups, too: neither of the two is called by what the other does there, and none
// brings the other anywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';

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
