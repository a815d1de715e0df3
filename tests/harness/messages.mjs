// What people do to messages that were sent.
//
//   const seq = await sent(ann, conversation, 'helo');
//   expectStatus(await edit(ann, conversation, seq, 'hello'), 200);
//   assert.deepEqual((await messageOf(bob, conversation, seq)).body, { text: 'hello' });
import assert from 'node:assert/strict';
import { expectStatus, history, send } from './client.mjs';

const path = (conversation, seq) => `/chat/conversations/${conversation}/messages/${seq}`;
const pinPath = (conversation, seq) => `/chat/conversations/${conversation}/pins/${seq}`;
const reactionPath = (conversation, seq, emoji) =>
	`${path(conversation, seq)}/reactions/${encodeURIComponent(emoji)}`;

/** Sends a text; its seq. */
export async function sent(person, conversation, text = 'x', more = {}) {
	const answer = await send(person, conversation, text, more);
	expectStatus(answer, 201);
	return answer.body.message.seq;
}

export const edit = (person, conversation, seq, text, more = {}) =>
	person.patch(path(conversation, seq), { body: { text }, ...more });
export const editsOf = (person, conversation, seq, query = '') =>
	person.get(`${path(conversation, seq)}/edits${query}`);
export const recall = (person, conversation, seq) => person.delete(path(conversation, seq));
export const hide = (person, conversation, seq) => person.delete(`${path(conversation, seq)}?for=me`);
export const react = (person, conversation, seq, emoji) => person.put(reactionPath(conversation, seq, emoji));
export const unreact = (person, conversation, seq, emoji) => person.delete(reactionPath(conversation, seq, emoji));
export const pin = (person, conversation, seq) => person.put(pinPath(conversation, seq));
export const unpin = (person, conversation, seq) => person.delete(pinPath(conversation, seq));

/** The seqs of what is pinned, as `person` sees it. */
export async function pinsOf(person, conversation) {
	const answer = await person.get(`/chat/conversations/${conversation}/pins`);
	expectStatus(answer, 200);
	return answer.body.messages.map((message) => message.seq);
}

/** One row as `person` finds it in the history. */
export async function messageOf(person, conversation, seq) {
	const answer = await person.get(`/chat/conversations/${conversation}/messages?after=${seq - 1}&limit=1`);
	expectStatus(answer, 200);
	const [message] = answer.body.messages;
	assert.equal(message?.seq, seq);
	return message;
}

/** The rows of changes in a conversation, which is numbered without hole; none of them counts. */
export async function changesOf(person, conversation) {
	const rows = await history(person, conversation);
	assert.deepEqual(rows.map((row) => row.seq), rows.map((_, i) => rows[0].seq + i));
	const changes = rows.filter((row) => ['edit', 'recall', 'reaction', 'pin'].includes(row.kind));
	for (const change of changes) {
		const before = rows.find((row) => row.seq === change.seq - 1);
		assert.equal(change.ordinal, before.ordinal, 'a change counts for no ordinal');
		assert.equal(change.client_key, `~${change.seq}`);
	}
	return changes;
}

/** What a change leaves alone, of the head as `person` sees it. */
export async function standingOf(person, conversation) {
	const answer = await person.get(`/chat/conversations/${conversation}`);
	expectStatus(answer, 200);
	const { unread, mentioned, updated_at, read_seq, last_message } = answer.body.conversation;
	return { unread, mentioned, updated_at, read_seq, last: last_message.seq };
}
