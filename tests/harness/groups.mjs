// Groups, and people in numbers.
//
//   const group = await makeGroup(ann, [bob, cem], { name: 'Hikers' });   // all are friends of ann
//   const ids = await crowd(1000, ann);                                   // straight into the database
import { expectStatus } from './client.mjs';
import { sql } from './database.mjs';

/** A group of `owner` with these friends in it; as the owner sees it. */
export async function makeGroup(owner, members = [], fields = {}) {
	const input = { name: 'A group', member_ids: members.map((member) => member.id ?? member), ...fields };
	const answer = await owner.post('/social/groups', input);
	expectStatus(answer, 201);
	return answer.body.group;
}

/** The group as `person` sees it. */
export async function groupOf(person, group) {
	const answer = await person.get(`/social/groups/${group.id ?? group}`);
	expectStatus(answer, 200);
	return answer.body.group;
}

/** Everybody in it, ascending by user. */
export async function membersOf(person, group) {
	const all = [];
	let more = true;
	for (let after = 0; more; after = all.at(-1)?.user.id) {
		const answer = await person.get(`/social/groups/${group.id ?? group}/members?after=${after}&limit=100`);
		expectStatus(answer, 200);
		all.push(...answer.body.members);
		more = answer.body.more;
	}
	return all;
}

/** The role that `person` has, as `asking` sees it; undefined for somebody who is no member. */
export async function roleOf(asking, group, person) {
	const answer = await asking.get(`/social/groups/${group.id ?? group}/members?ids=${person.id ?? person}`);
	expectStatus(answer, 200);
	return answer.body.members[0]?.role;
}

let crowds = 0;

/** `count` people who cannot log in, made by one statement, all of them friends of `person`;
 * their ids, ascending. */
export async function crowd(count, person) {
	const prefix = `crowd${process.pid}x${Date.now().toString(36)}x${++crowds}x`;
	const rows = await sql(`
		INSERT INTO user (username, username_key, nickname, nickname_key, password, created_at)
		SELECT name, name, name, name, '', 0 FROM (SELECT CONCAT('${prefix}', seq) AS name FROM seq_1_to_${count}) names;
		INSERT INTO friendship (user_id, friend_id, remark, since)
		SELECT ${person.id}, id, '', 0 FROM user WHERE username_key LIKE '${prefix}%'
		UNION ALL SELECT id, ${person.id}, '', 0 FROM user WHERE username_key LIKE '${prefix}%';
		SELECT id FROM user WHERE username_key LIKE '${prefix}%' ORDER BY id`);
	return rows.map(([id]) => Number(id));
}
