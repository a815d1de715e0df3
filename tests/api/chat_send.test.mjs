// Sending: what is stored is what was sent, retries make no second message, mistakes are refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register, send } from '../harness/client.mjs';

let ann;
let bob;
let eve;
let conversation;

before(async () => {
	[ann, bob, eve] = await Promise.all([register(), register(), register()]);
	conversation = await befriend(ann, bob);
});

const path = () => `/chat/conversations/${conversation}/messages`;
const draft = (fields) => ({ client_key: randomUUID(), kind: 'text', body: { text: 'x' }, ...fields });

test('a message is answered as it is stored', async () => {
	const started = Date.now();
	const last = (await history(ann, conversation)).at(-1);
	const answer = await send(ann, conversation, 'hello', { client_key: 'first.key_1:a-b' });
	expectStatus(answer, 201);
	const { message } = answer.body;
	assert.deepEqual(Object.keys(message).sort(), [
		'body', 'changed_seq', 'client_key', 'conversation_id', 'created_at', 'edited_at', 'hidden', 'kind',
		'mentions', 'ordinal', 'pinned_at', 'reactions', 'recalled_at', 'reply_to', 'sender_id', 'seq',
	]);
	assert.ok(message.created_at >= started - 1000 && message.created_at <= Date.now() + 1000);
	assert.deepEqual({ ...message, created_at: 0 }, {
		conversation_id: conversation,
		seq: last.seq + 1,
		ordinal: last.ordinal + 1,
		sender_id: ann.id,
		client_key: 'first.key_1:a-b',
		kind: 'text',
		body: { text: 'hello' },
		reply_to: null,
		mentions: [],
		created_at: 0,
		edited_at: null,
		recalled_at: null,
		changed_seq: null,
		pinned_at: null,
		reactions: [],
		hidden: false,
	});
	for (const reader of [ann, bob])
		assert.deepEqual((await history(reader, conversation)).at(-1), message);
});

const texts = {
	Chinese: '你好，世界。今天天气不错',
	emoji: '👋🏽 👩‍👩‍👧‍👦 🏳️‍🌈 ❤️',
	'rare letters': '𠮷野家 𝄞 ﷽',
	'right to left': 'שלום مرحبا',
	'quotes and markup': `'; DROP TABLE message; -- "\\ <b>&amp;</b> \\u0000 %s {"a":1}`,
	'lines and tabs': 'one\n\ttwo\n\n three ',
	'combining marks': 'e\u0301 n\u0303',
	longest: '字'.repeat(8000),
};
for (const [name, text] of Object.entries(texts)) {
	test(`${name} arrive as they were sent`, async () => {
		const answer = await send(ann, conversation, text);
		expectStatus(answer, 201);
		assert.equal(answer.body.message.body.text, text);
		assert.equal((await history(bob, conversation)).at(-1).body.text, text);
	});
}

const refused = {
	'no client key': [{ client_key: undefined }, 'client_key'],
	'an empty client key': [{ client_key: '' }, 'client_key'],
	'a long client key': [{ client_key: 'k'.repeat(65) }, 'client_key'],
	'a client key with other letters': [{ client_key: 'kéy' }, 'client_key'],
	'a client key that only we use': [{ client_key: '~1' }, 'client_key'],
	'no kind': [{ kind: undefined }, 'kind'],
	'a kind that only we use': [{ kind: 'system' }, 'kind'],
	'an unknown kind': [{ kind: 'hologram' }, 'kind'],
	'no body': [{ body: undefined }, 'body'],
	'a body that is no object': [{ body: 'hello' }, 'body'],
	'a body without text': [{ body: {} }, 'body'],
	'a text that is no text': [{ body: { text: 7 } }, 'body'],
	'an empty text': [{ body: { text: '' } }, 'body'],
	'a text of white space': [{ body: { text: ' \n\t\u3000\u00a0' } }, 'body'],
	'a text that shows nothing': [{ body: { text: '\u200b\u200d\ufeff' } }, 'body'],
	'a text with a control character': [{ body: { text: 'a\u0007b' } }, 'body'],
	'a text too long': [{ body: { text: '字'.repeat(8001) } }, 'body'],
	'a reply to nothing': [{ reply_to: 0 }, 'reply_to'],
	'a reply to the future': [{ reply_to: 1e9 }, 'reply_to'],
	'a reply that is no number': [{ reply_to: 'x' }, 'reply_to'],
	'mentions that are no list': [{ mentions: 7 }, 'mentions'],
};
for (const [name, [fields, field]] of Object.entries(refused)) {
	test(`${name} is refused`, async () => {
		expectProblem(await ann.post(path(), draft(fields)), 422, 'invalid_field', field);
	});
}

test('a mention of somebody who is not there is refused', async () => {
	expectProblem(await ann.post(path(), draft({ mentions: [bob.id, eve.id] })), 422, 'invalid_field', 'mentions');
	const answer = await ann.post(path(), draft({ mentions: [bob.id, ann.id] }));
	expectStatus(answer, 201);
	assert.deepEqual(answer.body.message.mentions, [bob.id, ann.id]);
	assert.deepEqual((await history(bob, conversation)).at(-1).mentions, [bob.id, ann.id]);
});

