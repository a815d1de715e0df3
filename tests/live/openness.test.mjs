// What people show of themselves, on live connections: it ends and begins at once, for both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive, liveTicket, openSocket } from '../harness/live.mjs';

const within = 1_000;
const show = async (person, fields) => expectStatus(await person.patch('/account/me', fields), 200);

/** Until everything has come that came before now: events of one connection keep their order. */
async function settled(live, person) {
	const bio = `${live.events.length} events`;
	await show(person, { bio });
	await live.next('profile', (event) => event.user.id === person.id && event.user.bio === bio);
	return live.events.length;
}

/** One after the other: who is there first hears the others come. */
async function connectAll(t, ...people) {
	const lives = [];
	for (const person of people) lives.push(await connectLive(person));
	t.after(() => closeAll(...lives));
	return lives;
}

/** ann and bob are friends, and so are cem and both. */
async function three() {
	const [ann, bob, cem] = await Promise.all([register(), register(), register()]);
	const conversation = await befriend(ann, bob);
	await befriend(ann, cem);
	await befriend(bob, cem);
	return { ann, bob, cem, conversation };
}

const named = (events, name, user) =>
	events.filter((event) => event.event === name && event.user_id === user.id);

test('every device of mine learns what I switched', async (t) => {
	const { ann } = await three();
	const [, tablet] = await connectAll(t, ann, await logIn(ann, 'tablet'));
	for (const name of ['sends_read_receipts', 'shows_presence', 'sends_typing']) {
		await show(ann, { [name]: false });
		await tablet.next('profile', (event) => event.user[name] === false, { within });
	}
});

test('receipts: only what has arrived is told, and nothing when something was read that had', async (t) => {
	const { ann, bob, conversation } = await three();
	const [annLive, bobLive, phoneLive] = await connectAll(t, ann, bob, await logIn(bob, 'phone'));
	const receipt = async (fields) => expectStatus(
		await bob.post('/chat/receipts', { receipts: [{ conversation_id: conversation, ...fields }] }), 204);
	const said = async () => (await send(ann, conversation, 'x')).body.message.seq;
	await receipt({ read_seq: await said() });
	await annLive.next('receipt', (event) => event.user_id === bob.id && event.read_seq > 0, { within });

	for (const hiding of [bob, ann]) {
		await show(hiding, { sends_read_receipts: false });
		const other = hiding === bob ? annLive : bobLive;
		const told = await other.next('receipt', (event) => event.shown === false, { within });
		assert.deepEqual([told.user_id, told.conversation_id], [hiding.id, undefined]);
		const seq = await said();
		await receipt({ delivered_seq: seq });
		const arrived = await annLive.next('receipt', (event) => event.delivered_seq === seq, { within });
		assert.equal(arrived.read_seq, 0);
		const seen = await settled(annLive, ann);
		await receipt({ read_seq: seq });
		for (const live of [bobLive, phoneLive])
			await live.next('receipt', (event) => event.read_seq === seq, { within });
		const now = await settled(annLive, ann);
		assert.deepEqual(named(annLive.events.slice(seen, now), 'receipt', bob), []);
		await show(hiding, { sends_read_receipts: true });
		await other.next('receipt', (event) => event.shown === true, { within });
	}
	const seq = await said();
	await receipt({ read_seq: seq });
	await annLive.next('receipt', (event) => event.read_seq === seq, { within });
});

