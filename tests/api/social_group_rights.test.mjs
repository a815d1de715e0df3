// Who may do what in a group, cell by cell.  The table below is what is expected, written down
// here once more: a slip in cgi/domain/group_right.c must not be copied into its test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { befriend, expectStatus, history, register, send } from '../harness/client.mjs';
import { groupOf, makeGroup, membersOf } from '../harness/groups.mjs';
import { parts } from '../harness/stack.mjs';

const yes = 'yes';
const no = 'forbidden';
const out = 'not_a_member';
const hidden = 'not_found'; // not even that somebody asked is told

// The last column is somebody who is no member.  Every `attempt` answers the request that decides.
const rights = [
	/* action                    owner                  admin  member     stranger */
	['READ',                     yes,                   yes,   yes,       out,    reads],
	['CHANGE_PROFILE',           yes,                   yes,   no,        out,    changes({ name: 'New' })],
	['CHANGE_POLICY',            yes,                   yes,   no,        out,    changes({ findable: false })],
	['ANNOUNCE',                 yes,                   yes,   no,        out,    announces],
	['INVITE',                   yes,                   yes,   yes,       out,    invites],
	['ADD',                      yes,                   yes,   'pending', out,    adds],
	['ANSWER_REQUESTS',          yes,                   yes,   no,        hidden, answersRequest],
	['KEEP_LINKS',               yes,                   yes,   no,        out,    makesLink],
	['MUTE_ALL',                 yes,                   yes,   no,        out,    changes({ mute_all: true })],
	['MUTE_MEMBER',              yes,                   yes,   no,        out,    mutes('member')],
	['MUTE_ADMIN',               yes,                   no,    no,        out,    mutes('admin')],
	['REMOVE_MEMBER',            yes,                   yes,   no,        out,    removes('member')],
	['REMOVE_ADMIN',             yes,                   no,    no,        out,    removes('admin')],
	['SET_ROLE',                 yes,                   no,    no,        out,    promotes],
	['TRANSFER',                 yes,                   no,    no,        out,    transfers],
	['DISSOLVE',                 yes,                   no,    no,        out,    dissolves],
	['LEAVE',                    'owner_must_transfer', yes,   yes,       out,    leaves],
	['WRITE',                    yes,                   yes,   yes,       out,    writes],
	['WRITE_WHEN_ALL_ARE_MUTED', yes,                   yes,   'muted',   out,    writesThroughSilence],
	['MENTION_ALL',              yes,                   yes,   no,        out,    mentionsAll],
	['RECALL_MEMBER',            yes,                   yes,   'not_yours', out,  recalls('member')],
	['RECALL_OWNER',             yes,                   'not_yours', 'not_yours', out, recalls('owner')],
	['READ_EDITS',               yes,                   yes,   no,        out,    readsEdits],
	['PIN',                      yes,                   yes,   no,        out,    pins],
].map(([action, owner, admin, member, stranger, attempt]) => ({
	action, attempt, expected: { owner, admin, member, stranger },
}));

function reads({ actor, at }) {
	return actor.get(`${at}/members`);
}
function changes(fields) {
	return ({ actor, at }) => actor.patch(at, fields);
}
function announces({ actor, at }) {
	return actor.put(`${at}/announcement`, { text: 'hear' });
}
function invites({ actor, at }) {
	return actor.post(`${at}/members`, { user_ids: [people.newcomer.id] });
}
async function adds(cell) {
	const answer = await invites(cell);
	if (answer.status !== 200) return answer;
	return { ...answer, verdict: answer.body.added.includes(people.newcomer.id) ? yes : 'pending' };
}
async function answersRequest({ actor, at }) {
	const asked = await people.newcomer.post(`${at}/join-requests`, {});
	expectStatus(asked, 201);
	return actor.put(`${at}/join-requests/${asked.body.request.id}`, { status: 'declined' });
}
function makesLink({ actor, at }) {
	return actor.post(`${at}/links`, {});
}
function mutes(role) {
	return ({ actor, at }) => actor.patch(`${at}/members/${people.other[role].id}`, { muted_until: 2 ** 52 });
}
function removes(role) {
	return ({ actor, at }) => actor.delete(`${at}/members/${people.other[role].id}`);
}
function promotes({ actor, at }) {
	return actor.patch(`${at}/members/${people.other.member.id}`, { role: 'admin' });
}
function transfers({ actor, at }) {
	return actor.put(`${at}/owner`, { user_id: people.other.member.id });
}
function dissolves({ actor, at }) {
	return actor.delete(at);
}
function leaves({ actor, at }) {
	return actor.delete(`${at}/members/${actor.id}`);
}
function writes({ actor, group }) {
	return send(actor, group.id, 'hi');
}
async function writesThroughSilence({ actor, group, at }) {
	expectStatus(await people.owner.patch(at, { mute_all: true }), 200);
	return send(actor, group.id, 'hi');
}
function mentionsAll({ actor, group }) {
	return send(actor, group.id, '@all', { mention_all: true });
}


