/* What the rows of a stream and the messages on their way out look like on the screen: days, runs
 * of one sender, the line above what is new.  Pure. */
import type { Message } from '../../api/chat';
import { sameDay } from '../../i18n/format';
import type { OutboxEntry } from '../../store/outbox_entry';
import { isCounted, isReadable } from '../../store/stream';
import { withAlbums, type Part } from './albums';

/* How far a message of mine has come. */
export type Mark = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

export type Item =
  | { kind: 'day'; key: string; time: number }
  | { kind: 'unread'; key: string }
  | { kind: 'note'; key: string; message: Message }
  | {
      kind: 'message';
      key: string;
      message: Message;
      mark: Mark | null;
      first: boolean;
      last: boolean;
    }
  | { kind: 'pending'; key: string; entry: OutboxEntry; mark: Mark; first: boolean; last: boolean }
  | { kind: 'album'; key: string; parts: readonly Part[]; first: boolean; last: boolean };

export interface TimelineOptions {
  me: number;
  unreadAfter: number | null; // the line goes above the first row by others after this one
  peerRead: number;
  peerDelivered: number;
}

const RUN_MS = 5 * 60_000;

/* One thing said, whether it is stored or on its way. */
interface Utterance {
  key: string;
  sender: number;
  time: number;
  message?: Message;
  entry?: OutboxEntry;
}

export function buildTimeline(
  rows: readonly Message[],
  pending: readonly OutboxEntry[],
  options: TimelineOptions,
): Item[] {
  const items: Item[] = [];
  let before: Utterance | null = null;
  let unread = options.unreadAfter;
  for (const now of utterances(rows, pending, options.me)) {
    const { message } = now;
    let joined = before !== null && joins(before, now);
    if (before === null || !sameDay(before.time, now.time)) {
      items.push({ kind: 'day', key: `day ${now.key}`, time: now.time });
      joined = false;
    }
    const fresh = unread !== null && message && message.seq > unread && isCounted(message);
    if (fresh && now.sender !== options.me) {
      items.push({ kind: 'unread', key: 'unread' });
      unread = null;
      joined = false;
    }
    if (!joined) endRun(items);
    items.push(toItem(now, options, !joined));
    before = now;
  }
  endRun(items);
  return withAlbums(items);
}

function utterances(
  rows: readonly Message[],
  pending: readonly OutboxEntry[],
  me: number,
): Utterance[] {
  const stored = rows.filter(isReadable).map((message): Utterance => ({
    key: keyOf(message.sender_id, message.client_key),
    sender: message.sender_id,
    time: message.created_at,
    message,
  }));
  const known = new Set(stored.map(({ key }) => key));
  const waiting = pending.map((entry): Utterance => ({
    key: keyOf(me, entry.client_key),
    sender: me,
    time: entry.created_at,
    entry,
  }));
  return [...stored, ...waiting.filter(({ key }) => !known.has(key))];
}

/* The same before and after a message is stored: what is on the screen stays the same element. */
function keyOf(sender: number, clientKey: string): string {
  return `${sender} ${clientKey}`;
}

function isNote({ message }: Utterance): boolean {
  return message !== undefined && (message.kind === 'system' || message.body === null);
}

function joins(before: Utterance, now: Utterance): boolean {
  return (
    !isNote(before) &&
    !isNote(now) &&
    before.sender === now.sender &&
    now.time - before.time < RUN_MS
  );
}

function toItem(now: Utterance, options: TimelineOptions, first: boolean): Item {
  if (now.entry) {
    return {
      kind: 'pending',
      key: now.key,
      entry: now.entry,
      mark: now.entry.failure ? 'failed' : 'sending',
      first,
      last: false,
    };
  }
  const message = now.message as Message;
  if (isNote(now)) return { kind: 'note', key: now.key, message };
  return {
    kind: 'message',
    key: now.key,
    message,
    mark: markOf(message, options),
    first,
    last: false,
  };
}

function markOf(
  { sender_id, seq }: Message,
  { me, peerRead, peerDelivered }: TimelineOptions,
): Mark | null {
  if (sender_id !== me) return null;
  if (seq <= peerRead) return 'read';
  return seq <= peerDelivered ? 'delivered' : 'sent';
}

/* The latest message is the last of its run. */
function endRun(items: Item[]): void {
  for (let i = items.length - 1; i >= 0; i -= 1) {
    const item = items[i];
    if (item?.kind === 'message' || item?.kind === 'pending') {
      item.last = true;
      return;
    }
    if (item?.kind === 'note') return;
  }
}
