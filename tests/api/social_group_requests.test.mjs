// Asking to join a group: who may, who is told, who answers, and what an answer leads to.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { cgi } from '../harness/cgi.mjs';
import { befriend, expectProblem, expectStatus, history, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { groupOf, makeGroup, membersOf, roleOf } from '../harness/groups.mjs';

const DAY = 86_400_000;

const people = (count) => Promise.all(Array.from({ length: count }, () => register()));
const address = (group) => `/social/groups/${group.id}/join-requests`;
const ask = (person, group, message) => person.post(address(group), { message });
const answer = (person, group, request, status) =>
	person.put(`${address(group)}/${request.id}`, { status });

async function asked(person, group, message) {
	const made = await ask(person, group, message);
	expectStatus(made, 201);
	return made.body.request;
}

async function requestsOf(person, group, query = '') {
	const list = await person.get(address(group) + query);
	expectStatus(list, 200);
	return list.body;
}

const ids = (list) => list.map((one) => one.id);
const told = async (person, kind) =>
	(await person.get('/social/notifications')).body.notifications.filter((one) => one.kind === kind);
const joinedRows = async (person, group) =>
	(await history(person, group.id)).filter((row) => row.body.event === 'joined');

let ann, bob, cem; // owner, administrator and member of every group here

before(async () => {
	[ann, bob, cem] = await people(3);
	await Promise.all([befriend(ann, bob), befriend(ann, cem)]);
});

async function group(fields = {}) {
	const made = await makeGroup(ann, [bob, cem], fields);
	expectStatus(await ann.patch(`/social/groups/${made.id}/members/${bob.id}`, { role: 'admin' }), 200);
	return made;
}

test('a wish to join waits, is seen by the owner and administrators, and is one however often asked', async () => {
	const [eve] = await people(1);
	const hikers = await group({ name: 'Hikers' });
	const request = await asked(eve, hikers, '我想参加 👋');
	assert.deepEqual(
		{ ...request, created_at: 0, user: request.user.id },
		{
			id: request.id, group_id: hikers.id, user: eve.id, inviter: null, awaits: 'admins', message: '我想参加 👋',
			status: 'pending', created_at: 0, answered_at: null, answered_by: null,
		},
	);
	const again = await ask(eve, hikers, 'please');
	expectStatus(again, 200);
	assert.deepEqual(again.body.request, { ...request, message: 'please' });
	assert.equal((await ask(eve, hikers)).body.request.message, 'please', 'nothing said changes nothing');

	for (const judge of [ann, bob]) {
		assert.deepEqual(await requestsOf(judge, hikers), { requests: [again.body.request], more: false });
		const mine = (await told(judge, 'group_request')).filter((one) => one.subject.group_id === hikers.id);
		assert.equal(mine.length, 1, 'and one notification');
		assert.deepEqual(mine[0].subject, { group_id: hikers.id, name: 'Hikers', request_id: request.id });
		assert.equal(mine[0].actor.id, eve.id);
	}
	assert.ok(!(await told(cem, 'group_request')).length, 'members have no part in it');
	expectProblem(await cem.get(address(hikers)), 403, 'forbidden');
	expectProblem(await eve.get(address(hikers)), 403, 'not_a_member');
	assert.equal(await roleOf(ann, hikers, eve), undefined);
});

test('who is accepted is a member, is told so, and reads from there on', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const request = await asked(eve, hikers);
	const accepted = await answer(bob, hikers, request, 'accepted');
	expectStatus(accepted, 200);
	assert.equal(accepted.body.request.status, 'accepted');
	assert.equal(accepted.body.request.answered_by, bob.id);
	assert.ok(accepted.body.request.answered_at >= request.created_at);

	assert.equal(await roleOf(ann, hikers, eve), 'member');
	assert.equal((await groupOf(eve, hikers)).member_count, 4);
	const [note] = await told(eve, 'group_request_answered');
	assert.deepEqual(note.subject, {
		group_id: hikers.id, name: hikers.name, request_id: request.id, status: 'accepted',
	});
	const rows = await history(eve, hikers.id);
	assert.deepEqual(
		rows.map((row) => [row.kind, row.sender_id, row.body]),
		[['system', bob.id, { event: 'joined', user_ids: [eve.id], count: 1, via: 'request' }]],
	);
	expectProblem(await ask(eve, hikers), 409, 'already_member');
	expectStatus(await answer(ann, hikers, request, 'accepted'), 200); // the same answer once more
	expectProblem(await answer(ann, hikers, request, 'declined'), 409, 'already_answered');
	assert.equal((await joinedRows(ann, hikers)).length, 1);
	assert.deepEqual((await requestsOf(ann, hikers)).requests, []);
	assert.deepEqual(ids((await requestsOf(ann, hikers, '?status=accepted')).requests), [request.id]);
});

