/* All conversations: their heads, and the loaded piece of each stream. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { ConversationHead, Message, Page } from '../api/chat';
import type { User } from '../api/account';
import type { GroupHead, SharedGroup } from '../api/groups';
import { changeApart, changeExcerpt, changeOneApart, forgetApart } from './apart';
import type { Cache } from './cache';
import { byTime, newConversation, settingsOf, waitingIn, type Conversation } from './conversation';
import { Departures } from './departures';
import { asHidden, withChanges, withoutTexts, withRowAt } from './changes';
import { withSharedGroup, withStanding } from './group_head';
import {
  fromServer,
  merge,
  withMessage,
  withPeerReceipt,
  withRead,
  withReading,
  withRow,
  type Head,
  type ReceiptEvent,
} from './head';
import { append, clear, joined, prepend, restore, trim, type Outcome, type Stream } from './stream';

export type { Conversation } from './conversation';

export class Conversations {
  readonly all: Signal<ReadonlyMap<number, Conversation>> = signal(new Map());
  /* false until the server or the cache has said what there is. */
  readonly known = signal(false);
  readonly sorted: ReadonlySignal<Conversation[]> = computed(() =>
    [...this.all.value.values()].filter(({ head }) => !head.value.hidden).sort(byTime),
  );
  /* What waits to be read, but for what shall not call for attention. */
  readonly unread = computed(() =>
    this.sorted.value.reduce((sum, { head }) => sum + waitingIn(head.value), 0),
  );
  #generation = 0;
  readonly departures = new Departures();
  readonly #changed = new Map<number, number>(); // in which generation

  constructor(
    readonly me: number,
    private readonly cache: Cache,
  ) {}

  get(id: number): Conversation | undefined {
    return this.all.value.get(id);
  }

  withUser(userId: number): Conversation | undefined {
    return [...this.all.value.values()].find(({ head }) => head.value.peer?.id === userId);
  }

  restore(heads: readonly Head[]): void {
    for (const head of heads) {
      if (head.hidden) this.cache.removeConversation(head.id);
      else this.#set(head.id, { ...head, own_seq: 0 }); // every answer is newer
    }
    if (heads.length > 0) this.known.value = true;
  }

  /* Marks the start of a sync: what appears from here on cannot be missed by its answer. */
  beginSync(): number {
    this.#generation += 1;
    return this.#generation;
  }

  /* The whole list as the server answered the sync of that generation.  false: I have changed
   * something since it was asked for, so it has to be asked for again. */
  adoptAll(heads: readonly ConversationHead[], generation: number): boolean {
    let current = true;
    for (const head of heads) {
      if (this.departures.since(head.id, generation)) continue; // no coming back by this answer
      const local = this.get(head.id)?.head.peek();
      const older = local !== undefined && (this.#changed.get(head.id) ?? -1) >= generation;
      if (older) current = false;
      this.adopt(older ? { ...head, ...settingsOf(local) } : head);
    }
    const answered = new Set(heads.map((head) => head.id));
    // A list has nothing of those that are hidden, which may be open nevertheless.
    const gone = [...this.all.value.values()].filter(
      ({ id, since, head }) => !answered.has(id) && since < generation && !head.peek().hidden,
    );
    for (const { id } of gone) this.#remove(id);
    this.known.value = true;
    return current;
  }

  /* What I have just changed of it, here or on another device. */
  adoptOwn(answer: ConversationHead): Conversation {
    this.#changed.set(answer.id, this.#generation);
    return this.adopt(answer);
  }

  adopt(answer: ConversationHead): Conversation {
    this.departures.forget(answer.id);
    const local = this.get(answer.id)?.head.peek();
    const conversation = this.#set(answer.id, local ? merge(local, answer) : fromServer(answer));
    if (local && answer.cleared_seq > local.cleared_seq)
      this.#clear(conversation, answer.cleared_seq);
    return conversation;
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
    const { stream, outcome } = append(before, messages, this.me);
    if (stream !== before) {
      conversation.stream.value = stream;
      this.cache.putMessages(stream.rows.filter((row, index) => row !== before.rows[index]));
      const fresh = stream.rows.slice(before.rows.length);
      changeExcerpt(conversation, (rows) => withChanges(rows, fresh, this.me));
      changeApart(conversation, fresh, this.me);
    }
    return outcome;
  }

  /* A page of what came before. */
  prepend(conversation: Conversation, page: Page): void {
    const before = conversation.stream.peek();
    const stream = prepend(before, page, this.me);
    if (stream === before) return;
    const fresh = stream.rows.slice(0, stream.rows.length - before.rows.length);
    this.setStream(conversation, stream, fresh);
  }

  /* A piece of long ago to be shown; one that touches the stream becomes part of it. */
  place(conversation: Conversation, piece: Stream): void {
    const stream = conversation.stream.peek();
    const current = { ...piece, rows: withChanges(piece.rows, stream.rows, this.me) };
    const whole = joined(current, stream);
    if (whole) this.setStream(conversation, whole, whole.rows.slice(0, -stream.rows.length));
    conversation.excerpt.value = whole ? null : current;
  }

  /* A row as the server has it now, by an answer to what I did. */
  renew(message: Message): void {
    this.change(message.conversation_id, message.seq, (row) =>
      (message.changed_seq ?? 0) >= (row.changed_seq ?? 0) ? message : row,
    );
  }

  /* One row, wherever it stands. */
  change(id: number, seq: number, change: (row: Message) => Message): void {
    const conversation = this.get(id);
    if (!conversation) return;
    this.#set(id, withRow(conversation.head.peek(), seq, change));
    this.#changeRows(conversation, (rows) => withRowAt(rows, seq, change));
    changeOneApart(conversation, seq, change);
  }

  /* I recalled it: nothing of it stays. */
  forgetTexts(id: number, target: number): void {
    const conversation = this.get(id);
    if (conversation) this.#changeRows(conversation, (rows) => withoutTexts(rows, target));
  }

  /* I deleted these for myself. */
  hide(id: number, seqs: readonly number[]): void {
    for (const seq of seqs) {
      this.change(id, seq, asHidden);
      this.forgetTexts(id, seq);
    }
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

  /* A friend tells what they read, or does so no longer. */
  showReading(userId: number, shown: boolean): void {
    const conversation = this.withUser(userId);
    if (conversation) this.#set(conversation.id, withReading(conversation.head.peek(), shown));
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

  /* I am in it no longer, as of that row. */
  leave(id: number, seq: number): void {
    this.departures.note(id, this.#generation, seq);
    if (this.get(id)) this.#remove(id);
  }

  /* What the device kept. */
  restoreStream(conversation: Conversation, rows: readonly Message[]): void {
    conversation.stream.value = restore(rows, rows[0]?.seq === 1);
    this.#forgetOlder(conversation);
  }

  /* A conversation that is out of sight keeps its newest rows only. */
  trimStream(conversation: Conversation, keep: number): void {
    conversation.stream.value = trim(conversation.stream.peek(), keep);
    this.#forgetOlder(conversation);
  }

  setStream(conversation: Conversation, stream: Stream, fresh: readonly Message[]): void {
    conversation.stream.value = stream;
    this.cache.putMessages(fresh);
  }

  /* Begins anew with these rows: what was known of others may have changed unseen. */
  replaceStream(conversation: Conversation, stream: Stream): void {
    this.cache.removeMessages(conversation.id);
    forgetApart(conversation, stream);
    this.cache.putMessages(stream.rows);
  }

  #clear(conversation: Conversation, upTo: number): void {
    this.cache.removeMessages(conversation.id, upTo + 1);
    forgetApart(conversation, clear(conversation.stream.peek(), upTo));
  }

  /* What is not loaded any more would miss its changes. */
  #forgetOlder({ id, stream }: Conversation): void {
    const first = stream.peek().rows[0]?.seq;
    if (first !== undefined) this.cache.removeMessages(id, first);
  }

  #changeRows(
    conversation: Conversation,
    change: (rows: readonly Message[]) => readonly Message[],
  ): void {
    changeExcerpt(conversation, change);
    const before = conversation.stream.peek();
    const rows = change(before.rows);
    if (rows === before.rows) return;
    conversation.stream.value = { ...before, rows };
    this.cache.putMessages(rows.filter((row, index) => row !== before.rows[index]));
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
    const added = newConversation(head, this.#generation);
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
