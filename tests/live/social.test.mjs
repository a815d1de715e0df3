// What friends learn at once, over their live connections, and others do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { eventually } from '../harness/wait.mjs';

test('request and acceptance reach every device of the person concerned, and nobody else', async (t) => {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	const phone = await logIn(bob, 'phone');
	const lives = await Promise.all([ann, bob, phone, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	const [annLive, bobLive, phoneLive, eveLive] = lives;

	const asked = await ann.post('/social/friend-requests', { user_id: bob.id, message: 'hi' });
	expectStatus(asked, 201);
	for (const live of [bobLive, phoneLive]) {
		const event = await live.next('notification');
		assert.equal(event.kind, 'friend_request');
		assert.equal(event.actor.id, ann.id);
		assert.equal(event.subject.request_id, asked.body.request.id);
	}
	const answer = `/social/friend-requests/${asked.body.request.id}`;
	expectStatus(await bob.put(answer, { status: 'accepted' }), 200);
	assert.equal((await annLive.next('notification')).kind, 'friend_accepted');
	for (const live of [annLive, bobLive, phoneLive]) {
		const { conversation } = await live.next('conversation');
		assert.equal(conversation.peer.id, live === annLive ? bob.id : ann.id);
		const greeting = await live.next('message');
		assert.equal(greeting.conversation_id, conversation.id);
		assert.equal(greeting.kind, 'system');
	}
	/* Events of one connection keep their order, so one sent to her comes after any that leaked. */
	expectStatus(await ann.post('/social/friend-requests', { user_id: eve.id }), 201);
	await eveLive.next('notification');
	assert.equal(eveLive.events.length, 1);
});

test('new friends see each other come and go without connecting again', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const annLive = await connectLive(ann);
	t.after(() => closeAll(annLive));
	await befriend(ann, bob);
	const bobLive = await connectLive(bob);
	const online = await annLive.next('presence', (event) => event.user_id === bob.id);
	assert.equal(online.online, true);
	await eventually('the list of friends shows it too', async () => {
		const { friends } = (await ann.get('/social/friends')).body;
		return friends[0].online;
	});
	await bobLive.close();
	const offline = await annLive.next('presence', (event) => event.user_id === bob.id && !event.online, {
		within: 30_000,
	});
	assert.ok(offline.last_seen_at > 0);
});

test('reading notifications on one device takes the badge away on the other', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const phone = await connectLive(await logIn(bob, 'phone'));
	t.after(() => closeAll(phone));
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	const { id } = await phone.next('notification');
	expectStatus(await bob.put('/social/notifications/read', { up_to: id }), 200);
	const mark = await phone.next('notification', (event) => event.read_up_to !== undefined);
	assert.deepEqual([mark.read_up_to, mark.unread], [id, 0]);
});
