// Routes whose path names no conversation and no group.  Each is one of two: nothing of a
// conversation or group can be named in it, or it is named in the body, the query or a token, and
// then nobody gets anywhere with those of others.  A new route has to be put into one of the tables.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { makeGroup } from '../harness/groups.mjs';
import { routes } from '../harness/stack.mjs';

/** About the caller and about people; what of these is whose, their own tests say. */
const personal = [
	'GET /account/users',
	'GET /account/users/:user',
	'GET /account/sessions',
	'DELETE /account/sessions',
	'DELETE /account/sessions/current',
	'PATCH /account/sessions/:session',
	'DELETE /account/sessions/:session',
	'GET /account/me',
	'PATCH /account/me',
	'DELETE /account/me',
	'PUT /account/me/password',
	'GET /account/me/second-factor',
	'POST /account/me/second-factor',
	'PUT /account/me/second-factor',
	'DELETE /account/me/second-factor',
	'POST /account/me/second-factor/recovery-codes',
	'GET /social/friends',
	'PATCH /social/friends/:user',
	'DELETE /social/friends/:user',
	'GET /social/friend-requests',
	'POST /social/friend-requests',
	'PUT /social/friend-requests/:request',
	'DELETE /social/friend-requests/:request',
	'GET /social/blocks',
	'PUT /social/blocks/:user',
	'DELETE /social/blocks/:user',
	'GET /social/presence',
	'POST /social/groups',
	'GET /social/group-invitations',
	'GET /social/notifications',
	'PUT /social/notifications/read',
	'GET /chat/sync',
	'POST /chat/conversations',
	'POST /chat/live-tickets',
	'POST /moments/posts',
	'GET /moments/feed',
	'PUT /moments/feed/seen',
	'PUT /moments/cover',
	'DELETE /moments/cover',
	'GET /moments/users/:user/posts',
	'GET /moments/posts/:post',
	'PATCH /moments/posts/:post',
	'DELETE /moments/posts/:post',
	'GET /moments/posts/:post/likes',
	'PUT /moments/posts/:post/like',
	'DELETE /moments/posts/:post/like',
	'GET /moments/posts/:post/comments',
	'POST /moments/posts/:post/comments',
	'DELETE /moments/comments/:comment',
	'PUT /moments/posts/:post/mute',
	'DELETE /moments/posts/:post/mute',
	'POST /moments/posts/:post/reports',
	'GET /moments/privacy',
	'PUT /moments/privacy',
	'GET /moments/privacy/:user',
	'PUT /moments/privacy/:user',
	'GET /moments/notifications',
	'PUT /moments/notifications/read',
	'GET /media/limits',
	'POST /media/files',
	'GET /media/files/:media',
	'DELETE /media/files/:media',
	'PUT /media/files/:media/thumbnail',
	'PUT /media/files/:media/preview',
	'POST /media/urls',
	'GET /media/stickers',
	'POST /media/stickers',
	'DELETE /media/stickers/:sticker',
	'PUT /media/stickers/:sticker/favourite',
	'DELETE /media/stickers/:sticker/favourite',
	'GET /media/uploads',
	'GET /media/uploads/:upload',
	'PATCH /media/uploads/:upload',
	'DELETE /media/uploads/:upload',
];

/** Of these, what answers only when it is told about whom. */
const ofSomebody = ['GET /account/users', 'GET /social/presence'];

/** How a conversation or group `id` is named here: a request for each place. */
const carried = {
	'POST /chat/receipts': (id) => [
		{ body: { receipts: [{ conversation_id: id, read_seq: 1 }] } },
		{ body: { receipts: [{ conversation_id: own, read_seq: 1 }, { conversation_id: id, delivered_seq: 1 }] } },
	],
	'POST /chat/forwards': (id) => [
		{ body: forward(id, own) },
		{ body: forward(own, id) },
		{ body: { ...forward(id, own), merged: true } },
	],
	'GET /chat/search': (id) => [{ query: `?query=${secret}` }, { query: `?query=${secret}&conversation=${id}` }],
	'GET /social/groups': (id) => [{ query: `?query=${id}` }, { query: `?query=${name}` }],
	'POST /social/group-links/*token/join': () => [{ token: revoked }],
};

