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
    updated_at: Math.max(head.updated_at, message.created_at),
  };
  if (message.sender_id === me)
    return {
      ...next,
      unread: 0,
      mentioned: 0,
      read_seq: message.seq,
      read_ordinal: message.ordinal,
    };
  const before = head.last_message?.ordinal;
  const unread = head.unread + (before === undefined ? 1 : message.ordinal - before);
  if (head.kind !== 'direct') {
    const mentioned = (head.mentioned ?? 0) + Number(isMentioned(message, me));
    return { ...next, unread, mentioned };
  }
  // Whoever writes has read what stands above: the server moves their position, and tells nobody.
  return withPeerReceipt({ ...next, unread }, message.seq, message.seq);
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

/* I have read up to this row, here or on another device. */
export function withRead(head: Head, seq: number, ordinal: number | null): Head {
  if (seq <= head.read_seq) return head;
  const last = head.last_message?.ordinal ?? 0;
  if (seq >= head.last_seq)
    return { ...head, read_seq: seq, unread: 0, mentioned: 0, read_ordinal: last };
  if (ordinal === null) return { ...head, read_seq: seq, read_ordinal: null };
  return {
    ...head,
    read_seq: seq,
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

/* An answer of the server joined with what is known here, which may be newer. */
export function merge(local: Head, answer: ConversationHead): Head {
  const server = fromServer(answer);
  const newest = local.last_seq > server.last_seq ? local : server;
  const readest = local.read_seq > server.read_seq ? local : server;
  const merged: Head = {
    ...server,
    ...mergeGroup(local, server),
    mentioned: readest === local ? (local.mentioned ?? 0) : (server.mentioned ?? 0),
    last_seq: newest.last_seq,
    last_message: newest.last_message,
    updated_at: Math.max(local.updated_at, server.updated_at),
    read_seq: readest.read_seq,
    read_ordinal: readest.read_ordinal,
    peer_read_seq: Math.max(local.peer_read_seq, server.peer_read_seq),
    peer_delivered_seq: Math.max(local.peer_delivered_seq, server.peer_delivered_seq),
  };
  return {
    ...merged,
    unread: unreadOf(merged, newest === readest ? newest.unread : server.unread),
  };
}

function unreadOf(head: Head, otherwise: number): number {
  if (head.read_seq >= head.last_seq) return 0;
  if (head.last_message === null || head.read_ordinal === null) return otherwise;
  return Math.max(0, head.last_message.ordinal - head.read_ordinal);
}
