// Endings and names: every device of those whom they concern learns of them at once, and nobody
// else does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const AT_ONCE = { within: 1000 };

/** ann, and her friends bob, who has two devices, and eve. */
async function cast(t) {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	const withBob = await befriend(ann, bob);
	await befriend(ann, eve);
	const phone = await logIn(bob, 'phone');
	const [annLive, eveLive, ...bobs] = await Promise.all([ann, eve, bob, phone].map((person) => connectLive(person)));
	t.after(() => closeAll(annLive, eveLive, ...bobs));
	return { ann, bob, eve, withBob, annLive, eveLive, bobs };
}

/** What has come until now: events keep their order, so whatever leaked is there before the event
 * of a change that the person makes now. */
async function untilNow(person, live) {
	const bio = `now ${Math.random()}`;
	expectStatus(await person.patch('/account/me', { bio }), 200);
	await live.next('profile', (event) => event.user.bio === bio);
	return live.events.filter(({ event }) => event !== 'presence' && event !== 'profile');
}

test('who is removed from a group is told so at both devices', async (t) => {
	const { ann, bob, eve, eveLive, bobs } = await cast(t);
	const group = await makeGroup(ann, [bob], { name: 'Club' });
	expectStatus(await ann.delete(`/social/groups/${group.id}/members/${bob.id}`), 204);
	for (const live of bobs) {
		const told = await live.next('notification', ({ kind }) => kind === 'group_removed', AT_ONCE);
		assert.deepEqual([told.actor.id, told.subject], [ann.id, { group_id: group.id, name: 'Club' }]);
		const { conversation } = await live.next('conversation', (event) => event.conversation.removed, AT_ONCE);
		assert.equal(conversation.id, group.id);
	}
	assert.deepEqual(await untilNow(eve, eveLive), []);
});

test('a mention is told to members alone, whomever it names', async (t) => {
	const { ann, bob, eve, eveLive, bobs } = await cast(t);
	const group = await makeGroup(ann, [bob]);
	const named = await send(ann, group.id, '@all @bob', { mentions: [bob.id], mention_all: true });
	expectStatus(named, 201);
	for (const live of bobs) {
		const told = await live.next('notification', ({ kind }) => kind === 'mention', AT_ONCE);
		assert.equal(told.subject.seq, named.body.message.seq);
	}
	await send(ann, group.id, '@eve', { mentions: [eve.id] });
	assert.deepEqual(await untilNow(eve, eveLive), []);
	assert.equal((await eve.get('/social/notifications')).body.notifications
		.filter(({ kind }) => kind === 'mention').length, 0);
});

test('whose friendship was ended by the other learns it at every device', async (t) => {
	const { ann, bob, eve, withBob, annLive, eveLive, bobs } = await cast(t);
	expectStatus(await ann.delete(`/social/friends/${bob.id}`), 204);
	for (const live of [annLive, ...bobs]) {
		const { conversation } = await live.next('conversation', undefined, AT_ONCE);
		assert.equal(conversation.id, withBob);
	}
	assert.deepEqual((await bob.get('/social/friends')).body.friends, []);
	assert.deepEqual(await untilNow(eve, eveLive), []);
	// And nothing of ann's coming and going from then on.
	await annLive.close();
	const back = await connectLive(ann);
	t.after(() => closeAll(back));
	expectStatus(await ann.patch('/account/me', { bio: 'no friend of bob' }), 200);
	await eveLive.next('profile', (event) => event.user.id === ann.id);
	for (const live of bobs) {
		const parted = live.events.findIndex(({ event }) => event === 'conversation');
		assert.deepEqual((await untilNow(bob, live)).slice(1), []);
		const later = live.events.slice(parted + 1).map(({ event, user, user_id }) => [event, user_id ?? user?.id]);
		assert.deepEqual(later.filter(([, id]) => id === ann.id), []);
	}
});
