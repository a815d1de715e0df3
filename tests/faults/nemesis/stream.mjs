// What a client holds of one conversation, in the plainest way: rows in the order in which they
// were taken, and what later rows have changed in earlier ones.

const isChange = ({ kind }) => ['edit', 'recall', 'reaction', 'pin'].includes(kind);

function withReaction(reactions, { body: { emoji, on }, sender_id }) {
	const known = reactions.find((one) => one.emoji === emoji)?.user_ids ?? [];
	const others = reactions.filter((one) => one.emoji !== emoji);
	const user_ids = known.filter((id) => id !== sender_id);
	if (on) user_ids.push(sender_id);
	return user_ids.length > 0 ? [...others, { emoji, user_ids }] : others;
}

const EFFECTS = {
	edit: (row, { body }) => (row.recalled_at === null ? { body: { ...row.body, text: body.text }, edited_at: 1 } : {}),
	recall: () => ({ body: null, recalled_at: 1, reactions: [], pinned_at: null }),
	reaction: (row, change) => ({ reactions: withReaction(row.reactions ?? [], change) }),
	pin: (_, { body }) => ({ pinned_at: body.on ? 1 : null }),
};

/** A row as far as everybody has to see it alike. */
export function shapeOf(row, recalled) {
	const { seq, kind, sender_id, client_key, body, recalled_at, edited_at, pinned_at, reactions = [] } = row;
	if (kind === 'edit' && recalled.has(body.target))
		return { seq, kind, sender_id, client_key, body: { target: body.target } };
	if (isChange(row)) return { seq, kind, sender_id, client_key, body };
	const named = reactions.map(({ emoji, user_ids }) => `${emoji} ${[...user_ids].sort((a, b) => a - b)}`);
	return {
		seq, kind, sender_id, client_key, body,
		recalled: Boolean(recalled_at),
		edited: Boolean(edited_at) && !recalled_at,
		pinned: Boolean(pinned_at),
		reactions: named.sort(),
	};
}

export function shapesOf(rows) {
	const recalled = new Set(rows.filter(({ kind }) => kind === 'recall').map(({ body }) => body.target));
	return rows.map((row) => shapeOf(row, recalled));
}

export class Stream {
	rows = [];
	last = 0;
	target = 0; // the highest that is known to be there
	#bySeq = new Map();

	/** The next row, or one that says it is. */
	take(row) {
		const own = { ...row };
		this.rows.push(own);
		this.#bySeq.set(own.seq, own);
		this.last = Math.max(this.last, own.seq);
		this.target = Math.max(this.target, own.seq);
		if (isChange(own)) this.#change(own);
	}

	/** A page may have the change already. */
	#change(change) {
		const row = this.#bySeq.get(change.body?.target);
		if (row === undefined || change.seq <= (row.changed_seq ?? 0)) return;
		Object.assign(row, EFFECTS[change.kind](row, change), { changed_seq: change.seq });
	}
}
