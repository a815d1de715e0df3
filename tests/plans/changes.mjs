// What people do in a large store: each of these changes something there.
import { api, befriend, conversationOf, expectStatus, logIn, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
import { edit, hide, pin, react, recall, sent, unpin, unreact } from '../harness/messages.mjs';

/** The answer's body, of a request that has to succeed. */
async function done(request) {
	const answer = await request;
	expectStatus(answer, 200, 201, 204);
	return answer.body;
}

const friendsOf = ({ crowd }, count, from = 0) => Array.from({ length: count }, (_, i) => crowd.firstUser + from + i);

async function inGroup(around, policy, act) {
	const [ann, bob] = [around.person, await register()];
	await befriend(ann, bob);
	const group = await makeGroup(ann, [...friendsOf(around, 300), bob], { join_policy: policy });
	return act({ ann, bob, group, path: `/social/groups/${group.id}` });
}

/** By name: what is done. */
export const changes = {
	'registering, logging in and out': async () => {
		const device = await logIn(await register(), 'another');
		await done(device.patch('/account/me', { nickname: 'Bo', bio: 'Hello' }));
		for (const on of [false, true]) {
			await done(device.patch('/account/me', { sends_read_receipts: on, shows_presence: on, sends_typing: on }));
		}
		const [, { id }] = (await done(device.get('/account/sessions'))).sessions;
		await done(device.patch(`/account/sessions/${id}`, { device: 'another name' }));
		await done(device.delete('/account/sessions'));
		await done(device.put('/account/me/password', { old_password: device.password, new_password: 'nine quiet lanterns' }));
		await done(api('POST', '/account/sessions/refresh', { body: { refresh_token: device.refreshToken } }));
		await done(device.delete('/account/sessions/current'));
	},
	'making friends, blocking and parting': async ({ person: ann, crowd }) => {
		const [bob, eve] = [await register(), await register()];
		await befriend(ann, bob);
		await done(ann.patch(`/social/friends/${bob.id}`, { remark: 'B', tags: ['work'] }));
		await done(ann.put(`/social/blocks/${bob.id}`));
		await done(ann.delete(`/social/blocks/${bob.id}`));
		await done(ann.delete(`/social/friends/${bob.id}`));
		const { request } = await done(eve.post('/social/friend-requests', { user_id: ann.id }));
		await done(ann.put(`/social/friend-requests/${request.id}`, { status: 'declined' }));
		const asked = await done(bob.post('/social/friend-requests', { user_id: eve.id }));
		await done(bob.delete(`/social/friend-requests/${asked.request.id}`));
		await done(ann.delete(`/social/friends/${crowd.firstUser + 999}`));
	},
	'talking to a friend': async ({ person: ann }) => {
		const bob = await register();
		const conversation = await befriend(bob, ann);
		await conversationOf(ann, bob);
		await done(send(ann, conversation, 'hello'));
		await done(bob.post('/chat/receipts', { receipts: [{ conversation_id: conversation, read_seq: 1 }] }));
		await done(bob.patch(`/chat/conversations/${conversation}`, { pinned: true, hidden: true }));
		await done(ann.post('/chat/forwards', {
			client_key: 'f', from_conversation: conversation, seqs: [2], to_conversations: [conversation],
		}));
		const left = { marked_unread: true, draft: { text: 'hel', reply_to: 1 } };
		await done(bob.patch(`/chat/conversations/${conversation}`, left));
		await done(ann.post('/chat/live-tickets', {}));
	},
	'talking in a group': (around) => inGroup(around, 'open', async ({ ann, bob, group }) => {
		await done(send(ann, group.id, 'hello', { mentions: [bob.id], mention_all: true }));
		await done(send(bob, group.id, 'hello back'));
		await done(bob.post('/chat/receipts', { receipts: [{ conversation_id: group.id, read_seq: 2 }] }));
	}),
	'making and sending stickers': async ({ person: ann }) => {
		const bob = await register();
		const conversation = await befriend(bob, ann);
		const { id: media_id } = await uploadOk(ann, 'sticker', png());
		const { sticker } = await done(ann.post('/media/stickers', { media_id }));
		const draft = { client_key: 's', kind: 'sticker', body: { sticker_id: sticker.id } };
		await done(ann.post(`/chat/conversations/${conversation}/messages`, draft));
		await done(bob.put(`/media/stickers/${sticker.id}/favourite`));
		await done(ann.delete(`/media/stickers/${sticker.id}`));
		await done(bob.delete(`/media/stickers/${sticker.id}/favourite`));
	},
	'changing what was said': (around) => inGroup(around, 'open', async ({ ann, bob, group }) => {
		for (const place of [group.id, around.crowd.largest]) {
			const [seq, other] = [await sent(ann, place, 'helo', { mentions: [ann.id] }), await sent(ann, place)];
			await done(edit(ann, place, seq, 'hello', { mentions: [] }));
			await done(react(ann, place, seq, '👍'));
			await done(pin(ann, place, seq));
			await done(pin(ann, place, other));
			await done(unpin(ann, place, other));
			await done(react(ann, place, other, '👍'));
			await done(unreact(ann, place, other, '👍'));
			await done(hide(ann, place, other));
			await done(recall(ann, place, seq));
		}
		await done(recall(ann, group.id, await sent(bob, group.id)));
	}),
	'reading notifications': async ({ person: ann }) => {
		const { notifications } = await done(ann.get('/social/notifications'));
		await done(ann.put('/social/notifications/read', { up_to: notifications[0].id }));
	},
	'changing a group and what its members are': (around) => inGroup(around, 'approval', async ({ ann, bob, path }) => {
		await done(ann.patch(path, { name: 'Renamed', avatar: 'emoji:🌊', description: 'Water', mute_all: true }));
		await done(ann.patch(path, { join_policy: 'open', findable: false, shares_history: true, mute_all: false }));
		await done(bob.patch(`${path}/members/${bob.id}`, { nickname: 'Bobby' }));
		await done(ann.patch(`${path}/members/${bob.id}`, { muted_until: Date.now() + 60_000 }));
		await done(ann.patch(`${path}/members/${bob.id}`, { role: 'admin' }));
		await done(ann.put(`${path}/announcement`, { text: 'Read me' }));
		await done(bob.put(`${path}/announcement/read`));
		await done(ann.put(`${path}/owner`, { user_id: bob.id }));
		await done(bob.delete(path));
		await done(ann.delete(`${path}/members/${ann.id}`));
	}),
	'making a group twice with one key': async ({ person: ann }) => {
		for (let times = 0; times < 2; times++)
			await done(ann.post('/social/groups', { name: 'Once', client_key: 'once' }));
	},
	'coming and going by hundreds': (around) => inGroup(around, 'approval', async ({ ann, bob, path }) => {
		await done(ann.post(`${path}/members`, { user_ids: friendsOf(around, 150, 300) }));
		await done(ann.post(`${path}/removals`, { user_ids: friendsOf(around, 300) }));
		await done(ann.delete(`${path}/members/${bob.id}`));
	}),
	'asking to join': (around) => inGroup(around, 'approval', async ({ ann, bob, path }) => {
		const [eve, dan] = [await register(), await register()];
		await befriend(bob, dan);
		const { request } = await done(eve.post(`${path}/join-requests`, { message: 'May I?' }));
		await done(ann.put(`${path}/join-requests/${request.id}`, { status: 'accepted' }));
		await done(bob.post(`${path}/members`, { user_ids: [dan.id] }));
		const { requests } = await done(ann.get(`${path}/join-requests`));
		await done(ann.put(`${path}/join-requests/${requests[0].id}`, { status: 'declined' }));
		const fay = await register();
		const wish = await done(fay.post(`${path}/join-requests`, {}));
		await done(fay.delete(`${path}/join-requests/${wish.request.id}`));
		await done(fay.post(`${path}/join-requests`, {}));
	}),
	'being invited': (around) => inGroup(around, 'invitation', async ({ ann, bob, path }) => {
		const [eve, dan] = [await register(), await register()];
		await befriend(bob, eve);
		await done(bob.post(`${path}/members`, { user_ids: [eve.id] }));
		const { invitations } = await done(eve.get('/social/group-invitations'));
		await done(eve.put(`${path}/join-requests/${invitations[0].id}`, { status: 'accepted' }));
		const { link } = await done(ann.post(`${path}/links`, {}));
		await done(dan.post(`/social/group-links/${link.token}/join`));
		await done(ann.delete(`${path}/links/${link.id}`));
	}),
	'sharing moments': async ({ person: ann, crowd }) => {
		const bob = await register();
		await befriend(ann, bob);
		await done(ann.patch(`/social/friends/${bob.id}`, { tags: ['near'] }));
		const picture = await uploadOk(ann, 'image', png());
		const audiences = [{ audience: 'except', user_ids: [crowd.firstUser], tags: ['work'] }, { audience: 'only', tags: ['near'] }];
		for (const audience of audiences) {
			const { post } = await done(ann.post('/moments/posts', {
				text: 'Hello', client_key: audience.audience, media_ids: [picture.id], ...audience,
			}));
			await done(bob.post('/media/urls', { media_ids: [picture.id, crowd.picture] }));
			const path = `/moments/posts/${post.id}`;
			await done(bob.put(`${path}/like`));
			const { comment } = await done(bob.post(`${path}/comments`, { text: 'Well', client_key: audience.audience }));
			await done(ann.post(`${path}/comments`, { text: 'Well', reply_to: comment.id }));
			await done(bob.delete(`${path}/like`));
			await done(ann.put(`${path}/mute`));
			await done(ann.delete(`${path}/mute`));
			await done(bob.post(`${path}/reports`, { reason: 'spam' }));
			if (audience.audience === 'except') await done(ann.patch(path, { ...audience, user_ids: [crowd.firstUser, bob.id] }));
			await done(ann.patch(path, { audience: 'only', user_ids: [audience.audience === 'only' ? bob.id : crowd.firstUser + 1] }));
			await done(ann.delete(`/moments/comments/${comment.id}`));
			await done(ann.delete(path));
		}
		await done(ann.put('/moments/cover', { media_id: picture.id }));
		await done(bob.post('/media/urls', { media_ids: [picture.id] }));
		await done(ann.delete('/moments/cover'));
		await done(ann.put('/moments/privacy', { window: 'month' }));
		await done(ann.put(`/moments/privacy/${bob.id}`, { hide_mine: true }));
		await done(ann.put(`/moments/privacy/${bob.id}`, { hide_mine: false }));
		await done(ann.put('/moments/feed/seen', { up_to: crowd.post }));
		await done(ann.put('/moments/notifications/read', { up_to: 5 }));
	},
	'what happens in a group of ten thousand': async ({ person: ann, crowd }) => {
		const path = `/social/groups/${crowd.largest}`;
		await done(ann.post('/chat/receipts', { receipts: [{ conversation_id: crowd.largest, read_seq: 5 }] }));
		await done(ann.put(`${path}/announcement`, { text: 'All of you' }));
		await done(ann.patch(path, { name: 'Ten thousand' }));
		const { members } = await done(ann.get(`${path}/members?role=member&limit=100`));
		await done(ann.post(`${path}/removals`, { user_ids: members.slice(0, 50).map(({ user }) => user.id) }));
	},
};