const keyOf = ({ method, program, pattern }) => `${method} /${program}${pattern}`;
const elsewhere = routes().filter(({ access, pattern }) =>
	access === 'USER' && !pattern.includes(':conversation') && !pattern.includes('/groups/:group'));

let ann;
let bob;
let cem;
let eve;
let own; // a group of eve and cem
let revoked;
const places = {}; // of ann and bob
const seqs = {}; // by conversation: of what is said there
const name = `name-${randomUUID()}`;
const secret = `secret-${randomUUID()}`;

async function say(person, conversation, text) {
	const answer = await send(person, conversation, text);
	expectStatus(answer, 201);
	seqs[conversation] = answer.body.message.seq;
}

const forward = (from, to) => ({
	client_key: randomUUID(), from_conversation: from, seqs: [seqs[from]], to_conversations: [to],
});

before(async () => {
	[ann, bob, cem, eve] = await Promise.all([register(), register(), register(), register()]);
	for (const friend of [bob, cem]) await befriend(ann, friend);
	await befriend(eve, cem);
	own = (await makeGroup(eve, [cem])).id;
	await say(eve, own, 'of our own');
	places['a conversation of two'] = (await ann.post('/chat/conversations', { user_id: bob.id })).body.conversation.id;
	const { id } = await makeGroup(ann, [bob, cem], { name });
	places['a group'] = id;
	const { link } = (await ann.post(`/social/groups/${id}/links`, {})).body;
	expectStatus(await ann.delete(`/social/groups/${id}/links/${link.id}`), 204);
	revoked = link.token;
	expectStatus(await ann.patch(`/social/groups/${id}`, { findable: false }), 200);
	expectStatus(await ann.delete(`/social/groups/${id}/members/${cem.id}`), 204);
	for (const place of Object.values(places)) await say(ann, place, secret);
});

test('each of these routes is in one of the tables, and nothing else is', () => {
	const known = [...personal, ...Object.keys(carried)];
	assert.deepEqual(elsewhere.map(keyOf).sort(), known.sort());
});

function expectNothing({ text }) {
	for (const word of [secret, ann.username, bob.username]) assert.ok(!text.includes(word), text);
}

const outsiders = { 'a stranger': () => eve, 'a removed member': () => cem };
for (const route of elsewhere.filter((one) => keyOf(one) in carried)) {
	for (const [who, person] of Object.entries(outsiders)) {
		for (const what of ['a conversation of two', 'a group']) {
			test(`${keyOf(route)} gives ${who} nothing of ${what}`, async () => {
				for (const { token, query = '', body } of carried[keyOf(route)](places[what])) {
					const path = `/${route.program}${route.pattern.replace('*token', token)}${query}`;
					const answer = await person().request(route.method, path, body);
					expectNothing(answer);
					const found = route.method === 'GET' && Object.values(answer.body).find(Array.isArray);
					assert.ok([403, 404, 410].includes(answer.status) || found?.length === 0, `${answer.status} ${answer.text}`);
				}
			});
		}
	}
}

test('to whom it belongs, the same is done', async () => {
	for (const place of Object.values(places)) {
		expectStatus(await ann.post('/chat/receipts', { receipts: [{ conversation_id: place, read_seq: 1 }] }), 204);
		expectStatus(await ann.post('/chat/forwards', forward(place, place)), 201);
	}
});

test('what is asked for without naming anything has nothing of others', async () => {
	for (const person of [eve, cem]) {
		const lists = personal.filter((key) => key.startsWith('GET /') && !key.includes(':') && !ofSomebody.includes(key));
		for (const address of lists.map((key) => key.slice(4))) {
			const answer = await person.get(address);
			expectStatus(answer, 200);
			assert.ok(!answer.text.includes(secret), answer.text);
		}
	}
});

test('what was tried left no trace', async () => {
	for (const place of Object.values(places)) {
		const rows = await history(bob, place);
		assert.ok(rows.some(({ body }) => body.text === secret));
		assert.ok(rows.every(({ sender_id }) => sender_id === null || [ann.id, bob.id].includes(sender_id)));
	}
	const kept = await history(eve, own);
	assert.deepEqual(kept.filter(({ kind }) => kind !== 'system').map(({ body }) => body.text), ['of our own']);
	for (const person of [eve, cem]) {
		const heads = (await person.get('/chat/sync')).body.conversations;
		assert.deepEqual(heads.filter(({ id }) => Object.values(places).includes(id)), []);
	}
});
