/* The known piece of a conversation's stream: rows without a hole up to `last`.  Pure functions
 * on immutable values; the one rule of synchronising lives here: apply `last + 1`, drop what is
 * not above `last`, and ask for what is missing on a gap. */
import type { Message, Page } from '../api/chat';
import { isChange, withChanges } from './changes';

export interface Stream {
  rows: readonly Message[]; // ascending by seq, contiguous, ending at `last`
  last: number;
  loaded: boolean; // false: nothing was asked for yet
  complete: boolean; // rows reach back to the beginning
}

export type Outcome = 'applied' | 'known' | 'gap';

export const UNLOADED: Stream = { rows: [], last: 0, loaded: false, complete: false };

/* Stands in the list of messages: neither a change of another row, nor deleted by me. */
export function isReadable(message: Message): boolean {
  return !isChange(message) && !message.hidden;
}

/* System rows that count like messages; the others only note what happened. */
const COUNTED = new Set(['friends', 'group_created', 'announcement', 'dissolved']);

/* Makes a conversation unread, and stands for it in the list. */
export function isCounted(message: Message): boolean {
  if (message.kind === 'system') return COUNTED.has(String(message.body?.['event']));
  return !isChange(message);
}

/* A stream that starts with the newest page. */
export function fromNewest(page: Page): Stream {
  return {
    rows: page.messages,
    last: page.messages.at(-1)?.seq ?? 0,
    loaded: true,
    complete: !page.more,
  };
}

/* Rows that come in ascending order, live or from a page after `last`; what they change is changed
 * with them. */
export function append(
  stream: Stream,
  messages: readonly Message[],
  me: number,
): { stream: Stream; outcome: Outcome } {
  if (!stream.loaded) return { stream, outcome: 'known' };
  const fresh: Message[] = [];
  let last = stream.last;
  for (const message of messages) {
    if (message.seq <= last) continue;
    if (message.seq > last + 1) return { stream: extend(stream, fresh, me), outcome: 'gap' };
    fresh.push(message);
    last = message.seq;
  }
  return fresh.length === 0
    ? { stream, outcome: 'known' }
    : { stream: extend(stream, fresh, me), outcome: 'applied' };
}

function extend(stream: Stream, fresh: Message[], me: number): Stream {
  const last = fresh.at(-1)?.seq;
  if (last === undefined) return stream;
  return { ...stream, rows: withChanges([...stream.rows, ...fresh], fresh, me), last };
}

/* A page of what came before the first row.  Changes may have overtaken it. */
export function prepend(stream: Stream, page: Page, me: number): Stream {
  const first = stream.rows[0]?.seq ?? stream.last + 1;
  const older = page.messages.filter((message) => message.seq < first);
  const joined = older.length === 0 || older.at(-1)?.seq === first - 1;
  if (!joined) return stream;
  return {
    ...stream,
    rows: withChanges([...older, ...stream.rows], stream.rows, me),
    complete: !page.more || older.length === 0,
  };
}

/* Everything up to a row is gone for me. */
export function clear(stream: Stream, upTo: number): Stream {
  if (!stream.loaded || (stream.rows[0]?.seq ?? Infinity) > upTo) return stream;
  const rows = stream.rows.filter(({ seq }) => seq > upTo);
  return { rows, last: Math.max(stream.last, upTo), loaded: true, complete: true };
}

/* A page of what follows a row. */
export function fromMiddle(page: Page, after: number): Stream {
  const first = page.messages[0]?.seq ?? after + 1;
  return {
    rows: page.messages,
    last: page.messages.at(-1)?.seq ?? after,
    loaded: true,
    complete: after === 0 || first > after + 1, // what is between I may not see
  };
}

/* An earlier piece and the stream as one, if nothing lies between them. */
export function joined(piece: Stream, stream: Stream): Stream | null {
  const first = stream.rows[0]?.seq;
  if (!stream.loaded || first === undefined || piece.last < first - 1) return null;
  const older = piece.rows.filter(({ seq }) => seq < first);
  if (older.length === 0) return stream;
  return { ...stream, rows: [...older, ...stream.rows], complete: piece.complete };
}

export function holds({ rows }: Stream, seq: number): boolean {
  return rows.some((row) => row.seq === seq);
}

/* Keeps the newest rows only: what a cache or a conversation out of sight needs. */
export function trim(stream: Stream, keep: number): Stream {
  if (stream.rows.length <= keep) return stream;
  return { ...stream, rows: stream.rows.slice(-keep), complete: false };
}

/* So many rows around one of them. */
export function cut(stream: Stream, seq: number, keep: number): Stream {
  const { length } = stream.rows;
  const at = seq - (stream.rows[0]?.seq ?? seq); // they are contiguous
  const start = Math.max(0, Math.min(Math.round(at - keep / 2), length - keep));
  const rows = stream.rows.slice(start, start + keep);
  return {
    rows,
    last: start + keep >= length ? stream.last : (rows.at(-1)?.seq ?? 0),
    loaded: true,
    complete: stream.complete && start === 0,
  };
}

/* What a cache gave back: only the newest contiguous run can be trusted. */
export function restore(rows: readonly Message[], complete: boolean): Stream {
  let start = rows.length - 1;
  while (start > 0 && rows[start - 1]?.seq === (rows[start]?.seq ?? 0) - 1) start -= 1;
  const run = start <= 0 ? rows : rows.slice(start);
  const last = run.at(-1)?.seq;
  if (last === undefined) return UNLOADED;
  return { rows: run, last, loaded: true, complete: complete && start <= 0 };
}
