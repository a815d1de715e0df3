/* What the change rows of a stream do to the rows that they name.  Pure.  A row remembers the
 * latest change that is in it, so that a page that is current already and an event that comes late
 * never apply the same one twice. */
import type { Message, Reaction } from '../api/chat';

/* A change row, or what one will say that is under way. */
export type Change = Pick<Message, 'kind' | 'body' | 'sender_id' | 'created_at'>;

type Effect = (row: Message, change: Change, me: number) => Partial<Message>;

const NAMED = 20; // of those who reacted

const EFFECTS: Record<string, Effect> = {
  recall: (row, { created_at }) => ({
    body: null,
    recalled_at: row.recalled_at ?? created_at,
    reactions: [],
    mentions: [],
    pinned_at: null,
  }),
  edit: (row, { body, created_at }) => {
    if (typeof body?.['text'] !== 'string' || row.recalled_at !== null) return {};
    const named = body['mentions'];
    return {
      body: { ...row.body, text: body['text'] },
      edited_at: created_at,
      ...(Array.isArray(named) ? { mentions: named.map(Number) } : {}),
    };
  },
  reaction: (row, { body, sender_id }, me) => ({
    reactions: withReaction(
      row.reactions,
      { emoji: String(body?.['emoji']), user: sender_id, on: body?.['on'] === true },
      me,
    ),
  }),
  pin: (_, { body, created_at }) => ({ pinned_at: body?.['on'] === true ? created_at : null }),
};

export function isChange({ kind }: Pick<Message, 'kind'>): boolean {
  return kind in EFFECTS;
}

/* The seq of the row that this one changes; null: it changes none. */
export function targetOf(row: Message): number | null {
  const target = isChange(row) ? row.body?.['target'] : null;
  return typeof target === 'number' ? target : null;
}

/* With this change in it, whichever row will tell of it. */
export function withChange(row: Message, change: Change, me: number): Message {
  return row.hidden ? row : { ...row, ...EFFECTS[change.kind]?.(row, change, me) };
}

/* With the change of this row in it, once. */
export function applyChange(row: Message, change: Message, me: number): Message {
  if (change.seq <= (row.changed_seq ?? 0)) return row;
  return { ...withChange(row, change, me), changed_seq: change.seq };
}

/* One row with whatever these say of it. */
export function withAll(row: Message, changes: readonly Message[], me: number): Message {
  return changes.reduce(
    (now, change) => (targetOf(change) === row.seq ? applyChange(now, change, me) : now),
    row,
  );
}

/* Rows without a hole, with these changes in them. */
export function withChanges(
  rows: readonly Message[],
  changes: readonly Message[],
  me: number,
): readonly Message[] {
  let changed = rows;
  for (const change of changes) {
    const target = targetOf(change);
    if (target === null) continue;
    changed = withRowAt(changed, target, (row) => applyChange(row, change, me));
    if (change.kind === 'recall') changed = withoutTexts(changed, target);
  }
  return changed;
}

function replaced(rows: readonly Message[], at: number, row: Message): readonly Message[] {
  const copy = [...rows];
  copy[at] = row;
  return copy;
}

/* One row of a piece without a hole, changed where it is there. */
export function withRowAt(
  rows: readonly Message[],
  seq: number,
  change: (row: Message) => Message,
): readonly Message[] {
  const at = seq - (rows[0]?.seq ?? 0);
  const row = rows[at];
  const next = row && change(row);
  return next && next !== row ? replaced(rows, at, next) : rows;
}

/* What was recalled is nowhere any more: the rows of its edits carry no text either. */
export function withoutTexts(rows: readonly Message[], target: number): readonly Message[] {
  const tells = ({ kind, body }: Message): boolean =>
    kind === 'edit' && body?.['target'] === target && 'text' in body;
  if (!rows.some(tells)) return rows;
  return rows.map((row) => (tells(row) ? { ...row, body: { target } } : row));
}

/* I deleted it for myself; its number stays. */
export function asHidden(row: Message): Message {
  return { ...row, body: null, reactions: [], mentions: [], pinned_at: null, hidden: true };
}

interface OneReaction {
  emoji: string;
  user: number;
  on: boolean;
}

/* What the server knows is counted once, however often it is said. */
export function withReaction(
  all: readonly Reaction[],
  { emoji, user, on }: OneReaction,
  me: number,
): Reaction[] {
  const known = all.find((reaction) => reaction.emoji === emoji) ?? {
    emoji,
    count: 0,
    mine: false,
    user_ids: [],
  };
  if (stands(known, user, me) === on) return [...all];
  const others = known.user_ids.filter((id) => id !== user);
  const next: Reaction = {
    emoji,
    count: known.count + (on ? 1 : -1),
    mine: user === me ? on : known.mine,
    user_ids: on && others.length < NAMED ? [...others, user] : others,
  };
  if (!all.includes(known)) return [...all, next];
  return all.flatMap((reaction) => (reaction !== known ? reaction : next.count > 0 ? next : []));
}

/* Of those who are not named, one who takes it back was among them. */
function stands(
  { count, mine, user_ids }: Reaction,
  user: number,
  me: number,
): boolean | undefined {
  if (user === me) return mine;
  if (user_ids.includes(user)) return true;
  return count > user_ids.length ? undefined : false;
}