test('who is declined is told so, and may ask again after a day', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const request = await asked(eve, hikers);
	expectStatus(await answer(ann, hikers, request, 'declined'), 200);
	const [note] = await told(eve, 'group_request_answered');
	assert.equal(note.subject.status, 'declined');
	assert.equal(await roleOf(ann, hikers, eve), undefined);
	assert.deepEqual(await joinedRows(ann, hikers), []);
	assert.deepEqual(ids((await requestsOf(ann, hikers, '?status=declined')).requests), [request.id]);

	const soon = await ask(eve, hikers);
	expectProblem(soon, 429, 'recently_declined');
	const wait = Number(soon.headers.get('retry-after'));
	assert.ok(wait > 86_000 && wait <= 86_400, `${wait} seconds`);
	await sql(`UPDATE group_request SET answered_at = answered_at - ${DAY} WHERE id = ${request.id}`);
	assert.notEqual((await asked(eve, hikers)).id, request.id);
});

test('an open group is joined at once', async () => {
	const [eve, fay] = await people(2);
	const hikers = await group({ join_policy: 'open' });
	const request = await asked(eve, hikers, 'hi');
	assert.equal(request.status, 'accepted');
	assert.equal(await roleOf(ann, hikers, eve), 'member');
	const [row] = await joinedRows(eve, hikers);
	assert.equal(row.sender_id, eve.id);
	assert.deepEqual(row.body, { event: 'joined', user_ids: [eve.id], count: 1, via: 'open' });
	expectProblem(await ask(eve, hikers), 409, 'already_member');
	assert.ok(!(await told(ann, 'group_request')).some((one) => one.subject.group_id === hikers.id));

	// Who asked before it was opened has waited long enough.
	expectStatus(await ann.patch(`/social/groups/${hikers.id}`, { join_policy: 'approval' }), 200);
	const waiting = await asked(fay, hikers);
	expectStatus(await ann.patch(`/social/groups/${hikers.id}`, { join_policy: 'open' }), 200);
	const joined = await ask(fay, hikers);
	expectStatus(joined, 200);
	assert.deepEqual([joined.body.request.id, joined.body.request.status], [waiting.id, 'accepted']);
	assert.equal(await roleOf(ann, hikers, fay), 'member');
});

test('joining is quiet: it is no unread message', async () => {
	const [eve] = await people(1);
	const hikers = await group({ join_policy: 'open' });
	const unread = async (person) => {
		const { conversations } = (await person.get('/chat/sync')).body;
		return conversations.find((one) => one.id === hikers.id).unread;
	};
	const was = await unread(cem);
	await asked(eve, hikers);
	assert.equal(await unread(cem), was);
	assert.equal(await unread(eve), 0);
});

test('a group by invitation, one that cannot be found and one that is gone take no wishes', async () => {
	const [eve, fay] = await people(2);
	const closed = await group({ join_policy: 'invitation' });
	expectProblem(await ask(eve, closed), 403, 'invitation_only');
	const hidden = await group();
	await asked(fay, hidden);
	expectStatus(await ann.patch(`/social/groups/${hidden.id}`, { findable: false }), 200);
	expectProblem(await ask(eve, hidden), 404, 'not_found');
	expectStatus(await ask(fay, hidden), 200); // she knows of it
	expectProblem(await ask(eve, { id: 2 ** 52 }), 404, 'not_found');

	const gone = await group();
	const request = await asked(eve, gone);
	expectStatus(await ann.delete(`/social/groups/${gone.id}`), 204);
	expectProblem(await ask(fay, gone), 404, 'not_found');
	expectProblem(await ask(cem, gone), 409, 'already_member');
	expectProblem(await answer(ann, gone, request, 'accepted'), 403, 'group_dissolved');
	assert.deepEqual((await requestsOf(ann, gone)).requests, []);
	assert.ok(!(await told(eve, 'group_request_answered')).length, 'declined without a word');
});

