/* Messages on their way out.  Each keeps one client_key for all its attempts, so that a retry can
 * never make a second message, and is on the device before the first one.  A conversation's
 * messages leave in order, one at a time; conversations do not wait for each other. */
import { signal, type Signal } from '@preact/signals-core';
import type { ChatApi, Draft, Message } from '../api/chat';
import { ApiError, codeOf, SessionEnded } from '../api/errors';
import type { Cache } from './cache';
import { backOff, type Timers } from './environment';
import { EVERYBODY } from './head';

export interface OutboxEntry {
  client_key: string;
  conversation_id: number;
  text: string;
  mentions?: readonly number[]; // EVERYBODY among them: all members of the group
  reply_to?: number;
  created_at: number;
  position: number; // orders the entries of a conversation
  failure: string | null; // the server refused it: a code of the API; waits for the person
}

/* What goes with a text. */
export interface Attached {
  mentions?: readonly number[];
  replyTo?: number | null;
}

export interface OutboxOptions {
  chat: Pick<ChatApi, 'send'>;
  cache: Cache;
  timers: Timers;
  newKey: () => string;
  /* Puts the message into its stream; the entry stays in sight until that is done. */
  onSent: (message: Message) => Promise<void>;
}

const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 30_000;

export class Outbox {
  readonly entries: Signal<readonly OutboxEntry[]> = signal([]);
  readonly #options: OutboxOptions;
  readonly #sending = new Set<number>(); // conversations with a request under way
  readonly #waiting = new Map<number, () => void>(); // and those that pause before a retry
  readonly #attempts = new Map<string, number>();
  #stopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /* What an earlier visit left behind. */
  restore(entries: readonly OutboxEntry[]): void {
    const known = new Set(this.entries.peek().map((entry) => entry.client_key));
    const added = entries.filter((entry) => !known.has(entry.client_key));
    this.entries.value = [...added, ...this.entries.peek()].sort((a, b) => a.position - b.position);
    this.kick();
  }

  of(conversation: number): OutboxEntry[] {
    return this.entries.value.filter((entry) => entry.conversation_id === conversation);
  }

  async add(
    conversation: number,
    text: string,
    { mentions = [], replyTo = null }: Attached = {},
  ): Promise<void> {
    const { timers, newKey, cache } = this.#options;
    const now = timers.now();
    const latest = this.entries.peek().at(-1)?.position ?? 0;
    const entry: OutboxEntry = {
      client_key: newKey(),
      conversation_id: conversation,
      text,
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(replyTo === null ? {} : { reply_to: replyTo }),
      created_at: now,
      position: Math.max(now, latest + 1),
      failure: null,
    };
    this.entries.value = [...this.entries.peek(), entry];
    await cache.putOutbox(entry).catch(() => undefined); // a browser without storage can still send
    this.#pump(conversation);
  }

  /* A failed one once more, with the same key. */
  retry(clientKey: string): void {
    const entry = this.#change(clientKey, { failure: null });
    if (entry) this.#pump(entry.conversation_id);
  }

  remove(clientKey: string): void {
    this.entries.value = this.entries.peek().filter((entry) => entry.client_key !== clientKey);
    this.#attempts.delete(clientKey);
    this.#options.cache.removeOutbox(clientKey);
  }

  /* The network or the server is back, or may be: nobody waits any longer. */
  kick(): void {
    for (const [conversation, cancel] of [...this.#waiting]) {
      cancel();
      this.#waiting.delete(conversation);
    }
    for (const id of new Set(this.entries.peek().map((entry) => entry.conversation_id)))
      this.#pump(id);
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #pump(conversation: number): void {
    if (this.#stopped || this.#sending.has(conversation) || this.#waiting.has(conversation)) return;
    const next = this.entries
      .peek()
      .find((entry) => entry.conversation_id === conversation && entry.failure === null);
    if (!next) return;
    this.#sending.add(conversation);
    void this.#attempt(next).finally(() => {
      this.#sending.delete(conversation);
      this.#pump(conversation);
    });
  }

  async #attempt(entry: OutboxEntry): Promise<void> {
    const { chat, onSent } = this.#options;
    try {
      const message = await chat.send(entry.conversation_id, {
        client_key: entry.client_key,
        kind: 'text',
        body: { text: entry.text },
        ...(entry.reply_to === undefined ? {} : { reply_to: entry.reply_to }),
        ...mentioning(entry.mentions ?? []),
      });
      await onSent(message);
      this.remove(entry.client_key);
    } catch (error) {
      this.#failed(entry, error);
    }
  }

  #failed(entry: OutboxEntry, error: unknown): void {
    if (error instanceof SessionEnded) return this.stop();
    if (error instanceof ApiError && !error.passing) {
      this.#change(entry.client_key, { failure: codeOf(error) });
      return;
    }
    const { timers } = this.#options;
    const attempts = this.#attempts.get(entry.client_key) ?? 0;
    this.#attempts.set(entry.client_key, attempts + 1);
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    const wait = Math.max(asked, backOff(timers, attempts, FIRST_RETRY_MS, SLOWEST_RETRY_MS));
    this.#waiting.set(
      entry.conversation_id,
      timers.after(wait, () => {
        this.#waiting.delete(entry.conversation_id);
        this.#pump(entry.conversation_id);
      }),
    );
  }

  #change(clientKey: string, change: Partial<OutboxEntry>): OutboxEntry | undefined {
    this.entries.value = this.entries
      .peek()
      .map((entry) => (entry.client_key === clientKey ? { ...entry, ...change } : entry));
    const changed = this.entries.peek().find((entry) => entry.client_key === clientKey);
    if (changed) void this.#options.cache.putOutbox(changed).catch(() => undefined);
    return changed;
  }
}

/* As the API takes them. */
export function mentioning(ids: readonly number[]): Pick<Draft, 'mentions' | 'mention_all'> {
  const people = ids.filter((id) => id !== EVERYBODY);
  return {
    ...(people.length > 0 ? { mentions: people } : {}),
    ...(people.length < ids.length ? { mention_all: true } : {}),
  };
}