/** Something that somebody says there before the attempt, which may be a stranger's. */
async function said(by, cell) {
	const { group } = cell;
	const answer = await send(by, group.id, 'hi');
	expectStatus(answer, 201);
	cell.earlier = await stateOf(group);
	return `/chat/conversations/${group.id}/messages/${answer.body.message.seq}`;
}
function recalls(role) {
	return async (cell) => cell.actor.delete(await said(role === 'owner' ? people.owner : people.other[role], cell));
}
async function readsEdits(cell) {
	const message = await said(people.other.member, cell);
	expectStatus(await people.other.member.patch(message, { body: { text: 'ho' } }), 200);
	cell.earlier = await stateOf(cell.group);
	return cell.actor.get(`${message}/edits`);
}
async function pins(cell) {
	const message = await said(people.other.member, cell);
	return cell.actor.put(message.replace('/messages/', '/pins/'));
}

const people = { other: {} };

before(async () => {
	const [owner, admin, member, stranger, newcomer, otherAdmin, otherMember] =
		await Promise.all(Array.from({ length: 7 }, () => register()));
	Object.assign(people, { owner, admin, member, stranger, newcomer });
	Object.assign(people.other, { admin: otherAdmin, member: otherMember });
	for (const friend of [admin, member, otherAdmin, otherMember]) await befriend(owner, friend);
	for (const friend of [owner, admin, member, stranger]) await befriend(friend, newcomer);
});

async function freshGroup() {
	const { owner, admin, member, other } = people;
	const group = await makeGroup(owner, [admin, member, other.admin, other.member]);
	const at = `/social/groups/${group.id}`;
	for (const each of [admin, other.admin])
		expectStatus(await owner.patch(`${at}/members/${each.id}`, { role: 'admin' }), 200);
	return { group, at };
}

/** What a refused attempt must leave as it was. */
async function stateOf(group) {
	const { owner } = people;
	const rows = (await history(owner, group.id)).filter((row) => row.body.event !== 'mute_all');
	const members = (await membersOf(owner, group)).map(({ user, role, muted_until }) => [user.id, role, muted_until]);
	const { changed_seq, mute_all, ...rest } = await groupOf(owner, group);
	return { rows: rows.length, members, rest };
}

for (const { action, attempt, expected } of rights) {
	test(`GROUP_${action}`, async (t) => {
		for (const [role, verdict] of Object.entries(expected)) {
			await t.test(`${role}: ${verdict}`, async () => {
				const { group, at } = await freshGroup();
				const cell = { actor: people[role], group, at, earlier: await stateOf(group) };
				const answer = await attempt(cell);
				const outcome = answer.verdict ?? (answer.status < 300 ? yes : answer.body.code);
				assert.equal(outcome, verdict, answer.text);
				if (verdict !== yes) assert.deepEqual(await stateOf(group), cell.earlier);
			});
		}
	});
}

test('these are all actions there are', () => {
	const source = (name) => readFileSync(path.join(parts.root, 'cgi/domain', name), 'utf8');
	const declared = source('group_right.h').match(/enum group_action \{(.*?)\}/s)[1];
	const names = [...declared.matchAll(/\bGROUP_(?!ACTIONS\b)([A-Z_]+)/g)].map((match) => match[1]);
	const judged = [...source('group_right.c').matchAll(/^ *\[GROUP_([A-Z_]+)\] = \{/gm)].map((match) => match[1]);
	assert.ok(names.length >= 20);
	assert.deepEqual(judged.sort(), names.sort(), 'each has a row in group_right.c');
	assert.deepEqual(rights.map(({ action }) => action).sort(), names, 'and one here');
});
