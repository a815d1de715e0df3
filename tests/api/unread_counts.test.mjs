// Unread counts cannot drift: people on several devices do thousands of random things in direct
// conversations and groups, and again and again every head and every page is compared with a model
// that counts everything anew.  HICHAT_SEED makes it another sequence.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { chance } from '../harness/chance.mjs';
import { befriend, expectProblem, expectStatus, history, logIn, register, send } from '../harness/client.mjs';
import { Model } from '../harness/conversation_model.mjs';
import { makeGroup } from '../harness/groups.mjs';

const SEED = Number(process.env.HICHAT_SEED ?? 20261128);
const PEOPLE = 4;
const STEPS = { least: 800, most: 2400, within: 20_000 }; // ms: a slow machine does fewer, in the same order
const COMPARE_EVERY = 80;
const FOREVER = 2 ** 52;

/** Models that are wrong in one thing each: the comparison is worth something if it finds them all. */
const WRONG = {
	'late receipts take back what was read': class extends Model {
		reach(member, read, delivered) {
			super.reach(member, read, delivered);
			if (read > 0) member.read = read;
		}
	},
	'what is delivered is read': class extends Model {
		receive(id, user, { read = 0, delivered = 0 }) {
			super.receive(id, user, { read: Math.max(read, delivered), delivered });
		}
	},
	'rows about the group count': class extends Model {
		say(id, user, options) {
			const seq = super.say(id, user, options);
			this.conversations.get(id).rows[seq - 1].counted = true;
			return seq;
		}
	},
	'who joins has everything unread': class extends Model {
		enter(id, user, join) {
			super.enter(id, user, join);
			this.conversations.get(id).members.get(user).read = 0;
		}
	},
	'who clears the past has not read it': class extends Model {
		receive(id, user, { read = 0, delivered = 0 }, clearing = false) {
			super.receive(id, user, { read: clearing ? 0 : read, delivered });
		}
		set(id, user, fields) {
			const { receive } = this;
			this.receive = (...args) => receive.call(this, ...args, true);
			super.set(id, user, fields);
			this.receive = receive;
		}
	},
	'a hidden conversation never comes back': class extends Model {
		set(id, user, fields) {
			super.set(id, user, fields);
			if (fields.hidden) this.conversations.get(id).members.get(user).hidden = Infinity;
		}
	},
	'marks outlive reading': class extends Model {
		reach(member, read, delivered) {
			const { marked } = member;
			super.reach(member, read, delivered);
			member.marked = marked;
		}
	},
	'marks end by any receipt': class extends Model {
		reach(member, read, delivered) {
			super.reach(member, read, delivered);
			member.marked = false;
		}
	},
	'a mention by name and one of everybody are two': class extends Model {
		viewOf(id, user) {
			const view = super.viewOf(id, user);
			const { rows } = this.conversations.get(id);
			const twice = view.mention_seqs.filter((seq) =>
				rows[seq - 1].everybody && rows[seq - 1].mentions.includes(user));
			return { ...view, mentioned: view.mentioned + twice.length };
		}
	},
	'a block changes no marks': class extends Model {
		blocked() {
			return false;
		}
	},
};

/** Everybody with two devices, friends with everybody, in two groups of the first of them. */
async function makeScene(models) {
	const people = await Promise.all(Array.from({ length: PEOPLE }, () => register()));
	const devices = await Promise.all(people.map(async (person) => [person, await logIn(person)]));
	const scene = { people, devices: new Map(people.map(({ id }, i) => [id, devices[i]])), direct: [], groups: [] };
	for (const [i, one] of people.entries()) {
		for (const other of people.slice(i + 1)) {
			const id = await befriend(one, other);
			for (const model of models) {
				model.open(id, 'direct', [one.id, other.id]);
				model.befriend(one.id, other.id);
				model.say(id, other.id);
			}
			scene.direct.push({ id, users: [one.id, other.id] });
		}
	}
	for (const shares of [false, true]) {
		const [owner, ...members] = people;
		const { id } = await makeGroup(owner, members, { join_policy: 'open' });
		if (shares) expectStatus(await owner.patch(`/social/groups/${id}`, { shares_history: true }), 200);
		for (const model of models) {
			model.open(id, 'group', people.map((person) => person.id), { shares });
			model.say(id, owner.id);
			if (shares) model.say(id, owner.id, { counted: false });
		}
		scene.groups.push({ id, users: people.map((person) => person.id) });
	}
	return scene;
}

class Walk {
	done = {};
	sent = []; // to be repeated

	constructor(scene, models, random) {
		Object.assign(this, { scene, models, random, owner: scene.people[0].id });
		[this.model] = models;
	}

	each(work) {
		for (const model of this.models) work(model);
	}

	device(user) {
		return this.random.of(this.scene.devices.get(user));
	}

	anywhere() {
		const { id, users } = this.random.of([...this.scene.direct, ...this.scene.groups, ...this.scene.groups]);
		return { id, user: this.random.of(users) };
	}

