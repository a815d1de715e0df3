// Models of conversations that are wrong in one thing each: a comparison with the right one is worth
// something if it finds them all.
import { Model } from './conversation_model.mjs';

export const WRONG = {
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
	'changes of messages count': class extends Model {
		change(id, user) {
			const seq = super.change(id, user);
			this.conversations.get(id).rows[seq - 1].counted = true;
			return seq;
		}
	},
	'what is recalled counts no longer': class extends Model {
		recall(id, user, target) {
			this.conversations.get(id).rows[target - 1].counted = false;
			return super.recall(id, user, target);
		}
	},
	'who was named in what is recalled stays named': class extends Model {
		recall(id, user) {
			return this.change(id, user);
		}
	},
	'an edit names nobody anew': class extends Model {
		edit(id, user) {
			return this.change(id, user);
		}
	},
	'who changes a message has read the conversation': class extends Model {
		change(id, user) {
			const seq = super.change(id, user);
			this.reach(this.conversations.get(id).members.get(user), seq, seq);
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

/** Whether this model would not have the head so. */
export function differs(model, head, user) {
	try {
		model.expectHead(head.id, user, head);
		return false;
	} catch {
		return true;
	}
}
