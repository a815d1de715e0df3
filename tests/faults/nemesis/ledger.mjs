// What people were told is done: every change that was acknowledged, and nothing else.

const LATELY = 120;

export class Ledger {
	sends = new Map(); // by client key: {conversation, user, seq, text, mentions, everybody}
	edits = []; // {conversation, user, target, text}
	recalls = []; // {conversation, target}
	reactions = new Map(); // "conversation:target:user emoji" → on
	pins = []; // {conversation, target, on}
	receipts = new Map(); // "conversation:user" → {read, delivered}

	lately = []; // of the sends

	sent(client_key, send) {
		this.sends.set(client_key, send);
		this.lately = [...this.lately, send].slice(-LATELY);
	}

	reacted({ conversation, target, user, emoji, on }) {
		this.reactions.set(`${conversation}:${target}:${user} ${emoji}`, on);
	}

	received(user, { conversation_id, read_seq = 0, delivered_seq = 0 }) {
		const key = `${conversation_id}:${user}`;
		const { read = 0, delivered = 0 } = this.receipts.get(key) ?? {};
		this.receipts.set(key, { read: Math.max(read, read_seq), delivered: Math.max(delivered, delivered_seq) });
	}

	get changes() {
		return this.edits.length + this.recalls.length + this.reactions.size + this.pins.length;
	}
}
