/* Rows of a conversation that are known without what lies between: those that others quote, and
 * those that are pinned.  They change as the rows of the stream do. */
import { batch } from '@preact/signals-core';
import type { ChatApi, Message } from '../api/chat';
import { ApiError } from '../api/errors';
import type { MessageApi } from '../api/messages';
import { applyChange, targetOf, withAll } from './changes';
import type { Conversation } from './conversations';
import type { Stream } from './stream';

/* undefined: not known (yet). */
export function rowOf(
  { stream, excerpt, apart }: Conversation,
  seq: number,
): Message | null | undefined {
  const at = (rows: readonly Message[] = []) => rows[seq - (rows[0]?.seq ?? 0)];
  return at(stream.value.rows) ?? at(excerpt.value?.rows) ?? apart.value.get(seq);
}

/* Newest pinned first. */
export function pinsOf({ apart }: Conversation): Message[] {
  return [...apart.value.values()]
    .filter((row): row is Message => row !== null && row.pinned_at !== null)
    .sort((a, b) => (b.pinned_at ?? 0) - (a.pinned_at ?? 0) || b.seq - a.seq);
}

/* Fresh rows of the stream, which has their changes in it already. */
export function changeApart(
  { stream, apart, pinsKnown }: Conversation,
  fresh: readonly Message[],
  me: number,
): void {
  const { rows } = stream.peek();
  let known = apart.peek();
  for (const change of fresh) {
    const target = targetOf(change);
    if (target === null) continue;
    const row = known.get(target);
    const loaded = rows[target - (rows[0]?.seq ?? 0)];
    if (row) known = new Map(known).set(target, applyChange(row, change, me));
    else if (loaded?.pinned_at) known = new Map(known).set(target, loaded);
    else if (change.kind === 'pin' && change.body?.['on']) pinsKnown.value = false;
  }
  apart.value = known;
}

export function changeOneApart(
  { apart }: Conversation,
  seq: number,
  change: (row: Message) => Message,
): void {
  const row = apart.peek().get(seq);
  if (row) apart.value = new Map(apart.peek()).set(seq, change(row));
}

/* The rows of a piece from further up, which the stream does not have. */
export function changeExcerpt(
  { excerpt }: Conversation,
  change: (rows: readonly Message[]) => readonly Message[],
): void {
  const before = excerpt.peek();
  if (before) excerpt.value = { ...before, rows: change(before.rows) };
}

/* Nothing but this stream is to be trusted. */
export function forgetApart(
  { stream, excerpt, apart, pinsKnown }: Conversation,
  now: Stream,
): void {
  batch(() => {
    stream.value = now;
    excerpt.value = null;
    apart.value = new Map();
    pinsKnown.value = false;
  });
}

/* Keeps rows that were asked for by themselves; changes may have overtaken them. */
export function keepApart(
  { stream, apart }: Conversation,
  rows: readonly Message[],
  me: number,
): void {
  const known = new Map(apart.peek());
  for (const row of rows) known.set(row.seq, withAll(row, stream.peek().rows, me));
  apart.value = known;
}

export interface ApartOptions {
  me: number;
  chat: Pick<ChatApi, 'page'>;
  messages: Pick<MessageApi, 'pins'>;
}

export class Apart {
  readonly #options: ApartOptions;
  readonly #asked = new Map<string, Promise<void>>();

  constructor(options: ApartOptions) {
    this.#options = options;
  }

  /* Sees to it that a row is known, or known not to be had.  Rejects when the server could not be
   * asked: whoever needs it asks again. */
  need(conversation: Conversation, seq: number): Promise<void> {
    if (rowOf(conversation, seq) !== undefined) return Promise.resolve();
    return this.#once(`${conversation.id} ${seq}`, async () => {
      const row = await this.#fetch(conversation.id, seq);
      if (row) keepApart(conversation, [row], this.#options.me);
      else conversation.apart.value = new Map(conversation.apart.peek()).set(seq, null);
    });
  }

  loadPins(conversation: Conversation): Promise<void> {
    return this.#once(`${conversation.id} pins`, async () => {
      conversation.pinsKnown.value = true; // unless something comes that is not known meanwhile
      try {
        const pins = await this.#options.messages.pins(conversation.id);
        keepApart(conversation, pins, this.#options.me);
      } catch (error) {
        conversation.pinsKnown.value = false;
        throw error;
      }
    });
  }

  async #fetch(conversation: number, seq: number): Promise<Message | null> {
    try {
      const { messages } = await this.#options.chat.page(conversation, { before: seq + 1 }, 1);
      return messages.find((row) => row.seq === seq) ?? null;
    } catch (error) {
      if (error instanceof ApiError && !error.passing) return null;
      throw error;
    }
  }

  #once(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.#asked.get(key);
    if (running) return running;
    const started = work().finally(() => this.#asked.delete(key));
    this.#asked.set(key, started);
    return started;
  }
}