test('a wish that nobody answered for 30 days has expired', async () => {
	const [eve, fay] = await people(2);
	const hikers = await group();
	const [request, young] = [await asked(eve, hikers), await asked(fay, hikers)];
	const age = (one, days) =>
		sql(`UPDATE group_request SET created_at = created_at - ${days * DAY} WHERE id = ${one.id}`);
	await Promise.all([age(request, 30), age(young, 29)]);
	assert.deepEqual(ids((await requestsOf(ann, hikers)).requests), [young.id]);
	const expired = await requestsOf(ann, hikers, '?status=expired');
	assert.deepEqual(expired.requests.map((one) => [one.id, one.status]), [[request.id, 'expired']]);
	expectProblem(await answer(ann, hikers, request, 'accepted'), 409, 'already_answered');
	expectProblem(await answer(ann, hikers, request, 'declined'), 409, 'already_answered');
	assert.equal(await roleOf(ann, hikers, eve), undefined);

	const again = await asked(eve, hikers);
	assert.notEqual(again.id, request.id);
	assert.deepEqual(ids((await requestsOf(ann, hikers, '?status=expired')).requests), [request.id]);
	expectStatus(await answer(ann, hikers, again, 'accepted'), 200);
	expectStatus(await answer(ann, hikers, young, 'accepted'), 200);
});

test('two administrators who answer one request at once: one answer counts', async () => {
	const hikers = await group();
	for (const [one, other] of [['accepted', 'declined'], ['declined', 'accepted'], ['accepted', 'accepted']]) {
		for (let round = 0; round < 3; round += 1) {
			const [eve] = await people(1);
			const request = await asked(eve, hikers);
			const answers = await Promise.all([
				answer(ann, hikers, request, one), answer(bob, hikers, request, other),
			]);
			const heard = answers.filter((each) => each.status === 200);
			assert.equal(heard.length, one === other ? 2 : 1, answers.map((each) => each.text).join());
			for (const each of answers)
				if (each.status !== 200) expectProblem(each, 409, 'already_answered');
			const { status } = heard[0].body.request;
			assert.equal(await roleOf(ann, hikers, eve), status === 'accepted' ? 'member' : undefined);
			const notes = await told(eve, 'group_request_answered');
			assert.deepEqual(notes.map((note) => note.subject.status), [status], 'told once');
			const rows = (await joinedRows(ann, hikers)).filter((row) => row.body.user_ids.includes(eve.id));
			assert.equal(rows.length, status === 'accepted' ? 1 : 0);
		}
	}
});

test('a full group takes nobody, and the request goes on waiting', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const request = await asked(eve, hikers);
	await sql(`UPDATE chat_group SET member_limit = 3 WHERE id = ${hikers.id}`);
	expectProblem(await answer(ann, hikers, request, 'accepted'), 409, 'group_full');
	assert.deepEqual(ids((await requestsOf(ann, hikers)).requests), [request.id]);
	assert.equal((await membersOf(ann, hikers)).length, 3);
	assert.ok(!(await told(eve, 'group_request_answered')).length);
	await sql(`UPDATE chat_group SET member_limit = 4 WHERE id = ${hikers.id}`);
	expectStatus(await answer(ann, hikers, request, 'accepted'), 200);
});

test('who has blocked the asking person hears nothing of it, but can answer', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	expectStatus(await bob.put(`/social/blocks/${eve.id}`), 200);
	const request = await asked(eve, hikers, 'let me in');
	const heard = async (judge) =>
		(await told(judge, 'group_request')).some((one) => one.subject.request_id === request.id);
	assert.equal(await heard(ann), true);
	assert.equal(await heard(bob), false);
	assert.deepEqual(ids((await requestsOf(bob, hikers)).requests), [request.id]);
	expectStatus(await answer(bob, hikers, request, 'declined'), 200);
	expectStatus(await bob.delete(`/social/blocks/${eve.id}`), 204);
});

