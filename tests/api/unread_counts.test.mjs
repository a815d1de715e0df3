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
import { edit, pin, react, recall, unpin, unreact } from '../harness/messages.mjs';
import { differs, WRONG } from '../harness/wrong_models.mjs';

const SEED = Number(process.env.HICHAT_SEED ?? 20261128);
const PEOPLE = 4;
const STEPS = { least: 800, most: 2400, within: 20_000 }; // ms: a slow machine does fewer, in the same order
const COMPARE_EVERY = 80;
const FOREVER = 2 ** 52;
const RECENT = 3; // messages of a conversation, which are changed: some have not read them yet
const RECALLED_WITHIN = 60_000; // ms: half of [chat] recall_window
const MOST_PINNED = 30;

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
	caught = new Set(); // wrong models
	sent = []; // to be repeated, and changed: {id, user, options, seq, text, …}

	constructor(scene, models, random) {
		Object.assign(this, { scene, models, random, owner: scene.people[0].id });
		[this.model] = models;
	}

	each(work) {
		for (const model of this.models) work(model);
	}

	device = (user) => this.random.of(this.scene.devices.get(user));

	anywhere() {
		const { id, users } = this.random.of([...this.scene.direct, ...this.scene.groups, ...this.scene.groups]);
		return { id, user: this.random.of(users) };
	}

	lastOf = (id) => this.model.conversations.get(id).rows.length;

	inGroup = (id) => this.model.conversations.get(id).kind === 'group';

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
			const state = { text: 'said', recalled: false, pinned: false, reactions: new Set() };
			this.sent.push({ id, user, options, seq: message.seq, at: performance.now(), ...state });
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

	/** One of those that were sent somewhere lately, and somebody who sees it. */
	something(suits = () => true) {
		const { random, model } = this;
		const { id } = this.anywhere();
		const all = this.sent.filter((one) => one.id === id && !one.recalled && suits(one));
		const message = random.of(all.slice(-RECENT));
		if (message === undefined) return undefined;
		const seeing = [...model.conversations.get(id).members.keys()]
			.filter((user) => model.visible(id, user).includes(message.seq));
		return { message, user: random.of(seeing), seeing };
	}

	/** One more row. */
	changed({ id }, user, work = (model) => model.change(id, user)) {
		const last = this.lastOf(id);
		this.each((model) => assert.equal(work(model), last + 1, 'rows have no holes'));
	}

	async edit() {
		const willing = ({ id, user }) => this.model.refusal(id, user) === undefined || this.random.happens(0.1);
		const { message, seeing } = this.something(willing) ?? {};
		if (!seeing?.includes(message.user)) return;
		const { id, user, seq } = message;
		const text = randomUUID();
		const naming = this.inGroup(id) && this.random.happens(0.6);
		const { mentions, mention_all } = this.draft(id)(user);
		const more = naming ? { mentions, mention_all } : {};
		await this.attempt(edit(this.device(user), id, seq, text, more), this.model.refusal(id, user), () => {
			message.text = text;
			this.changed(message, user, (model) => model.edit(id, user, seq, naming ? { mentions, everybody: mention_all } : {}));
		});
		await this.compareAt(id);
	}

	/** By whoever said it, or by the group's owner. */
	async recall() {
		const { message, seeing } = this.something(({ at }) => performance.now() - at < RECALLED_WITHIN) ?? {};
		if (message === undefined) return;
		const { id, seq } = message;
		const user = this.inGroup(id) && this.random.happens(0.5) ? this.owner : message.user;
		if (!seeing.includes(user)) return;
		expectStatus(await recall(this.device(user), id, seq), 204);
		Object.assign(message, { recalled: true, pinned: false });
		this.changed(message, user, (model) => model.recall(id, user, seq));
		await this.compareAt(id);
	}

	async react() {
		const { message, user } = this.something() ?? {};
		if (user === undefined) return;
		const { id, seq, reactions } = message;
		const one = `${user} ${this.random.of(['👍', '🎉'])}`;
		const act = reactions.has(one) ? unreact : react;
		await this.attempt(act(this.device(user), id, seq, one.split(' ')[1]), this.model.refusal(id, user), () => {
			if (!reactions.delete(one)) reactions.add(one);
			this.changed(message, user);
		});
	}

	/** Of two people both's business, of a group its owner's, whether muted or not. */
	async pin() {
		const { message, user: anybody, seeing } = this.something() ?? {};
		if (anybody === undefined) return;
		const { id, seq } = message;
		const inGroup = this.inGroup(id);
		const user = inGroup ? this.owner : anybody;
		const full = this.sent.filter((one) => one.id === id && one.pinned).length >= MOST_PINNED;
		if (!seeing.includes(user) || (full && !message.pinned)) return;
		const refusal = inGroup ? undefined : this.model.refusal(id, user);
		await this.attempt((message.pinned ? unpin : pin)(this.device(user), id, seq), refusal, () => {
			message.pinned = !message.pinned;
			this.changed(message, user);
		});
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
			'edit', 'edit', 'edit', 'edit', 'recall', 'recall', 'react', 'react', 'pin',
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
		return { heads: [...conversations, ...heads], page, rows };
	}

	/** Messages are on a page as they have become. */
	compareTexts(page, rows) {
		const sent = new Map(this.sent.filter(({ id }) => id === page).map((one) => [one.seq, one]));
		for (const { seq, kind, body, recalled_at, pinned_at, reactions } of rows) {
			if (kind !== 'text') continue;
			const { text, recalled, pinned, reactions: all } = sent.get(seq);
			const named = reactions.flatMap(({ emoji, user_ids }) => user_ids.map((user) => `${user} ${emoji}`));
			assert.deepEqual([body?.text, recalled_at !== null, pinned_at !== null, named.sort()],
				recalled ? [undefined, true, false, []] : [text, false, pinned, [...all].sort()], `${seq} of ${page}`);
		}
	}

	compareHeads(user, heads) {
		for (const head of heads) this.model.expectHead(head.id, user, head);
		for (const [i, wrong] of this.models.slice(1).entries())
			if (heads.some((head) => differs(wrong, head, user))) this.caught.add(i);
	}

	/** … of one conversation, as all who are in it see it. */
	async compareAt(id) {
		for (const user of this.model.conversations.get(id).members.keys())
			this.compareHeads(user, [(await this.device(user).get(`/chat/conversations/${id}`)).body.conversation]);
	}

	async compare() {
		for (const { id: user } of this.scene.people) {
			const { heads, page, rows } = await this.look(user);
			this.compareHeads(user, heads);
			assert.deepEqual(rows.map(({ seq }) => seq), this.model.visible(page, user), `page of ${page} as ${user} sees it`);
			this.compareTexts(page, rows);
		}
	}
}

test('unread counts, mentions, positions and pages stay what a plain count says', async (t) => {
	t.diagnostic(`HICHAT_SEED=${SEED}`);
	const names = Object.keys(WRONG);
	const models = [new Model(), ...names.map((name) => new WRONG[name]())];
	const walk = new Walk(await makeScene(models), models, chance(SEED));
	await walk.compare();
	walk.caught.clear();
	const deadline = performance.now() + STEPS.within;
	for (let step = 1; step <= STEPS.most; step += 1) {
		if (step > STEPS.least && performance.now() > deadline) break;
		try {
			await walk.step();
			if (step % COMPARE_EVERY === 0) await walk.compare();
		} catch (error) {
			error.message = `HICHAT_SEED=${SEED}, step ${step}: ${error.message}`;
			throw error;
		}
	}
	t.diagnostic(JSON.stringify(walk.done));
	const missed = names.filter((_, i) => !walk.caught.has(i));
	assert.deepEqual(missed, [], 'a model that is wrong in one thing is found out');
});
