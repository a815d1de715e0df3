// People who use the REST API of the instance that HICHAT_URL names.
//
//   const [ann, bob] = await Promise.all([register(), register()]);
//   const conversation = await befriend(ann, bob);
//   const answer = await send(ann, conversation, '你好');
//   expectStatus(answer, 201);
//   expectProblem(await bob.get('/chat/conversations/1'), 403, 'not_a_member');
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { expectDescribed } from './description.mjs';

/** The site's address without a trailing slash, with its prefix if it has one. */
export const site = (process.env.HICHAT_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '');

/** A request as it is on the wire, answered with whatever status, but as www/openapi.yaml says:
 * {status, headers, text, body}; body is the parsed JSON, null when there is none.
 * @param {string} method
 * @param {string} path below /api/v1: '/account/me'
 * @param {{token?: string, body?: any, headers?: object, raw?: string | Uint8Array,
 *          signal?: AbortSignal}} options
 *        raw: a body that is sent as it stands, as application/json unless headers say otherwise */
export async function api(method, path, { token, body, headers = {}, raw, signal } = {}) {
	const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
	const response = await fetch(`${site}/api/v1${path}`, {
		method,
		body: payload,
		redirect: 'manual',
		signal,
		headers: {
			...(payload !== undefined && { 'content-type': 'application/json' }),
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...headers,
		},
	});
	const text = await response.text();
	const answer = { status: response.status, headers: response.headers, text, body: parse(response, text) };
	expectDescribed(method, path, answer);
	return answer;
}

function parse(response, text) {
	const json = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
	return json && text !== '' ? JSON.parse(text) : null;
}

/** A name that nobody else has: letters and digits, 16 of them at most. */
export function uniqueName(prefix = 'p') {
	return prefix + randomBytes(6).toString('hex');
}

export class Person {
	constructor({ user, password, access_token, refresh_token }) {
		this.user = user;
		this.id = user.id;
		this.username = user.username;
		this.password = password;
		this.token = access_token;
		this.refreshToken = refresh_token;
	}
	request(method, path, body, options = {}) {
		return api(method, path, { token: this.token, body, ...options });
	}
	get(path, options) {
		return this.request('GET', path, undefined, options);
	}
	post(path, body, options) {
		return this.request('POST', path, body, options);
	}
	put(path, body, options) {
		return this.request('PUT', path, body, options);
	}
	patch(path, body, options) {
		return this.request('PATCH', path, body, options);
	}
	delete(path, body, options) {
		return this.request('DELETE', path, body, options);
	}
}

/** A new person, logged in.  Fields given here go into the registration. */
export async function register(fields = {}) {
	const input = { username: uniqueName(), password: `pw-${randomUUID()}`, ...fields };
	const answer = await api('POST', '/account/users', { body: input });
	expectStatus(answer, 201);
	return new Person({ ...answer.body, password: input.password });
}

/** The same person on one more device: a session of its own. */
export async function logIn(person, device = 'test') {
	const answer = await api('POST', '/account/sessions', {
		body: { login: person.username, password: person.password, device },
	});
	expectStatus(answer, 201);
	return new Person({ ...answer.body, password: person.password });
}

/** Makes two people friends by request and answer; returns the id of their conversation. */
export async function befriend(asking, asked) {
	const request = await asking.post('/social/friend-requests', { user_id: asked.id });
	expectStatus(request, 201);
	const path = `/social/friend-requests/${request.body.request.id}`;
	expectStatus(await asked.put(path, { status: 'accepted' }), 200);
	return conversationOf(asking, asked);
}

/** The id of the direct conversation of two friends. */
export async function conversationOf(person, other) {
	const answer = await person.post('/chat/conversations', { user_id: other.id });
	expectStatus(answer, 200, 201);
	return (answer.body.conversation ?? answer.body).id;
}

/** Sends a text; the answer as it came. */
export function send(person, conversation, text, { client_key = randomUUID(), ...more } = {}) {
	return person.post(`/chat/conversations/${conversation}/messages`, {
		client_key,
		kind: 'text',
		body: { text },
		...more,
	});
}

/** All messages of a conversation as `person` may read them, oldest first. */
export async function history(person, conversation) {
	const all = [];
	let more = true;
	for (let after = 0; more; ) {
		const path = `/chat/conversations/${conversation}/messages?after=${after}&limit=100`;
		const answer = await person.get(path);
		expectStatus(answer, 200);
		all.push(...answer.body.messages);
		more = answer.body.more;
		if (more) after = all.at(-1).seq;
	}
	return all;
}

export function expectStatus(answer, ...allowed) {
	assert.ok(
		allowed.includes(answer.status),
		`status ${answer.status} instead of ${allowed.join(' or ')}: ${answer.text.slice(0, 500)}`,
	);
}

/** The answer is an RFC 9457 problem with this status and code (and, when given, this field). */
export function expectProblem(answer, status, code, field) {
	assert.equal(answer.status, status, answer.text.slice(0, 500));
	assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json\b/);
	assert.equal(answer.body.code, code);
	assert.equal(answer.body.status, status);
	assert.ok(answer.body.title, 'a problem has a title');
	assert.ok(answer.body.request_id, 'a problem names its request');
	if (field !== undefined) assert.equal(answer.body.field, field);
}