test('what refused drafts asked for was not stored, and took no number', async () => {
	const messages = await history(ann, conversation);
	assert.deepEqual(messages.map((message) => message.seq), messages.map((_, i) => i + 1));
	assert.deepEqual(messages.filter((message) => message.body.text === 'a\u0007b'), []);
});

test('a body that is no JSON is refused', async () => {
	const answer = await ann.post(path(), undefined, { raw: '{"client_key":' });
	expectProblem(answer, 400, 'invalid_json');
	expectProblem(await ann.post(path(), draft({ body: { text: 'x'.repeat(70_000) } })), 413, 'too_large');
});

test('a reply names an earlier message', async () => {
	const first = (await send(ann, conversation, 'question')).body.message;
	const answer = await send(bob, conversation, 'answer', { reply_to: first.seq });
	expectStatus(answer, 201);
	assert.equal(answer.body.message.reply_to, first.seq);
	const own = await send(bob, conversation, 'to itself', { reply_to: answer.body.message.seq + 1 });
	expectProblem(own, 422, 'invalid_field', 'reply_to');
});

test('the same send again answers the first message', async () => {
	const client_key = 'again';
	const first = await send(ann, conversation, 'once', { client_key, reply_to: 1 });
	expectStatus(first, 201);
	const second = await send(ann, conversation, 'once', { client_key, reply_to: 1 });
	expectStatus(second, 200);
	assert.deepEqual(second.body, first.body);
	const count = (await history(bob, conversation)).filter((message) => message.client_key === client_key);
	assert.equal(count.length, 1);
});

test('another message under a used key is a conflict', async () => {
	const client_key = 'used';
	expectStatus(await send(ann, conversation, 'one', { client_key, reply_to: 1 }), 201);
	expectProblem(await send(ann, conversation, 'two', { client_key, reply_to: 1 }), 409, 'conflict');
	expectProblem(await send(ann, conversation, 'one', { client_key, reply_to: 2 }), 409, 'conflict');
	expectProblem(await send(ann, conversation, 'one', { client_key }), 409, 'conflict');
	expectProblem(await send(ann, conversation, 'ONE', { client_key, reply_to: 1 }), 409, 'conflict');
});

test('a key belongs to its sender, its conversation and its case', async () => {
	const client_key = 'mine';
	const other = await befriend(ann, eve);
	const answers = [
		await send(ann, conversation, 'a', { client_key }),
		await send(bob, conversation, 'b', { client_key }),
		await send(ann, other, 'c', { client_key }),
		await send(ann, conversation, 'd', { client_key: 'Mine' }),
	];
	for (const answer of answers) expectStatus(answer, 201);
});

test('keys that meet in one batch are told apart', async () => {
	const sends = Array.from({ length: 24 }, (_, i) =>
		send(i % 2 ? ann : bob, conversation, i < 16 ? 'same' : `other ${i}`, { client_key: 'meeting' }));
	const answers = await Promise.all(sends);
	for (const person of [ann, bob]) {
		const own = answers.filter((_, i) => (i % 2 ? ann : bob) === person);
		assert.equal(own.filter((answer) => answer.status === 201).length, 1);
		const stored = own.find((answer) => answer.status === 201).body.message;
		for (const answer of own) {
			expectStatus(answer, 200, 201, 409);
			if (answer.status !== 409) assert.deepEqual(answer.body.message, stored);
		}
		assert.ok(own.some((answer) => answer.status === 409));
	}
});

test('nobody sends to a conversation that is not theirs, or not there', async () => {
	expectProblem(await send(eve, conversation, 'x'), 403, 'not_a_member');
	expectProblem(await send(eve, 2 ** 52, 'x'), 403, 'not_a_member');
	expectProblem(await eve.post('/chat/conversations/x/messages', draft()), 404, 'not_found');
});

test('sends are limited for each person', async () => {
	const env = { HICHAT_LIMITS_SENDS: '3' };
	const cal = await register();
	const own = await befriend(cal, bob);
	const post = (body = draft()) =>
		cgi('chat', 'POST', `/conversations/${own}/messages`, { token: cal.token, body, env });
	const last = draft();
	for (const body of [draft(), draft(), last]) expectStatus(await post(body), 201);
	const late = await post();
	expectProblem(late, 429, 'rate_limited');
	const wait = Number(late.headers.get('retry-after'));
	assert.ok(wait >= 1 && wait <= 60, `Retry-After: ${wait}`);
	// To ask again what became of one is not to send.
	expectStatus(await post(last), 200);
	expectProblem(await post({ ...last, body: { text: 'other' } }), 409, 'conflict');
	// But no more often than one may send.
	expectStatus(await post(last), 200);
	expectProblem(await post(last), 429, 'rate_limited');
});
