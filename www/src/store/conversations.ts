/* All conversations: their heads, and the loaded piece of each stream. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { ConversationHead, Message } from '../api/chat';
import type { User } from '../api/account';
import type { GroupHead, SharedGroup } from '../api/groups';
import type { Cache } from './cache';
import { withSharedGroup, withStanding } from './group_head';
import { fromServer, merge, withMessage, withPeerReceipt, withRead, type Head } from './head';
import { append, UNLOADED, type Outcome, type Stream } from './stream';

export interface Conversation {
  readonly id: number;
  readonly head: Signal<Head>;
  readonly stream: Signal<Stream>;
  readonly since: number; // which generation of the list it came with, see adoptAll()
}

export interface ReceiptEvent {
  conversation_id: number;
  user_id: number;
  read_seq: number;
  delivered_seq: number;
}

export class Conversations {
  readonly all: Signal<ReadonlyMap<number, Conversation>> = signal(new Map());
  /* false until the server or the cache has said what there is. */
  readonly known = signal(false);
  readonly sorted: ReadonlySignal<Conversation[]> = computed(() =>
    [...this.all.value.values()].sort(byTime),
  );
  readonly unread = computed(() => {
    let sum = 0;
    for (const { head } of this.all.value.values()) sum += head.value.unread;
    return sum;
  });
  #generation = 0;
  readonly #left = new Map<number, number>(); // in which generation

  constructor(
    private readonly me: number,
    private readonly cache: Cache,
  ) {}

  get(id: number): Conversation | undefined {
    return this.all.value.get(id);
  }

  withUser(userId: number): Conversation | undefined {
    return [...this.all.value.values()].find(({ head }) => head.value.peer?.id === userId);
  }

  restore(heads: readonly Head[]): void {
    for (const head of heads) this.#set(head.id, { ...head, own_seq: 0 }); // every answer is newer
    if (heads.length > 0) this.known.value = true;
  }

  /* Marks the start of a sync: what appears from here on cannot be missed by its answer. */
  beginSync(): number {
    this.#generation += 1;
    return this.#generation;
  }

  /* The whole list as the server answered the sync of that generation. */
  adoptAll(heads: readonly ConversationHead[], generation: number): void {
    // What I left since it was asked for does not come back by its answer.
    for (const head of heads) if ((this.#left.get(head.id) ?? -1) < generation) this.adopt(head);
    const answered = new Set(heads.map((head) => head.id));
    const gone = [...this.all.value.values()].filter(
      (conversation) => !answered.has(conversation.id) && conversation.since < generation,
    );
    for (const { id } of gone) this.#remove(id);
    this.known.value = true;
  }

  adopt(answer: ConversationHead): Conversation {
    this.#left.delete(answer.id);
    const local = this.get(answer.id)?.head.peek();
    return this.#set(answer.id, local ? merge(local, answer) : fromServer(answer));
  }

  /* A row came, live or as the answer to a send.  undefined: the conversation is not known. */
  receive(message: Message): Outcome | undefined {
    const conversation = this.get(message.conversation_id);
    if (!conversation) return undefined;
    this.#set(conversation.id, withMessage(conversation.head.peek(), message, this.me));
    return this.extend(conversation, [message]);
  }

  /* Rows that follow what is loaded. */
  extend(conversation: Conversation, messages: readonly Message[]): Outcome {
    const before = conversation.stream.peek();
    const { stream, outcome } = append(before, messages);
    if (stream !== before) {
      conversation.stream.value = stream;
      this.cache.putMessages(stream.rows.slice(before.rows.length));
    }
    return outcome;
  }

  receipt(event: ReceiptEvent): void {
    const conversation = this.get(event.conversation_id);
    if (!conversation) return;
    const head = conversation.head.peek();
    if (event.user_id === this.me) {
      this.#set(
        head.id,
        withRead(head, event.read_seq, this.#ordinal(conversation, event.read_seq)),
      );
    } else {
      this.#set(head.id, withPeerReceipt(head, event.delivered_seq, event.read_seq));
    }
  }

  /* The person has seen everything up to this row. */
  read(id: number, seq: number): boolean {
    const conversation = this.get(id);
    if (!conversation || seq <= conversation.head.peek().read_seq) return false;
    this.#set(id, withRead(conversation.head.peek(), seq, this.#ordinal(conversation, seq)));
    return true;
  }

  /* A person changed their profile. */
  profile(user: User): void {
    for (const { id, head } of this.all.value.values()) {
      if (head.peek().peer?.id === user.id) this.#set(id, { ...head.peek(), peer: user });
    }
  }

  /* A group changed, for all its members in the same way. */
  regroup(shared: SharedGroup): void {
    const head = this.get(shared.id)?.head.peek();
    if (head) this.#set(head.id, withSharedGroup(head, shared));
  }

  /* What I am in a group, by what I did. */
  stand(id: number, part: Partial<GroupHead>): void {
    const head = this.get(id)?.head.peek();
    if (head) this.#set(id, withStanding(head, part));
  }

  /* I am in it no longer. */
  leave(id: number): void {
    this.#left.set(id, this.#generation);
    if (this.get(id)) this.#remove(id);
  }

  setStream(conversation: Conversation, stream: Stream, fresh: readonly Message[]): void {
    conversation.stream.value = stream;
    this.cache.putMessages(fresh);
  }

  replaceStream(conversation: Conversation, stream: Stream): void {
    this.cache.removeMessages(conversation.id);
    this.setStream(conversation, stream, stream.rows);
  }

  #ordinal({ stream }: Conversation, seq: number): number | null {
    return stream.peek().rows.find((row) => row.seq === seq)?.ordinal ?? null;
  }

  #set(id: number, head: Head): Conversation {
    const existing = this.get(id);
    if (existing?.head.peek() === head) return existing;
    this.cache.putHead(head);
    if (existing) {
      existing.head.value = head;
      return existing;
    }
    const added: Conversation = {
      id,
      head: signal(head),
      stream: signal(UNLOADED),
      since: this.#generation,
    };
    this.all.value = new Map(this.all.value).set(id, added);
    return added;
  }

  #remove(id: number): void {
    const rest = new Map(this.all.value);
    rest.delete(id);
    this.all.value = rest;
    this.cache.removeConversation(id);
  }
}

function byTime(a: Conversation, b: Conversation): number {
  const [one, other] = [a.head.value, b.head.value];
  return (
    Number(other.pinned) - Number(one.pinned) ||
    other.updated_at - one.updated_at ||
    other.id - one.id
  );
}
