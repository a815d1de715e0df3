// Lists of what waits for an answer are right on all devices of all who see them: whoever shows one
// is told at once when it has become another by something that is no notification to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, logIn, register } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

/** What was answered was published before. */
const within = 1_000;

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));

/** Everybody live, on two devices each. */
async function devices(t, ...persons) {
	const lives = new Map();
	for (const person of persons) {
		const phone = await logIn(person, 'phone');
		lives.set(person, await Promise.all([connectLive(person), connectLive(phone)]));
	}
	t.after(() => closeAll(...[...lives.values()].flat()));
	return lives;
}

/** What `act` does changes the list for both devices of these people, and for nobody else: events
 * keep their order, so what leaked is there before an event that each causes afterwards. */
async function changes(lives, list, receivers, act) {
	const before = new Map([...lives.values()].flat().map((live) => [live, live.events.length]));
	const answer = await act();
	expectStatus(answer, 200, 201, 204);
	for (const [person, own] of lives) {
		const bio = `now ${Math.random()}`;
		if (receivers.includes(person)) {
			for (const live of own) {
				const told = await live.next('notification', (one) => one.changed === list.changed, { within });
				assert.deepEqual(told, { event: 'notification', ...list });
			}
		}
		expectStatus(await person.patch('/account/me', { bio }), 200);
		for (const live of own) {
			await live.next('profile', (event) => event.user.bio === bio);
			const heard = live.events.slice(before.get(live)).filter((one) => one.changed !== undefined);
			assert.equal(heard.length, receivers.includes(person) ? 1 : 0, JSON.stringify(heard));
		}
	}
	return answer.body;
}

const friends = { changed: 'friend_requests' };
const invitations = { changed: 'group_invitations' };

test('a friend request that I answer is answered on my other devices', async (t) => {
	const [ann, bob, cem, eve] = await people(4);
	const lives = await devices(t, ann, bob, eve);
	const ask = (from, to) => from.post('/social/friend-requests', { user_id: to.id });
	const { request } = await changes(lives, friends, [ann], () => ask(ann, bob));
	const answer = (status) => bob.put(`/social/friend-requests/${request.id}`, { status });
	await changes(lives, friends, [bob], () => answer('declined'));
	const other = (await ask(cem, bob)).body.request;
	await changes(lives, friends, [bob], () => bob.put(`/social/friend-requests/${other.id}`, { status: 'accepted' }));
	expectStatus(await ask(eve, ann), 201);
	await changes(lives, friends, [ann], () => ask(ann, eve));
});

test('a friend request in other words is so on all devices of both', async (t) => {
	const [ann, bob, eve] = await people(3);
	const lives = await devices(t, ann, bob, eve);
	const ask = (message) => ann.post('/social/friend-requests', { user_id: bob.id, message });
	await changes(lives, friends, [ann], () => ask('hi'));
	await changes(lives, friends, [ann, bob], () => ask('it is me'));
	await changes(lives, friends, [], () => ask('it is me'));
});

test('a friend request of somebody who then blocks is gone as if withdrawn', async (t) => {
	const [ann, bob, eve] = await people(3);
	const lives = await devices(t, ann, bob, eve);
	expectStatus(await ann.post('/social/friend-requests', { user_id: bob.id }), 201);
	await changes(lives, friends, [bob], () => ann.put(`/social/blocks/${bob.id}`));
	await changes(lives, friends, [], () => ann.put(`/social/blocks/${eve.id}`));
});

test('a friend request that I withdraw is gone for both, and comes back without a sound', async (t) => {
	const [ann, bob, eve] = await people(3);
	const lives = await devices(t, ann, bob, eve);
	const ask = () => ann.post('/social/friend-requests', { user_id: bob.id });
	const { request } = (await ask()).body;
	for (const live of lives.get(bob)) await live.next('notification', ({ kind }) => kind === 'friend_request');
	await changes(lives, friends, [ann, bob], () => ann.delete(`/social/friend-requests/${request.id}`));
	await changes(lives, friends, [ann, bob], ask);
	for (const live of lives.get(bob))
		assert.equal(live.events.filter(({ kind }) => kind === 'friend_request').length, 1);
});

/** The owner, an administrator, a member, a friend of the member's and a stranger, each live twice. */
async function stage(t, join_policy) {
	const [ann, bob, cem, eve, fay] = await people(5);
	await Promise.all([[ann, bob], [ann, cem], [cem, eve]].map((pair) => befriend(...pair)));
	const group = await makeGroup(ann, [bob, cem], { join_policy });
	const path = `/social/groups/${group.id}`;
	expectStatus(await ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }), 200);
	const lives = await devices(t, ann, bob, cem, eve, fay);
	const waiting = async () => (await ann.get(`${path}/join-requests`)).body.requests[0];
	const invite = () => cem.post(`${path}/members`, { user_ids: [eve.id] });
	return { ann, bob, cem, eve, fay, path, lives, waiting, invite, list: { changed: 'join_requests', group_id: group.id } };
}

