// What those concerned learn at once when somebody wants to join a group, is invited, or joins.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

/** What was answered was published before. */
const within = 1_000;

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

/** Two devices of a person, live. */
async function devices(person) {
	const phone = await logIn(person, 'phone');
	return Promise.all([connectLive(person), connectLive(phone)]);
}

/** The owner, an administrator, a member, a friend of them all, and a stranger, each live twice. */
async function stage(t, fields) {
	const [ann, bob, cem, eve, fay] = await people(5);
	await Promise.all([[ann, bob], [ann, cem], [ann, eve], [cem, eve]].map((pair) => befriend(...pair)));
	const group = await makeGroup(ann, [bob, cem], { name: 'Hikers', ...fields });
	expectStatus(await ann.patch(`/social/groups/${group.id}/members/${bob.id}`, { role: 'admin' }), 200);
	const lives = new Map();
	for (const person of [ann, bob, cem, eve, fay]) lives.set(person, await devices(person));
	t.after(() => closeAll(...[...lives.values()].flat()));
	return { ann, bob, cem, eve, fay, group, lives };
}

/** On every device of these people the notification arrives, on no other's: events of one connection
 * keep their order, so whatever leaked came before a notification that each gets afterwards. */
async function expectOnly(lives, receivers, kind, actor, subject) {
	for (const person of receivers) {
		for (const live of lives.get(person)) {
			const event = await live.next('notification', (one) => one.kind === kind, { within });
			assert.equal(event.actor.id, actor.id);
			assert.deepEqual(event.subject, subject);
			assert.equal(event.read, false);
		}
	}
	const stranger = await register();
	for (const [person, own] of lives) {
		expectStatus(await stranger.post('/social/friend-requests', { user_id: person.id }), 201);
		for (const live of own) {
			await live.next('notification', (one) => one.actor?.id === stranger.id);
			const heard = live.events.filter((one) => one.event === 'notification' && one.kind === kind
				&& one.subject.group_id === subject.group_id && one.subject.status === subject.status);
			assert.equal(heard.length, receivers.includes(person) ? 1 : 0, `${kind} to ${person.id}`);
		}
	}
}

/** Who joined gets the conversation, all members the row and the group's new state. */
async function expectJoined(lives, group, person, members, outsiders) {
	for (const live of lives.get(person)) {
		const { conversation } = await live.next('conversation', (one) => !one.shared, { within });
		assert.equal(conversation.id, group.id);
		assert.equal(conversation.group.role, 'member');
	}
	for (const live of [person, ...members].flatMap((one) => lives.get(one))) {
		const row = await live.next('message', (one) => one.body.event === 'joined', { within });
		assert.equal(row.conversation_id, group.id);
		assert.deepEqual(row.body.user_ids, [person.id]);
		const shared = await live.next('conversation', (one) => one.shared === true, { within });
		assert.equal(shared.conversation.group.changed_seq, row.seq);
	}
	const stranger = await register();
	for (const one of outsiders)
		expectStatus(await stranger.post('/social/friend-requests', { user_id: one.id }), 201);
	for (const live of outsiders.flatMap((one) => lives.get(one))) {
		await live.next('notification', (one) => one.actor?.id === stranger.id);
		assert.ok(!live.events.some((one) => ['message', 'conversation'].includes(one.event)));
	}
}

test('a wish to join reaches the owner and administrators, its answer who asked', async (t) => {
	const { ann, bob, cem, eve, fay, group, lives } = await stage(t);
	const asked = await fay.post(`/social/groups/${group.id}/join-requests`, { message: 'hi' });
	expectStatus(asked, 201);
	const subject = { group_id: group.id, name: 'Hikers', request_id: asked.body.request.id };
	await expectOnly(lives, [ann, bob], 'group_request', fay, subject);

	const path = `/social/groups/${group.id}/join-requests/${asked.body.request.id}`;
	expectStatus(await bob.put(path, { status: 'accepted' }), 200);
	await expectOnly(lives, [fay], 'group_request_answered', bob, { ...subject, status: 'accepted' });
	await expectJoined(lives, group, fay, [ann, bob, cem], [eve]);
});

test('a refusal reaches who asked, and nobody else', async (t) => {
	const { ann, fay, group, lives } = await stage(t);
	const asked = await fay.post(`/social/groups/${group.id}/join-requests`, {});
	const path = `/social/groups/${group.id}/join-requests/${asked.body.request.id}`;
	expectStatus(await ann.put(path, { status: 'declined' }), 200);
	const subject = { group_id: group.id, name: 'Hikers', request_id: asked.body.request.id, status: 'declined' };
	await expectOnly(lives, [fay], 'group_request_answered', ann, subject);
	for (const live of [...lives.values()].flat())
		assert.ok(!live.events.some((one) => one.event === 'message'), 'nothing happened in the group');
});

test('a proposal reaches those who decide, their consent who proposed and who was proposed', async (t) => {
	const { ann, bob, cem, eve, fay, group, lives } = await stage(t);
	expectStatus(await cem.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	const [request] = (await ann.get(`/social/groups/${group.id}/join-requests`)).body.requests;
	const subject = { group_id: group.id, name: 'Hikers', request_id: request.id };
	await expectOnly(lives, [ann, bob], 'group_request', cem, subject);
	const path = `/social/groups/${group.id}/join-requests/${request.id}`;
	expectStatus(await ann.put(path, { status: 'accepted' }), 200);
	await expectOnly(lives, [cem], 'group_request_answered', ann, { ...subject, status: 'accepted' });
	await expectOnly(lives, [eve], 'group_invitation', cem, { group_id: group.id, name: 'Hikers' });
	await expectJoined(lives, group, eve, [ann, bob, cem], [fay]);
});

test('an invitation reaches who is invited, their consent who invited', async (t) => {
	const { ann, bob, cem, eve, fay, group, lives } = await stage(t, { join_policy: 'invitation' });
	expectStatus(await cem.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	const [{ id }] = (await eve.get('/social/group-invitations')).body.invitations;
	const subject = { group_id: group.id, name: 'Hikers', request_id: id };
	await expectOnly(lives, [eve], 'group_invitation', cem, subject);
	expectStatus(await eve.put(`/social/groups/${group.id}/join-requests/${id}`, { status: 'accepted' }), 200);
	await expectOnly(lives, [cem], 'group_request_answered', eve, { ...subject, status: 'accepted' });
	await expectJoined(lives, group, eve, [ann, bob, cem], [fay]);
});

test('who is added at once is told by whom', async (t) => {
	const { ann, bob, cem, eve, fay, group, lives } = await stage(t);
	expectStatus(await ann.post(`/social/groups/${group.id}/members`, { user_ids: [eve.id] }), 200);
	await expectOnly(lives, [eve], 'group_invitation', ann, { group_id: group.id, name: 'Hikers' });
	await expectJoined(lives, group, eve, [ann, bob, cem], [fay]);
});

test('who joins by a link is seen by all members', async (t) => {
	const { ann, bob, cem, eve, fay, group, lives } = await stage(t);
	const { link } = (await ann.post(`/social/groups/${group.id}/links`, {})).body;
	expectStatus(await fay.post(`/social/group-links/${link.token}/join`), 200);
	await expectJoined(lives, group, fay, [ann, bob, cem], [eve]);
});