	lastOf(id) {
		return this.model.conversations.get(id).rows.length;
	}

	async attempt(request, refusal, work) {
		const answer = await request;
		if (refusal !== undefined) return expectProblem(answer, 403, refusal);
		expectStatus(answer, 200, 201, 204);
		return work(answer.body);
	}

	draft(id) {
		const { random, model } = this;
		const { kind, members } = model.conversations.get(id);
		if (kind === 'direct') return () => ({});
		const mentions = [...members.keys()].filter(() => random.happens(0.4));
		const everybody = random.happens(0.6);
		return (user) => ({ mentions, mention_all: everybody && user === this.owner });
	}

	say(id, user, client_key = randomUUID()) {
		const { mentions, mention_all } = this.draft(id)(user);
		const options = { client_key, ...(mentions && { mentions, mention_all }) };
		const request = send(this.device(user), id, 'said', options);
		return this.attempt(request, this.model.refusal(id, user), ({ message }) => {
			this.sent.push({ id, user, options, seq: message.seq });
			return { id, user, seq: message.seq, mentions, everybody: mention_all };
		});
	}

	said(one) {
		if (one === undefined) return;
		const { id, user, seq, ...options } = one;
		this.each((model) => assert.equal(model.say(id, user, options), seq, 'rows have no holes'));
	}

	async send() {
		const { id, user } = this.anywhere();
		this.said(await this.say(id, user));
	}

	/** Several at once, with receipts of what was there before: whichever way they interleave. */
	async sendAtOnce() {
		const { id } = this.anywhere();
		const users = [...this.model.conversations.get(id).members.keys()];
		const last = this.lastOf(id);
		const receipts = users.map((user) => ({ user, read: this.random.below(last + 1) }));
		const sends = users.map((user) => this.say(id, user));
		const [all] = await Promise.all([
			Promise.all(sends),
			...receipts.map(({ user, read }) => this.receipt(id, user, { read })),
		]);
		for (const { user, read } of receipts) this.each((model) => model.receive(id, user, { read }));
		for (const one of all.filter(Boolean).sort((a, b) => a.seq - b.seq)) this.said(one);
	}

	async repeat() {
		const { random, sent, model } = this;
		if (sent.length === 0) return;
		const { id, user, options, seq } = random.of(sent.slice(-30));
		if (!model.has(id, user)) return;
		const answer = await send(this.device(user), id, 'said', options);
		expectStatus(answer, 200);
		assert.equal(answer.body.message.seq, seq);
	}

	receipt(conversation_id, user, { read, delivered }) {
		const receipts = [{
			conversation_id,
			...(read !== undefined && { read_seq: read }),
			...(delivered !== undefined && { delivered_seq: delivered }),
		}];
		const refusal = this.model.has(conversation_id, user) ? undefined : 'not_a_member';
		return this.attempt(this.device(user).post('/chat/receipts', { receipts }), refusal, () => true);
	}

	/** Late, backward, beyond the end, twice: whatever networks make of receipts. */
	async receive() {
		const { id, user } = this.anywhere();
		const { random } = this;
		const any = () => random.below(this.lastOf(id) + 4);
		const marks = random.of([
			() => ({ read: any() }), () => ({ delivered: any() }), () => ({ read: any(), delivered: any() }),
			() => ({ read: this.lastOf(id) }),
		])();
		if (await this.receipt(id, user, marks)) this.each((model) => model.receive(id, user, marks));
	}

	async change() {
		const { id, user } = this.anywhere();
		const { random } = this;
		const fields = random.of([
			() => ({ hidden: random.happens(0.7) }), () => ({ marked_unread: random.happens(0.7) }),
			() => ({ marked_unread: true }), () => ({ pinned: random.happens(0.5) }),
			() => ({ notify: random.happens(0.5) }), () => ({ draft: { text: random.of(['', 'begun']) } }),
			() => ({ cleared_seq: random.below(this.lastOf(id) + 3), marked_unread: random.happens(0.5) }),
			() => ({ cleared_seq: random.below(this.lastOf(id) + 1) }),
		])();
		const refusal = this.model.has(id, user) ? undefined : 'not_a_member';
		await this.attempt(this.device(user).patch(`/chat/conversations/${id}`, fields), refusal, ({ conversation }) => {
			this.each((model) => model.set(id, user, fields));
			this.model.expectHead(id, user, conversation);
		});
	}

	async comeOrGo() {
		const { random, owner, model } = this;
		const { id, users } = random.of(this.scene.groups);
		const user = random.of(users.filter((one) => one !== owner));
		const path = `/social/groups/${id}`;
		const note = () => this.each((each) => each.say(id, user, { counted: false }));
		if (!model.has(id, user)) {
			expectStatus(await this.device(user).post(`${path}/join-requests`, {}), 201);
			this.each((each) => each.enter(id, user));
			return note();
		}
		const by = random.of([user, owner]);
		expectStatus(await this.device(by).delete(`${path}/members/${user}`), 204);
		this.each((each) => each.leave(id, user));
		return note();
	}