test('a request to join that is answered is answered for all who could', async (t) => {
	const { ann, bob, fay, eve, path, lives, list } = await stage(t, 'approval');
	for (const [person, judge, status] of [[fay, bob, 'declined'], [eve, ann, 'accepted']]) {
		const { request } = (await person.post(`${path}/join-requests`, {})).body;
		await changes(lives, list, [ann, bob], () => judge.put(`${path}/join-requests/${request.id}`, { status }));
	}
});

test('a request to join that ends otherwise has ended for all who could have answered', async (t) => {
	const { ann, bob, fay, eve, path, lives, list, waiting, invite } = await stage(t, 'approval');
	const ask = () => fay.post(`${path}/join-requests`, {});
	const { request } = (await ask()).body;
	await changes(lives, list, [ann, bob], () => fay.delete(`${path}/join-requests/${request.id}`));
	await changes(lives, list, [ann, bob], ask);
	const { link } = (await ann.post(`${path}/links`, {})).body;
	await changes(lives, list, [ann, bob], () => fay.post(`/social/group-links/${link.token}/join`));
	expectStatus(await invite(), 200);
	await changes(lives, list, [ann, bob], () => eve.post(`${path}/join-requests`, { message: 'me, too' }));
	assert.equal((await waiting()).message, 'me, too');
});

test('an invitation that is answered, or over, is so on my other devices', async (t) => {
	const { cem, eve, path, lives, invite } = await stage(t, 'invitation');
	expectStatus(await invite(), 200);
	const [{ id }] = (await eve.get('/social/group-invitations')).body.invitations;
	await changes(lives, invitations, [eve], () => eve.put(`${path}/join-requests/${id}`, { status: 'declined' }));
	const [gil] = await people(1);
	await befriend(cem, gil);
	const everybody = new Map([...lives, ...(await devices(t, gil))]);
	expectStatus(await cem.post(`${path}/members`, { user_ids: [gil.id] }), 200);
	await changes(everybody, invitations, [gil], () => cem.delete(`${path}/members/${cem.id}`));
	assert.deepEqual((await gil.get('/social/group-invitations')).body.invitations, []);
});

test('an invitation ends on all devices with the group, or when I come in otherwise', async (t) => {
	const { ann, cem, eve, path, lives, invite } = await stage(t, 'invitation');
	expectStatus(await invite(), 200);
	const { link } = (await ann.post(`${path}/links`, {})).body;
	await changes(lives, invitations, [eve], () => eve.post(`/social/group-links/${link.token}/join`));
	const [gil] = await people(1);
	await befriend(cem, gil);
	const everybody = new Map([...lives, ...(await devices(t, gil))]);
	expectStatus(await cem.post(`${path}/members`, { user_ids: [gil.id] }), 200);
	await changes(everybody, invitations, [gil], () => ann.delete(path));
});

for (const blocks of ['who proposed', 'who was proposed']) {
	test(`a proposal that a block by the one ${blocks} ends has ended for all who could have answered`, async (t) => {
		const { ann, bob, cem, eve, lives, list, waiting, invite } = await stage(t, 'approval');
		expectStatus(await invite(), 200);
		const [one, other] = blocks === 'who proposed' ? [cem, eve] : [eve, cem];
		await changes(lives, list, [ann, bob], () => one.put(`/social/blocks/${other.id}`));
		assert.equal(await waiting(), undefined);
	});

	test(`an invitation that a block by the one ${blocks} ends has ended on all devices`, async (t) => {
		const { cem, eve, lives, invite } = await stage(t, 'invitation');
		expectStatus(await invite(), 200);
		const [one, other] = blocks === 'who proposed' ? [cem, eve] : [eve, cem];
		await changes(lives, invitations, [eve], () => one.put(`/social/blocks/${other.id}`));
	});
}

test('who is blocked is not told of it as an administrator', async (t) => {
	const { ann, bob, cem, eve, path, lives, list, invite } = await stage(t, 'approval');
	expectStatus(await invite(), 200);
	expectStatus(await ann.patch(`${path}/members/${cem.id}`, { role: 'admin' }), 200);
	await changes(lives, list, [ann, bob], () => eve.put(`/social/blocks/${cem.id}`));
});