test('answers are refused to who asked, to members and to strangers, and for what is not there', async () => {
	const [eve, fay] = await people(2);
	const [hikers, others] = [await group(), await group()];
	const request = await asked(eve, hikers);
	expectProblem(await answer(eve, hikers, request, 'accepted'), 403, 'forbidden');
	expectProblem(await answer(cem, hikers, request, 'accepted'), 403, 'forbidden');
	expectProblem(await answer(fay, hikers, request, 'accepted'), 404, 'not_found');
	expectProblem(await answer(ann, others, request, 'accepted'), 404, 'not_found');
	expectProblem(await answer(ann, hikers, { id: 2 ** 52 }, 'accepted'), 404, 'not_found');
	expectProblem(await answer(ann, { id: 2 ** 52 }, request, 'accepted'), 404, 'not_found');
	expectProblem(await ann.get(address({ id: 2 ** 52 })), 404, 'not_found');
	assert.deepEqual(ids((await requestsOf(ann, hikers)).requests), [request.id]);
});

test('invalid input names the field', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	expectProblem(await ask(eve, hikers, 'x'.repeat(201)), 422, 'invalid_field', 'message');
	expectProblem(await ask(eve, hikers, 'a\u0007b'), 422, 'invalid_field', 'message');
	const request = await asked(eve, hikers, '好'.repeat(200));
	expectProblem(await answer(ann, hikers, request, 'perhaps'), 422, 'invalid_field', 'status');
	expectProblem(await answer(ann, hikers, request, undefined), 422, 'invalid_field', 'status');
	expectProblem(await ann.get(`${address(hikers)}?status=lost`), 422, 'invalid_field', 'status');
	expectProblem(await ann.get(`${address(hikers)}?limit=101`), 422, 'invalid_field', 'limit');
	expectProblem(await ann.get(`${address(hikers)}?before=0`), 422, 'invalid_field', 'before');
});

test('the list is paged by key, newest first, whatever the status', async () => {
	const hikers = await group();
	const wishes = [];
	for (const person of await people(5)) wishes.unshift((await asked(person, hikers)).id);
	const pages = async (status) => {
		const first = await requestsOf(ann, hikers, `?limit=3&status=${status}`);
		assert.equal(first.more, true);
		const last = first.requests.at(-1).id;
		const second = await requestsOf(ann, hikers, `?limit=3&status=${status}&before=${last}`);
		assert.equal(second.more, false);
		return ids([...first.requests, ...second.requests]);
	};
	assert.deepEqual(await pages('pending'), wishes);
	await sql(`UPDATE group_request SET created_at = created_at - ${30 * DAY} WHERE group_id = ${hikers.id}`);
	assert.deepEqual(await pages('expired'), wishes);
	await sql(`UPDATE group_request SET status = 'expired', pending = NULL
		WHERE group_id = ${hikers.id} AND id IN (${wishes[1]}, ${wishes[3]})`);
	assert.deepEqual(await pages('expired'), wishes, 'those that were met as such, and those that were not');
	await sql(`UPDATE group_request SET status = 'declined', pending = NULL WHERE group_id = ${hikers.id}`);
	assert.deepEqual(await pages('declined'), wishes);
});

test('there is a limit on asking', async () => {
	const [eve] = await people(1);
	const hikers = await group();
	const options = {
		token: eve.token, body: {}, env: { HICHAT_LIMITS_GROUP_REQUESTS: '2' },
	};
	const tries = [];
	for (let i = 0; i < 3; i += 1)
		tries.push(await cgi('social', 'POST', `/groups/${hikers.id}/join-requests`, options));
	assert.deepEqual(tries.map((each) => each.status), [201, 200, 429]);
	expectProblem(tries[2], 429, 'rate_limited');
	assert.ok(Number(tries[2].headers.get('retry-after')) > 0);
});
