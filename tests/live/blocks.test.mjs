// Who blocks somebody tells their own devices, and the blocked one nothing, from then on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const within = 1_000;
const block = (who, whom) => who.put(`/social/blocks/${whom.id}`);
const unblock = (who, whom) => who.delete(`/social/blocks/${whom.id}`);
const befriends = async (...pairs) => {
	for (const [one, other] of pairs) await befriend(one, other);
};

/** Until everything has come that came before now: events of one connection keep their order. */
async function settled(live, person) {
	const bio = `${live.events.length} events`;
	expectStatus(await person.patch('/account/me', { bio }), 200);
	await live.next('profile', (event) => event.user.id === person.id && event.user.bio === bio);
	return live.events.length;
}

/** What has come since `seen` events, but for what the person changed about themselves. */
async function cameSince(live, person, seen) {
	const now = await settled(live, person);
	const own = (event) => event.event === 'profile' && event.user.id === person.id;
	return live.events.slice(seen, now).filter((event) => !own(event));
}

/** One after the other: who is there first hears the others come. */
async function connectAll(t, ...people) {
	const lives = [];
	for (const person of people) lives.push(await connectLive(person));
	t.after(() => closeAll(...lives));
	return lives;
}

/** ann and bob are friends; what they write has gone from one to the other. */
async function pair() {
	const [ann, bob] = await Promise.all([register(), register()]);
	return { ann, bob, conversation: await befriend(ann, bob) };
}

test('all devices of the blocking one learn of it, none of the blocked one', async (t) => {
	const { ann, bob, conversation } = await pair();
	const [annLive, tabletLive, bobLive, phoneLive] = await connectAll(
		t, ann, await logIn(ann, 'tablet'), bob, await logIn(bob, 'phone'),
	);
	const bobSaw = await settled(bobLive, bob);
	const phoneSaw = await settled(phoneLive, bob);
	for (const [change, blocked] of [[block, true], [unblock, false], [block, true]]) {
		expectStatus(await change(ann, bob), blocked ? 200 : 204);
		for (const live of [annLive, tabletLive]) {
			const told = await live.next('profile', (event) => event.blocked !== undefined, { within });
			assert.deepEqual([told.user.id, told.blocked], [bob.id, blocked]);
			const head = await live.next('conversation', undefined, { within });
			assert.equal(head.conversation.id, conversation);
		}
	}
	const isPresence = (event) => event.event === 'presence';
	for (const [live, seen] of [[bobLive, bobSaw], [phoneLive, phoneSaw]]) {
		const came = await cameSince(live, bob, seen);
		assert.deepEqual(came.filter((event) => !isPresence(event)), []);
		assert.ok(came.filter(isPresence).every((event) => event.online), 'she is seen while there is no block');
	}
});

// A connection made afterwards would bring the others up to date: each on its own.
for (const when of ['before', 'after']) {
	test(`no profile, receipt, typing or presence crosses a block, on a connection from ${when}`, async (t) => {
		const { ann, bob, conversation } = await pair();
		const cem = await register();
		await befriends([ann, cem], [bob, cem]);
		const [annLive, cemLive] = await connectAll(t, ann, cem);
		const [early] = when === 'before' ? await connectAll(t, bob) : [];
		expectStatus(await block(ann, bob), 200);
		const live = early ?? (await connectAll(t, bob))[0];
		const seen = await settled(live, bob);

		expectStatus(await ann.patch('/account/me', { nickname: '安' }), 200);
		await cemLive.next('profile', (event) => event.user.nickname === '安', { within });
		const receipts = [{ conversation_id: conversation, read_seq: 1 }];
		expectStatus(await ann.post('/chat/receipts', { receipts }), 204);
		annLive.send({ op: 'typing', conversation });
		await annLive.close();
		await cemLive.next('presence', (event) => event.user_id === ann.id && !event.online, { within: 30_000 });
		const came = await cameSince(live, bob, seen);
		assert.deepEqual(came.filter((event) => event.user_id !== cem.id), []);
	});
}

test('nor does it the other way round', async (t) => {
	const { ann, bob, conversation } = await pair();
	const cem = await register();
	await befriends([ann, cem], [bob, cem]);
	const [annLive, bobLive, cemLive] = await connectAll(t, ann, bob, cem);
	await annLive.next('presence', (event) => event.user_id === bob.id && event.online);
	expectStatus(await block(ann, bob), 200);
	const seen = await settled(annLive, ann);
	expectStatus(await bob.patch('/account/me', { nickname: 'B' }), 200);
	bobLive.send({ op: 'typing', conversation });
	await bobLive.close();
	await cemLive.next('presence', (event) => event.user_id === bob.id && !event.online, { within: 30_000 });
	assert.deepEqual((await cameSince(annLive, ann, seen)).filter((event) => event.user_id !== cem.id), []);
});

test('after unblocking they see each other come, go and change again', async (t) => {
	const { ann, bob } = await pair();
	expectStatus(await block(ann, bob), 200);
	const [annLive, bobLive] = await connectAll(t, ann, bob);
	assert.deepEqual(await cameSince(bobLive, bob, 0), []);
	expectStatus(await unblock(ann, bob), 204);
	for (const [live, other] of [[annLive, bob], [bobLive, ann]]) {
		const here = await live.next('presence', (event) => event.user_id === other.id);
		assert.equal(here.online, true);
		expectStatus(await other.patch('/account/me', { nickname: 'again' }), 200);
		await live.next('profile', (event) => event.user.id === other.id, { within });
	}
});

test('one block of two taken back brings nothing back', async (t) => {
	const { ann, bob } = await pair();
	expectStatus(await block(ann, bob), 200);
	expectStatus(await block(bob, ann), 200);
	const [annLive, bobLive] = await connectAll(t, ann, bob);
	expectStatus(await unblock(ann, bob), 204);
	expectStatus(await ann.patch('/account/me', { nickname: 'again' }), 200);
	assert.deepEqual(await cameSince(bobLive, bob, 0), []);
	const others = (await cameSince(annLive, ann, 0)).filter((event) => event.event === 'presence');
	assert.deepEqual(others, []);
});

test('a refused or declined request is told to nobody', async (t) => {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	const asked = await bob.post('/social/friend-requests', { user_id: ann.id });
	expectStatus(asked, 201);
	const [annLive, bobLive, cemLive] = await connectAll(t, ann, bob, cem);
	expectStatus(await block(ann, bob), 200);
	expectStatus(await block(ann, cem), 200);
	for (const one of [bob, cem]) expectStatus(await one.post('/social/friend-requests', { user_id: ann.id }), 403);
	const names = (await cameSince(annLive, ann, 0)).map((event) => event.event);
	assert.deepEqual(names, ['profile', 'profile'], 'her own blocks');
	assert.deepEqual(await cameSince(bobLive, bob, 0), []);
	assert.deepEqual(await cameSince(cemLive, cem, 0), []);
});
