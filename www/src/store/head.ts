/* The head of a conversation, as the list shows it: what is last, what is read.  Answers of the
 * server and live events may overtake each other, so everything here only moves forward. */
import type { ConversationHead, Message } from '../api/chat';
import { applyChange, isChange, targetOf } from './changes';
import { mergeGroup, withAnnouncement } from './group_head';
import { isCounted } from './stream';

/* Among the mentions of a message: all members of the group. */
export const EVERYBODY = 0;

export interface Head extends ConversationHead {
  /* How many readable rows were read; null while unknown.  Makes `unread` a subtraction. */
  read_ordinal: number | null;
  /* In a group: the change as of which it is known what I am in it. */
  own_seq: number;
}

/* How far somebody has got. */
export interface ReceiptEvent {
  conversation_id: number;
  user_id: number;
  read_seq: number;
  delivered_seq: number;
}

type Mentions = Pick<ConversationHead, 'mentioned' | 'mention_seqs'>;

const MENTIONS_LISTED = 20; // at most, as the server does

const NOT_MENTIONED: Mentions = { mentioned: 0, mention_seqs: [] };

export function fromServer(head: ConversationHead): Head {
  const last = head.last_message?.ordinal;
  return {
    ...head,
    read_ordinal: last === undefined ? null : last - head.unread,
    own_seq: head.group?.changed_seq ?? 0,
  };
}

/* A row of the stream became known. */
export function withMessage(head: Head, message: Message, me: number): Head {
  if (message.seq <= head.last_seq) return head;
  if (isChange(message)) return withChanged({ ...head, last_seq: message.seq }, message, me);
  if (!isCounted(message)) return { ...head, last_seq: message.seq };
  const next: Head = {
    ...withAnnouncement(head, message, me),
    last_seq: message.seq,
    last_message: message,
    hidden: false,
    updated_at: Math.max(head.updated_at, message.created_at),
  };
  if (message.sender_id === me)
    return {
      ...next,
      unread: 0,
      ...NOT_MENTIONED,
      marked_unread: false,
      read_seq: message.seq,
      read_ordinal: message.ordinal,
    };
  const before = head.last_message?.ordinal;
  const unread = head.unread + (before === undefined ? 1 : message.ordinal - before);
  if (head.kind !== 'direct') return { ...next, unread, ...mentionedIn(head, message, me) };
  // Whoever writes has read what stands above: the server moves their position, and tells nobody.
  return withPeerReceipt({ ...next, unread }, message.seq, head.read_receipts ? message.seq : 0);
}

/* A row that changes what stands last. */
function withChanged(head: Head, change: Message, me: number): Head {
  return withRow(head, targetOf(change), (last) => applyChange(last, change, me));
}

/* What became known of one row, if it is what stands last. */
export function withRow(head: Head, seq: number | null, change: (last: Message) => Message): Head {
  const { last_message } = head;
  if (last_message?.seq !== seq || !last_message) return head;
  const next = change(last_message);
  return next === last_message ? head : { ...head, last_message: next };
}

export function isMentioned({ mentions }: Message, me: number): boolean {
  return mentions?.some((id) => id === me || id === EVERYBODY) ?? false;
}

/* One more row of the stream. */
function mentionedIn(before: Mentions, message: Message, me: number): Mentions {
  const { mentioned, mention_seqs } = before;
  if (!isMentioned(message, me)) return { mentioned, mention_seqs };
  const all = mentioned === mention_seqs.length && mentioned < MENTIONS_LISTED;
  return {
    mentioned: mentioned + 1,
    mention_seqs: all ? [...mention_seqs, message.seq] : mention_seqs,
  };
}

/* I have read up to this row.  Beyond those that are listed the server knows more. */
function mentionsAfter({ mentioned, mention_seqs }: Mentions, read: number): Mentions {
  const left = mention_seqs.filter((seq) => seq > read);
  return { mentioned: mentioned - (mention_seqs.length - left.length), mention_seqs: left };
}

/* I have read up to this row, here or on another device. */
export function withRead(before: Head, seq: number, ordinal: number | null): Head {
  if (seq <= before.read_seq) return before;
  const last = before.last_message?.ordinal ?? 0;
  const mentions = mentionsAfter(before, seq);
  const head = { ...before, ...mentions, marked_unread: false, read_seq: seq };
  if (seq >= head.last_seq) return { ...head, unread: 0, ...NOT_MENTIONED, read_ordinal: last };
  if (ordinal === null) return { ...head, read_ordinal: null };
  return {
    ...head,
    read_ordinal: ordinal,
    unread: Math.min(head.unread, Math.max(0, last - ordinal)),
  };
}

/* The other one has received or read up to these rows. */
export function withPeerReceipt(head: Head, delivered: number, read: number): Head {
  const peer_read_seq = Math.max(head.peer_read_seq, read);
  const peer_delivered_seq = Math.max(head.peer_delivered_seq, delivered, peer_read_seq);
  if (peer_read_seq === head.peer_read_seq && peer_delivered_seq === head.peer_delivered_seq)
    return head;
  return { ...head, peer_read_seq, peer_delivered_seq };
}

/* The other one tells what they read, or does so no longer: then nobody knows it any more. */
export function withReading(head: Head, read_receipts: boolean): Head {
  return read_receipts ? { ...head, read_receipts } : { ...head, read_receipts, peer_read_seq: 0 };
}

/* An answer of the server joined with what is known here, which may be newer. */
export function merge(local: Head, answer: ConversationHead): Head {
  const server = fromServer(answer);
  const newest = local.last_seq > server.last_seq ? local : server;
  const readest = local.read_seq > server.read_seq ? local : server;
  const cleared_seq = Math.max(local.cleared_seq, server.cleared_seq);
  const merged: Head = {
    ...server,
    ...mergeGroup(local, server),
    ...mentionsAfter(newest, readest.read_seq),
    marked_unread: server.marked_unread && readest === server, // what was read here is to be told yet
    last_seq: newest.last_seq,
    last_message: saidAfter(cleared_seq, newest) > 0 ? newest.last_message : null,
    cleared_seq,
    hidden: server.hidden && saidAfter(cleared_seq, local) <= saidAfter(cleared_seq, server),
    updated_at: Math.max(local.updated_at, server.updated_at),
    read_seq: readest.read_seq,
    read_ordinal: readest.read_ordinal,
    peer_read_seq: server.read_receipts ? Math.max(local.peer_read_seq, server.peer_read_seq) : 0,
    peer_delivered_seq: Math.max(local.peer_delivered_seq, server.peer_delivered_seq),
  };
  return {
    ...merged,
    unread: unreadOf(merged, newest === readest ? newest.unread : server.unread),
  };
}

/* The number of what was said last; 0: nothing that I still see. */
function saidAfter(cleared: number, { last_message }: Head): number {
  return last_message && last_message.seq > cleared ? last_message.seq : 0;
}

function unreadOf(head: Head, otherwise: number): number {
  if (head.read_seq >= head.last_seq) return 0;
  if (head.last_message === null || head.read_ordinal === null) return otherwise;
  return Math.max(0, head.last_message.ordinal - head.read_ordinal);
}
