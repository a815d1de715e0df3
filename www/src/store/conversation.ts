/* One conversation as the store holds it, its place in the list and what it adds to the total. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { Message } from '../api/chat';
import type { Head } from './head';
import { UNLOADED, type Stream } from './stream';

export interface Conversation {
  readonly id: number;
  readonly head: Signal<Head>;
  readonly stream: Signal<Stream>;
  /* A piece from further up, until it has been read down to where the stream begins. */
  readonly excerpt: Signal<Stream | null>;
  readonly shown: ReadonlySignal<Stream>; // that piece, or else the stream
  /* Rows that are known without what lies between: quoted, pinned.  null: not to be had. */
  readonly apart: Signal<ReadonlyMap<number, Message | null>>;
  readonly pinsKnown: Signal<boolean>; // all of them are among those
  readonly since: number; // which generation of the list it came with, see adoptAll()
}

export function newConversation(head: Head, since: number): Conversation {
  const stream = signal(UNLOADED);
  const excerpt: Signal<Stream | null> = signal(null);
  return {
    id: head.id,
    head: signal(head),
    stream,
    excerpt,
    shown: computed(() => excerpt.value ?? stream.value),
    apart: signal(new Map()),
    pinsKnown: signal(false),
    since,
  };
}

/* What I set myself. */
export function settingsOf({ pinned, notify, hidden, marked_unread }: Head) {
  return { pinned, notify, hidden, marked_unread };
}

/* How much of a conversation the total counts. */
export function waitingIn({ notify, unread, marked_unread }: Head): number {
  if (!notify) return 0;
  return unread === 0 && marked_unread ? 1 : unread;
}

/* Pinned ones first, then the latest. */
export function byTime(a: Conversation, b: Conversation): number {
  const [one, other] = [a.head.value, b.head.value];
  return (
    Number(other.pinned) - Number(one.pinned) ||
    other.updated_at - one.updated_at ||
    other.id - one.id
  );
}
