// The program of moments and the database are killed while people post, like and comment: nothing
// that was acknowledged is missing or there twice, every friend's feed has it, and no media is shown
// by a post that is not there.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { befriend, register } from '../harness/client.mjs';
import { sql } from '../harness/database.mjs';
import { hichatctl } from '../harness/hichatctl.mjs';
import { uploadOk } from '../harness/media.mjs';
import { png } from '../harness/media_files.mjs';
import { killPart, processes, restarted } from '../harness/stack.mjs';
import { eventually } from '../harness/wait.mjs';

/** The answer, once there is one: the same request is tried again until then. */
async function insist(request, over) {
	while (!over.aborted) {
		const answer = await request().catch(() => null);
		if (answer !== null && answer.status < 500) return answer;
	}
	return null;
}

/** Posts and deletes, each with a key of its own, until it is over; what was acknowledged. */
async function keepPosting(author, media, said, over) {
	for (let i = 0; !over.aborted; i++) {
		const draft = { text: `post ${i}`, audience: 'friends', client_key: randomUUID(), media_ids: [media[i % media.length].id] };
		const answer = await insist(() => author.post('/moments/posts', draft), over);
		if (answer === null) return;
		assert.ok([200, 201].includes(answer.status), answer.text);
		const { id } = answer.body.post;
		if (i % 4 !== 3) said.posts.push(id);
		else if ((await insist(() => author.delete(`/moments/posts/${id}`), over)) !== null) said.gone.push(id);
	}
}

/** Likes and comments on what is there. */
async function keepTalking(friend, said, over) {
	for (let i = 0; !over.aborted; i++) {
		const post = said.posts.at(-1);
		if (post === undefined) {
			await eventually('there is a post', () => said.posts.length > 0 || over.aborted);
			continue;
		}
		const draft = { text: `comment ${i}`, client_key: randomUUID() };
		const answer = await insist(() => friend.post(`/moments/posts/${post}/comments`, draft), over);
		if (answer !== null) said.comments.push([post, answer.body.comment.id]);
		if ((await insist(() => friend.put(`/moments/posts/${post}/like`), over)) !== null) said.likes.push([post, friend.id]);
	}
}

const rows = async (statement) => (await sql(statement)).map((row) => row.map(Number).join(' '));

async function feedOf(person) {
	const ids = [];
	for (let more = true; more;) {
		const { body } = await person.get(`/moments/feed?limit=100${ids.length > 0 ? `&before=${ids.at(-1)}` : ''}`);
		ids.push(...body.posts.map(({ id }) => id));
		more = body.more;
	}
	return new Set(ids);
}

for (const [part, rounds] of [['moments', 4], ['mariadb', 2]])
	test(`kill -9 of ${part} takes nothing of moments away`, { timeout: 240_000 }, async () => {
		const people = await Promise.all(Array.from({ length: 4 }, () => register()));
		const [ann, bob, cem] = people;
		for (const friend of people.slice(1)) await befriend(ann, friend);
		const media = [await uploadOk(ann, 'image', png(4, 3)), await uploadOk(ann, 'image', png(5, 3))];
		const said = { posts: [], gone: [], comments: [], likes: [] };
		const over = new AbortController();
		const work = [keepPosting(ann, media, said, over.signal), ...[bob, cem].map((one) => keepTalking(one, said, over.signal))];
		for (let round = 0; round < rounds; round++) {
			const enough = said.posts.length + 5;
			await eventually('some are posted', () => said.posts.length >= enough, { within: 60_000 });
			const before = processes(part);
			killPart(part);
			await restarted(part, before);
		}
		const enough = said.posts.length + 5;
		await eventually('it goes on', () => said.posts.length >= enough, { within: 60_000 });
		over.abort();
		await Promise.all(work);

		for (const person of people) {
			const seen = await feedOf(person);
			assert.deepEqual(said.posts.filter((id) => !seen.has(id)), [], `missing in the feed of ${person.id}`);
			assert.deepEqual(said.gone.filter((id) => seen.has(id)), [], 'deleted and there');
		}
		const mine = `FROM moment WHERE author_id = ${ann.id}`;
		const stored = await rows(`SELECT moment_id, id FROM moment_comment WHERE moment_id IN (SELECT id ${mine})`);
		assert.deepEqual(said.comments.filter((one) => !stored.includes(one.join(' '))), [], 'missing comments');
		const liked = await rows(`SELECT moment_id, author_id FROM moment_like WHERE moment_id IN (SELECT id ${mine})`);
		assert.deepEqual(said.likes.filter((one) => !liked.includes(one.join(' '))), [], 'missing likes');
		assert.deepEqual(await rows(`SELECT COUNT(*) - COUNT(DISTINCT text) ${mine} AND deleted_at IS NULL`), ['0'], 'posted twice');
		assert.deepEqual(await rows(`SELECT COUNT(*) FROM moment_media JOIN moment ON moment.id = moment_media.moment_id
			WHERE moment.deleted_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM media WHERE media.id = moment_media.media_id)`), ['0']);
		assert.deepEqual(await rows(`SELECT COUNT(*) ${mine} AND deleted_at IS NULL
			AND id NOT IN (SELECT moment_id FROM moment_media)`), ['0'], 'every post shows its picture');
		const found = await hichatctl(['fsck']);
		assert.equal(found.out, '', found.out);
	});
