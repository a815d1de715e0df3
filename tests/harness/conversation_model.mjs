// What conversations have to look like to each of their members, computed in the plainest way: all
// rows, all positions, everything counted anew whenever somebody asks.
//
//   const model = new Model();
//   model.open(7, 'direct', [1, 2]);
//   model.say(7, 1, { text: true });
//   model.viewOf(7, 2).unread;   // 1
import assert from 'node:assert/strict';

const pair = (one, other) => [one, other].sort((a, b) => a - b).join(':');
const highest = (list) => list.at(-1)?.seq ?? 0;

export class Model {
	conversations = new Map();
	friends = new Set(); // pair()
	blocks = new Set(); // "who:whom"

	/** @param {'direct' | 'group'} kind */
	open(id, kind, users, { shares = false } = {}) {
		const conversation = { id, kind, shares, rows: [], members: new Map(), former: new Map() };
		this.conversations.set(id, conversation);
		for (const user of users) this.enter(id, user, 0);
	}

	enter(id, user, join = undefined) {
		const conversation = this.conversations.get(id);
		const last = highest(conversation.rows);
		const { cleared = 0, muted = false } = conversation.former.get(user) ?? {};
		conversation.members.set(user, {
			join: join ?? (conversation.shares ? 0 : last),
			read: last,
			delivered: last,
			cleared,
			hidden: null,
			marked: false,
			pinned: false,
			notify: true,
			muted,
		});
	}

	/** A mute and what one has cleared outlive leaving. */
	leave(id, user) {
		const { members, former } = this.conversations.get(id);
		former.set(user, members.get(user));
		members.delete(user);
	}

	has(id, user) {
		return this.conversations.get(id).members.has(user);
	}

	/** Rows are numbered as they come; whoever writes one that counts has read all. */
	say(id, user, { counted = true, mentions = [], everybody = false } = {}) {
		const { rows, members } = this.conversations.get(id);
		const seq = highest(rows) + 1;
		rows.push({ seq, counted });
		this.name(id, user, seq, mentions, everybody);
		if (counted) this.reach(members.get(user), seq, seq);
		return seq;
	}

	/** A row that tells what was done to another one: it counts for nothing. */
	change(id, user) {
		return this.say(id, user, { counted: false });
	}

	/** … which names these from now on, if it says anything of it. */
	edit(id, user, target, { mentions, everybody = false } = {}) {
		if (mentions !== undefined) this.name(id, user, target, mentions, everybody);
		return this.change(id, user);
	}

	/** Who was named in what is recalled is named no longer; the row still counts. */
	recall(id, user, target) {
		this.name(id, user, target, [], false);
		return this.change(id, user);
	}

	name(id, user, target, mentions, everybody) {
		const row = this.conversations.get(id).rows[target - 1];
		Object.assign(row, { mentions: mentions.filter((other) => !this.blocked(user, other)), everybody });
	}

	reach(member, read, delivered) {
		if (read > member.read) member.marked = false;
		member.read = Math.max(member.read, read);
		member.delivered = Math.max(member.delivered, delivered, read);
	}

	/** Nobody reads what is not there yet, and nobody unreads. */
	receive(id, user, { read = 0, delivered = 0 }) {
		const { rows, members } = this.conversations.get(id);
		const last = highest(rows);
		this.reach(members.get(user), Math.min(read, last), Math.min(delivered, last));
	}

	/** Settings, as PATCH takes them. */
	set(id, user, { cleared_seq, hidden, marked_unread, pinned, notify }) {
		const { rows, members } = this.conversations.get(id);
		const member = members.get(user);
		if (cleared_seq !== undefined) {
			this.receive(id, user, { read: cleared_seq });
			member.cleared = Math.max(member.cleared, Math.min(cleared_seq, highest(rows)));
		}
		if (hidden !== undefined) member.hidden = hidden ? highest(rows.filter(({ counted }) => counted)) : null;
		if (marked_unread !== undefined) member.marked = marked_unread;
		if (pinned !== undefined) member.pinned = pinned;
		if (notify !== undefined) member.notify = notify;
	}

	befriend(one, other, friends = true) {
		this.friends[friends ? 'add' : 'delete'](pair(one, other));
	}

	block(user, other, blocked = true) {
		this.blocks[blocked ? 'add' : 'delete'](`${user}:${other}`);
	}

	blocked(one, other) {
		return this.blocks.has(`${one}:${other}`) || this.blocks.has(`${other}:${one}`);
	}

	areFriends(one, other) {
		return this.friends.has(pair(one, other));
	}

	peerOf({ kind, members }, user) {
		return kind === 'direct' ? [...members.keys()].find((id) => id !== user) : undefined;
	}

	/** Why `user` cannot write there: a code of the API; undefined when they can. */
	refusal(id, user) {
		const conversation = this.conversations.get(id);
		const member = conversation.members.get(user);
		const peer = this.peerOf(conversation, user);
		if (!member) return 'not_a_member';
		if (member.muted) return 'muted';
		if (peer === undefined) return undefined;
		if (!this.areFriends(user, peer)) return 'not_friends';
		return this.blocked(user, peer) ? 'blocked' : undefined;
	}

	/** The seqs that a member may see. */
	visible(id, user) {
		const { rows, members } = this.conversations.get(id);
		const { join, cleared } = members.get(user);
		return rows.map(({ seq }) => seq).filter((seq) => seq > Math.max(join, cleared));
	}

	/** The members of a head that this model knows of. */
	viewOf(id, user) {
		const conversation = this.conversations.get(id);
		const { kind, rows, members } = conversation;
		const member = members.get(user);
		const visible = new Set(this.visible(id, user));
		const counted = rows.filter((row) => row.counted);
		const unread = rows.filter(({ seq }) => seq > member.read);
		const naming = unread.filter((row) => kind === 'group' && visible.has(row.seq) &&
			(row.everybody || row.mentions.includes(user)));
		const last = highest(counted);
		const peer = this.peerOf(conversation, user);
		const open = peer !== undefined && this.areFriends(user, peer) && !this.blocked(user, peer);
		return {
			last_seq: highest(rows),
			last_message: visible.has(last) ? last : null,
			unread: unread.filter((row) => row.counted).length,
			mentioned: naming.length,
			mention_seqs: naming.slice(0, 20).map(({ seq }) => seq),
			read_seq: member.read,
			cleared_seq: member.cleared,
			read_receipts: kind === 'group' || open,
			peer_read_seq: open ? members.get(peer).read : 0,
			peer_delivered_seq: open ? members.get(peer).delivered : 0,
			pinned: member.pinned,
			notify: member.notify,
			hidden: member.hidden !== null && member.hidden >= last,
			marked_unread: member.marked,
		};
	}

	/** Fails unless a head is as it has to be. */
	expectHead(id, user, head) {
		const expected = this.viewOf(id, user);
		const actual = Object.fromEntries(Object.keys(expected).map((name) => [name, head[name]]));
		actual.last_message &&= head.last_message.seq;
		assert.deepEqual(actual, expected, `conversation ${id} as ${user} sees it`);
	}
}
