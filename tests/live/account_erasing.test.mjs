// What the erasing of an account tells those who are connected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { befriend, expectStatus, register, send } from '../harness/client.mjs';
import { eraseNow } from '../harness/erasing.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { closeAll, connectLive } from '../harness/live.mjs';

const SESSION_ENDED = 4003;

test('her sockets close, friends and groups are told', async (t) => {
	// One after the other: of two who came into the group at once, the elder inherits it.
	const ann = await register({ nickname: 'Ann' });
	const bob = await register();
	const cem = await register();
	const conversation = await befriend(ann, bob);
	await befriend(ann, cem);
	await befriend(bob, cem);
	const group = await makeGroup(ann, [bob, cem]);
	expectStatus(await send(ann, group.id, 'hello'), 201);
	const [hers, his, third] = await Promise.all([ann, bob, cem].map((person) => connectLive(person)));
	t.after(() => closeAll(hers, his, third));

	await eraseNow(ann);
	await hers.expectClosed(SESSION_ENDED);
	const profile = await his.next('profile', ({ user }) => user.id === ann.id);
	assert.equal(profile.user.deleted, true);
	assert.equal(profile.user.nickname, '');
	const direct = await his.next('conversation', (event) => event.conversation.id === conversation);
	assert.equal(direct.conversation.peer.deleted, true);
	const rows = (event) => event.conversation_id === group.id && event.kind === 'system' && event.sender_id === ann.id;
	assert.deepEqual((await third.next('message', rows)).body, { event: 'owner', user_id: bob.id });
	assert.deepEqual((await third.next('message', rows)).body.user_ids, [ann.id]);
	const role = await his.next('notification', (event) => event.kind === 'group_role');
	assert.equal(role.actor.deleted, true);
	const shared = await third.next('conversation', (event) => event.shared && event.conversation.group.member_count === 2);
	assert.equal(shared.conversation.group.owner_id, bob.id);
});
