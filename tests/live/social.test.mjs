// What friends learn at once, over their live connections, and others do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { eventually } from '../harness/wait.mjs';

/** What was answered was published before. */
const within = 1_000;

test('request and acceptance reach every device of the person concerned, and nobody else', async (t) => {
	const [ann, bob, eve] = await Promise.all([register(), register(), register()]);
	const phone = await logIn(bob, 'phone');
	const lives = await Promise.all([ann, bob, phone, eve].map((person) => connectLive(person)));
	t.after(() => closeAll(...lives));
	const [annLive, bobLive, phoneLive, eveLive] = lives;

	const asked = await ann.post('/social/friend-requests', { user_id: bob.id, message: 'hi' });
	expectStatus(asked, 201);
	for (const live of [bobLive, phoneLive]) {
		const event = await live.next('notification', undefined, { within });
		assert.equal(event.kind, 'friend_request');
		assert.equal(event.actor.id, ann.id);
		assert.equal(event.subject.request_id, asked.body.request.id);
	}
	const answer = `/social/friend-requests/${asked.body.request.id}`;
	expectStatus(await bob.put(answer, { status: 'accepted' }), 200);
	await annLive.next('notification', (event) => event.kind === 'friend_accepted', { within });
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
	for (const up_to of [2 ** 53, id - 1]) {
		expectStatus(await bob.put('/social/notifications/read', { up_to }), 200);
		const again = await phone.next('notification', (event) => event.read_up_to !== undefined);
		assert.deepEqual([again.read_up_to, again.unread], [id, 0], 'nobody has read the future');
	}
});

test('a request asked again, or declined, is no news to the other', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const [annLive, bobLive] = await Promise.all([ann, bob].map((person) => connectLive(person)));
	t.after(() => closeAll(annLive, bobLive));
	const ask = (message) => ann.post('/social/friend-requests', { user_id: bob.id, message });
	const { request } = (await ask('one')).body;
	expectStatus(await ask('two'), 200);
	expectStatus(await bob.put(`/social/friend-requests/${request.id}`, { status: 'declined' }), 200);
	// Their lists of requests are told so; of the no, nobody but bob.
	const list = 'friend_requests';
	for (const [person, live, told] of [[ann, annLive, [list, list]], [bob, bobLive, ['friend_request', list, list]]]) {
		expectStatus(await person.patch('/account/me', { bio: 'and then' }), 200);
		await live.next('profile');
		const { events } = live;
		assert.deepEqual(events.map((event) => event.kind ?? event.changed ?? event.event), [...told, 'profile']);
	}
});

test('requests that cross tell both: one of the request, one of the acceptance', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	const [annLive, phoneLive, bobLive] = await Promise.all(
		[ann, await logIn(ann, 'phone'), bob].map((person) => connectLive(person)),
	);
	t.after(() => closeAll(annLive, phoneLive, bobLive));
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	assert.equal((await bobLive.next('notification', undefined, { within })).kind, 'friend_request');
	expectStatus(await bob.post('/social/friend-requests', { user_id: ann.id }), 201);
	for (const live of [annLive, phoneLive]) {
		const told = await live.next('notification', (event) => event.kind !== undefined, { within });
		assert.deepEqual([told.kind, told.actor.id], ['friend_accepted', bob.id]);
		await live.next('message', undefined, { within });
	}
	await bobLive.next('message', undefined, { within });
	assert.equal(bobLive.events.filter((event) => event.event === 'notification' && event.kind !== undefined).length, 1);
});

test('a remark and tags reach my other devices, and nobody else', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await befriend(ann, bob);
	const [phone, bobLive] = await Promise.all([await logIn(ann, 'phone'), bob].map((person) => connectLive(person)));
	t.after(() => closeAll(phone, bobLive));
	expectStatus(await ann.patch(`/social/friends/${bob.id}`, { remark: '老王', tags: ['work'] }), 200);
	const told = await phone.next('profile', undefined, { within });
	assert.deepEqual([told.user.id, told.friend], [bob.id, { remark: '老王', tags: ['work'] }]);
	expectStatus(await bob.patch('/account/me', { bio: 'and then' }), 200);
	await bobLive.next('profile');
	const his = bobLive.events.filter((event) => event.event !== 'presence');
	assert.equal(his.length, 1);
});