	async silence() {
		const { random, owner, model } = this;
		const { id, users } = random.of(this.scene.groups);
		const user = random.of(users.filter((one) => one !== owner));
		if (!model.has(id, user)) return;
		const { muted } = model.conversations.get(id).members.get(user);
		const fields = { muted_until: muted ? 0 : FOREVER };
		expectStatus(await this.device(owner).patch(`/social/groups/${id}/members/${user}`, fields), 200);
		this.each((each) => {
			each.conversations.get(id).members.get(user).muted = !muted;
			each.say(id, owner, { counted: false });
		});
	}

	async announce() {
		const { id } = this.random.of(this.scene.groups);
		const text = `no. ${this.lastOf(id)}`;
		expectStatus(await this.device(this.owner).put(`/social/groups/${id}/announcement`, { text }), 200);
		this.each((model) => model.say(id, this.owner));
	}

	async part() {
		const { random, model } = this;
		const { id, users } = random.of(this.scene.direct);
		const [user, other] = random.happens(0.5) ? users : [...users].reverse();
		if (model.areFriends(user, other)) {
			expectStatus(await this.device(user).delete(`/social/friends/${other}`), 204);
			this.each((each) => each.befriend(user, other, false));
		} else if (!model.blocked(user, other)) {
			await befriend(this.device(user), this.device(other));
			this.each((each) => {
				each.befriend(user, other);
				each.say(id, other);
				each.set(id, user, { hidden: false }); // who is looked for is shown
			});
		}
	}

	async block() {
		const { users } = this.random.of(this.scene.direct);
		const [user, other] = this.random.happens(0.5) ? users : [...users].reverse();
		const blocked = !this.model.blocks.has(`${user}:${other}`);
		const path = `/social/blocks/${other}`;
		expectStatus(await (blocked ? this.device(user).put(path) : this.device(user).delete(path)), 200, 204);
		this.each((model) => model.block(user, other, blocked));
	}

	async step() {
		const name = this.random.of([
			'send', 'send', 'send', 'send', 'sendAtOnce', 'repeat', 'receive', 'receive', 'receive', 'receive',
			'change', 'change', 'change', 'comeOrGo', 'silence', 'announce', 'part', 'block',
		]);
		await this[name]();
		this.done[name] = (this.done[name] ?? 0) + 1;
	}

	/** What one person sees: the list, what is not in it, and the pages of one conversation. */
	async look(user) {
		const { model } = this;
		const person = this.device(user);
		const mine = [...model.conversations.keys()].filter((id) => model.has(id, user));
		const { conversations } = (await person.get('/chat/sync')).body;
		const listed = mine.filter((id) => !model.viewOf(id, user).hidden);
		assert.deepEqual(conversations.map(({ id }) => id).sort((a, b) => a - b), listed.sort((a, b) => a - b));
		const page = this.random.of(mine);
		const alone = mine.filter((id) => id === page || !listed.includes(id));
		const heads = await Promise.all(alone.map(async (id) =>
			(await person.get(`/chat/conversations/${id}`)).body.conversation));
		const rows = await history(person, page);
		return { heads: [...conversations, ...heads], page, seqs: rows.map(({ seq }) => seq) };
	}

	async compare(caught) {
		for (const { id: user } of this.scene.people) {
			const { heads, page, seqs } = await this.look(user);
			for (const head of heads) this.model.expectHead(head.id, user, head);
			assert.deepEqual(seqs, this.model.visible(page, user), `page of ${page} as ${user} sees it`);
			for (const [i, wrong] of this.models.slice(1).entries())
				if (heads.some((head) => differs(wrong, head, user))) caught.add(i);
		}
	}
}

function differs(model, head, user) {
	try {
		model.expectHead(head.id, user, head);
		return false;
	} catch {
		return true;
	}
}

test('unread counts, mentions, positions and pages stay what a plain count says', async (t) => {
	t.diagnostic(`HICHAT_SEED=${SEED}`);
	const names = Object.keys(WRONG);
	const models = [new Model(), ...names.map((name) => new WRONG[name]())];
	const walk = new Walk(await makeScene(models), models, chance(SEED));
	const caught = new Set();
	await walk.compare(new Set());
	const deadline = performance.now() + STEPS.within;
	for (let step = 1; step <= STEPS.most; step += 1) {
		if (step > STEPS.least && performance.now() > deadline) break;
		try {
			await walk.step();
			if (step % COMPARE_EVERY === 0) await walk.compare(caught);
		} catch (error) {
			error.message = `HICHAT_SEED=${SEED}, step ${step}: ${error.message}`;
			throw error;
		}
	}
	t.diagnostic(JSON.stringify(walk.done));
	const missed = names.filter((_, i) => !caught.has(i));
	assert.deepEqual(missed, [], 'a model that is wrong in one thing is found out');
});