test('presence: hidden at once, from those who are connected and from those who come later', async (t) => {
	const { ann, bob, cem } = await three();
	const [annLive, bobLive] = await connectAll(t, ann, bob);
	await annLive.next('presence', (event) => event.user_id === bob.id && event.online);
	await show(ann, { shows_presence: false });
	const gone = await bobLive.next('presence', (event) => event.user_id === ann.id && !event.online, { within });
	assert.equal(gone.last_seen_at, null);
	const bobSaw = await settled(bobLive, bob);
	const annSaw = await settled(annLive, ann);

	// ann and cem come and go; cem and bob see each other.
	const cemLive = await connectLive(cem);
	await bobLive.next('presence', (event) => event.user_id === cem.id && event.online);
	await annLive.close();
	const back = await connectLive(ann);
	t.after(() => closeAll(back));
	await cemLive.close();
	await bobLive.next('presence', (event) => event.user_id === cem.id && !event.online, { within: 30_000 });
	const bobNow = await settled(bobLive, bob);
	assert.deepEqual(named(bobLive.events.slice(bobSaw, bobNow), 'presence', ann), []);
	await settled(back, ann);
	for (const events of [annLive.events.slice(annSaw), back.events])
		assert.deepEqual(events.filter(({ event }) => event === 'presence'), []);

	await show(ann, { shows_presence: true });
	for (const [live, other] of [[bobLive, ann], [back, bob]]) {
		const here = await live.next('presence', (event) => event.user_id === other.id && event.online, { within });
		assert.ok(here.last_seen_at > 0);
	}
});

test('presence: a ticket from before shows nobody', async (t) => {
	const { ann, bob, cem } = await three();
	await connectAll(t, cem);
	const { ticket } = await liveTicket(bob);
	await show(ann, { shows_presence: false });
	const bobLive = openSocket();
	t.after(() => closeAll(bobLive));
	await bobLive.opened();
	bobLive.send({ op: 'hello', ticket });
	await bobLive.frame('welcome', (frame) => frame.op === 'welcome');
	const annLive = await connectLive(ann);
	t.after(() => closeAll(annLive));
	await show(cem, { shows_presence: false });
	await show(cem, { shows_presence: true });
	await bobLive.next('presence', (event) => event.user_id === cem.id && event.online);
	const now = await settled(bobLive, bob);
	assert.deepEqual(named(bobLive.events.slice(0, now), 'presence', ann), []);
});

test('presence: new friends see each other only when both show it', async (t) => {
	const [ann, bob] = await Promise.all([register(), register()]);
	await show(bob, { shows_presence: false });
	const [annLive, bobLive] = await connectAll(t, ann, bob);
	await befriend(ann, bob);
	for (const [live, person] of [[annLive, ann], [bobLive, bob]]) {
		const now = await settled(live, person);
		assert.deepEqual(live.events.slice(0, now).filter(({ event }) => event === 'presence'), []);
	}
	expectStatus(await ann.put(`/social/blocks/${bob.id}`), 200);
	expectStatus(await ann.delete(`/social/blocks/${bob.id}`), 204);
	const now = await settled(annLive, ann);
	assert.deepEqual(annLive.events.slice(0, now).filter(({ event }) => event === 'presence'), []);
	await show(bob, { shows_presence: true });
	await annLive.next('presence', (event) => event.user_id === bob.id && event.online, { within });
	await bobLive.next('presence', (event) => event.user_id === ann.id && event.online, { within });
});

test('typing: neither from nor to who hides it, in direct conversations and in groups', async (t) => {
	const { ann, bob, cem, conversation } = await three();
	const group = (await makeGroup(ann, [bob, cem])).id;
	const [annLive, bobLive, cemLive] = await connectAll(t, ann, bob, cem);
	const types = (live, where) => live.send({ op: 'typing', conversation: where });
	await show(ann, { sends_typing: false });
	await annLive.next('profile', (event) => event.user.sends_typing === false, { within });
	types(annLive, conversation);
	types(annLive, group);
	types(bobLive, group);
	await cemLive.next('typing', (event) => event.user_id === bob.id, { within });
	for (const live of [annLive, bobLive, cemLive])
		assert.deepEqual(named(live.events, 'typing', ann), []);
	await settled(annLive, ann);
	assert.deepEqual(named(annLive.events, 'typing', bob), []);
	// On a new connection it is the same.
	const again = await connectLive(ann);
	t.after(() => closeAll(again));
	types(again, group);
	types(cemLive, group);
	await bobLive.next('typing', (event) => event.user_id === cem.id, { within });
	assert.deepEqual(named(bobLive.events, 'typing', ann), []);
	await show(ann, { sends_typing: true });
	await again.next('profile', (event) => event.user.sends_typing === true, { within });
	types(again, group);
	await bobLive.next('typing', (event) => event.user_id === ann.id, { within });
});
