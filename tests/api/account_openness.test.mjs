// What people show of themselves: read receipts, presence, typing.  Who hides it does not see it of
// others, and takes effect in everything that tells of it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { befriend, conversationOf, expectProblem, expectStatus, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';
import { sent } from '../harness/messages.mjs';
import { eventually } from '../harness/wait.mjs';

let ann;
let bob;
let withBob;

before(async () => {
	[ann, bob] = await Promise.all([register(), register()]);
	withBob = await befriend(ann, bob);
});

const show = async (person, fields) => {
	const answer = await person.patch('/account/me', fields);
	expectStatus(answer, 200);
	return answer.body.user;
};
const read = async (person, conversation_id, read_seq) =>
	expectStatus(await person.post('/chat/receipts', { receipts: [{ conversation_id, read_seq }] }), 204);
/** The direct conversation of the two, as one of them sees it. */
const headFor = async (person, other) =>
	(await person.get(`/chat/conversations/${await conversationOf(person, other)}`)).body.conversation;
const presence = async (person, ids) => {
	const answer = await person.get(`/social/presence?ids=${ids.join(',')}`);
	expectStatus(answer, 200);
	return answer.body.presence;
};
const friendOf = async (person, other) => {
	const answer = await person.get('/social/friends');
	expectStatus(answer, 200);
	return answer.body.friends.find(({ user }) => user.id === other.id);
};

const switches = ['sends_read_receipts', 'shows_presence', 'sends_typing'];

test('everything is shown until it is hidden, each for itself', async () => {
	const eve = await register();
	const me = async () => (await eve.get('/account/me')).body.user;
	let user = await me();
	for (const name of switches) assert.equal(user[name], true, name);
	for (const name of switches) {
		assert.equal((await show(eve, { [name]: false }))[name], false);
		user = await me();
		assert.deepEqual(switches.filter((one) => !user[one]), [name]);
		assert.equal((await show(eve, { [name]: true }))[name], true);
	}
});

for (const name of switches) {
	test(`${name} is a boolean`, async () => {
		for (const wrong of ['no', 0, {}])
			expectProblem(await ann.patch('/account/me', { [name]: wrong }), 422, 'invalid_field', name);
	});
}

test('others see nothing of these settings', async () => {
	const answer = await bob.get(`/account/users/${ann.id}`);
	expectStatus(answer, 200);
	for (const name of switches) assert.ok(!(name in answer.body.user));
});

test('without read receipts neither of two learns what the other has read, only what has arrived', async () => {
	const [one, two] = [await sent(ann, withBob), await sent(bob, withBob)];
	await read(bob, withBob, two);
	assert.deepEqual([(await headFor(ann, bob)).peer_read_seq, (await headFor(ann, bob)).read_receipts], [two, true]);
	for (const hiding of [ann, bob]) {
		await show(hiding, { sends_read_receipts: false });
		const last = await sent(ann, withBob);
		await read(bob, withBob, last);
		await read(ann, withBob, last);
		for (const [person, other] of [[ann, bob], [bob, ann]]) {
			const head = await headFor(person, other);
			assert.deepEqual([head.read_receipts, head.peer_read_seq, head.peer_delivered_seq], [false, 0, last]);
		}
		await show(hiding, { sends_read_receipts: true });
		assert.equal((await headFor(ann, bob)).peer_read_seq, last, 'how far it is by then');
	}
	assert.ok(one < two);
});

test('who sends no read receipts is not named among the readers, and asks in vain', async () => {
	const cem = await register();
	await befriend(ann, cem);
	const group = (await makeGroup(ann, [bob, cem])).id;
	const seq = await sent(ann, group);
	await read(bob, group, seq);
	await read(cem, group, seq);
	const readers = (person, message = seq) => person.get(`/chat/conversations/${group}/messages/${message}/readers`);
	await show(cem, { sends_read_receipts: false });
	const { body } = await readers(ann);
	assert.deepEqual([body.readers.map(({ user, state }) => [user.id, state]), body.untold], [[[bob.id, 'read']], 1]);
	const own = await sent(cem, group);
	expectProblem(await readers(cem, own), 403, 'receipts_hidden');
	const head = (await cem.get(`/chat/conversations/${group}`)).body.conversation;
	assert.equal(head.read_receipts, false);
	await show(cem, { sends_read_receipts: true });
	expectStatus(await readers(cem, own), 200);
});

test('without presence neither of two is seen by the other, anywhere', async () => {
	const cem = await register();
	await befriend(ann, cem);
	const group = (await makeGroup(ann, [bob, cem])).id;
	const lives = await Promise.all([ann, bob, cem].map((person) => connectLive(person)));
	try {
		const here = async (person) =>
			(await person.get(`/social/groups/${group}/presence`)).body.online ?? [];
		await eventually('all are seen', async () => (await here(ann)).length === 3);
		const online = async (person) => {
			const { members } = (await person.get(`/social/groups/${group}/members?limit=100`)).body;
			return members.filter((member) => member.online).map(({ user }) => user.id).sort((a, b) => a - b);
		};
		const ids = [ann.id, bob.id, cem.id].sort((a, b) => a - b);
		assert.deepEqual(await online(ann), ids);
		assert.equal((await presence(ann, [bob.id]))[0].online, true);
		assert.equal((await friendOf(ann, bob)).online, true);

		await show(bob, { shows_presence: false });
		for (const [person, other] of [[ann, bob], [bob, ann]]) {
			assert.deepEqual(await presence(person, [other.id]), []);
			const friend = await friendOf(person, other);
			assert.deepEqual([friend.online, friend.last_seen_at], [false, null]);
		}
		assert.deepEqual(await online(ann), ids.filter((id) => id !== bob.id));
		assert.deepEqual((await here(ann)).sort((a, b) => a - b), ids.filter((id) => id !== bob.id));
		assert.deepEqual(await online(bob), []);
		assert.deepEqual(await here(bob), []);
		await show(bob, { shows_presence: true });
		assert.equal((await friendOf(ann, bob)).online, true);
		assert.ok((await friendOf(bob, ann)).last_seen_at > 0);
	} finally {
		await closeAll(...lives);
	}
});

test('what is not about it goes on: messages, and that they have arrived', async () => {
	for (const name of switches) await show(bob, { [name]: false });
	const answer = await send(bob, withBob, 'still here');
	expectStatus(answer, 201);
	const { seq } = answer.body.message;
	expectStatus(await ann.post('/chat/receipts', { receipts: [{ conversation_id: withBob, delivered_seq: seq }] }), 204);
	assert.equal((await headFor(bob, ann)).peer_delivered_seq, seq);
	for (const name of switches) await show(bob, { [name]: true });
});
