/* Messages on their way out.  Each keeps one client_key for all its attempts, so that a retry can
 * never make a second message, and is on the device before the first one.  A conversation's
 * messages leave in order, one at a time; conversations do not wait for each other.  All tabs of
 * the person have the same entries, and the one that leads sends them. */
import { signal, type Signal } from '@preact/signals-core';
import type { ChatApi, Message } from '../api/chat';
import { ApiError, codeOf, SessionEnded } from '../api/errors';
import type { Cache } from './cache';
import { backOff, type Timers } from './environment';
import { isReady, type Enclosed } from './enclosed';
import type { Duty, Lead, TabMessage } from './lead';
import { contentOf, mentioning, nextOf, type OutboxEntry } from './outbox_entry';
import type { Uploads } from './uploads';

/* What goes with a text. */
export interface Attached {
  mentions?: readonly number[];
  replyTo?: number | null;
}

/* Why it was refused (null: it was not, or shall be sent once more), or what its upload has become. */
export type OutboxChange = Partial<Pick<OutboxEntry, 'failure' | 'enclosed'>>;

/* What tabs tell each other of their entries. */
export type OutboxNews =
  | { kind: 'queued'; entry: OutboxEntry }
  | { kind: 'changed'; client_key: string; change: OutboxChange }
  | { kind: 'dropped'; client_key: string }
  | { kind: 'sent'; message: Message };

export interface OutboxOptions {
  lead: Lead;
  chat: Pick<ChatApi, 'send'>;
  cache: Cache;
  timers: Timers;
  newKey: () => string;
  uploads: Pick<Uploads, 'has' | 'retry' | 'cancel' | 'kick' | 'stop'>; // of this tab
  /* Puts the message into its stream; the entry stays in sight until that is done. */
  onSent: (message: Message) => Promise<void>;
}

const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 30_000;

export class Outbox implements Duty {
  readonly entries: Signal<readonly OutboxEntry[]> = signal([]);
  readonly #options: OutboxOptions;
  readonly #sending = new Set<number>(); // conversations with a request under way
  readonly #waiting = new Map<number, () => void>(); // and those that pause before a retry
  readonly #attempts = new Map<string, number>();
  #stopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    options.lead.join(this);
  }

  /* What an earlier visit left behind, or another tab has waiting. */
  restore(entries: readonly OutboxEntry[]): void {
    for (const entry of this.#adopt(entries)) this.#options.lead.tell({ kind: 'queued', entry });
    this.kick();
  }

  of(conversation: number): OutboxEntry[] {
    return this.entries.value.filter((entry) => entry.conversation_id === conversation);
  }

  add(
    conversation: number,
    text: string,
    { mentions = [], replyTo = null }: Attached = {},
  ): Promise<void> {
    return this.#enqueue(conversation, this.#options.newKey(), {
      text,
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(replyTo === null ? {} : { reply_to: replyTo }),
    });
  }

  addCard(conversation: number, person: number): Promise<void> {
    return this.#enqueue(conversation, this.#options.newKey(), { text: '', contact: person });
  }

  /* Under the key of its upload, if it has one. */
  enclose(
    conversation: number,
    enclosed: Enclosed,
    replyTo: number | null = null,
    key = this.#options.newKey(),
  ): Promise<void> {
    const answered = replyTo === null ? {} : { reply_to: replyTo };
    return this.#enqueue(conversation, key, { text: '', enclosed, ...answered });
  }

  async #enqueue(
    conversation: number,
    client_key: string,
    content: Pick<OutboxEntry, 'text' | 'contact' | 'enclosed' | 'mentions' | 'reply_to'>,
  ): Promise<void> {
    const { timers, cache, lead } = this.#options;
    const now = timers.now();
    const latest = this.entries.peek().at(-1)?.position ?? 0;
    const entry: OutboxEntry = {
      client_key,
      conversation_id: conversation,
      ...content,
      created_at: now,
      position: Math.max(now, latest + 1),
      failure: null,
    };
    this.entries.value = [...this.entries.peek(), entry];
    await cache.putOutbox(entry).catch(() => undefined); // a browser without storage can still send
    const queued = this.#find(entry.client_key); // it may have been its turn meanwhile
    if (queued) lead.tell({ kind: 'queued', entry: queued });
    lead.ask();
    this.#pump(conversation);
  }

  /* Its upload is complete. */
  async complete(clientKey: string, media: number): Promise<void> {
    const before = this.#find(clientKey);
    if (!before?.enclosed) return;
    const enclosed = { ...before.enclosed, body: { ...before.enclosed.body, media_id: media } };
    const change = { enclosed, failure: null };
    const entry = this.#set(clientKey, change);
    if (!entry) return;
    await this.#options.cache.putOutbox(entry).catch(() => undefined);
    this.#options.lead.tell({ kind: 'changed', client_key: clientKey, change });
    this.#options.lead.ask();
    this.#pump(entry.conversation_id);
  }

  /* Its upload was not taken. */
  refuse(clientKey: string, code: string): void {
    this.#change(clientKey, { failure: code });
  }

  /* A failed one once more, with the same key. */
  retry(clientKey: string): void {
    const { uploads } = this.#options;
    const entry = this.#change(clientKey, { failure: null });
    if (entry && !isReady(entry.enclosed)) uploads.retry(clientKey);
    this.#options.lead.ask();
    this.#pumpAll();
  }

  remove(clientKey: string): void {
    this.#drop(clientKey);
    this.#options.cache.removeOutbox(clientKey);
    this.#options.uploads.cancel(clientKey);
    this.#options.lead.tell({ kind: 'dropped', client_key: clientKey });
  }

  led(): void {
    this.kick();
  }

  followed(): void {
    this.#callOff();
  }

  heard(message: TabMessage): void {
    if (message.kind === 'queued') this.#adopt([message.entry]);
    else if (message.kind === 'changed') this.#changeElsewhere(message.client_key, message.change);
    else if (message.kind === 'dropped') this.#dropElsewhere(message.client_key);
    else if (message.kind === 'sent') void this.#sentElsewhere(message.message);
    this.#pumpAll();
  }

  /* The network or the server is back, or may be: nobody waits any longer. */
  kick(): void {
    this.#options.uploads.kick();
    this.#callOff();
    this.#pumpAll();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.uploads.stop();
    this.#callOff();
  }

  #callOff(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  /* Those that were not known here. */
  #adopt(entries: readonly OutboxEntry[]): OutboxEntry[] {
    const known = new Set(this.entries.peek().map((entry) => entry.client_key));
    const added = entries.filter((entry) => !known.has(entry.client_key));
    if (added.length > 0)
      this.entries.value = [...this.entries.peek(), ...added].sort(
        (a, b) => a.position - b.position,
      );
    return added;
  }

  #drop(clientKey: string): void {
    this.entries.value = this.entries.peek().filter((entry) => entry.client_key !== clientKey);
    this.#attempts.delete(clientKey);
  }

  #changeElsewhere(clientKey: string, change: OutboxChange): void {
    const { uploads } = this.#options;
    const entry = this.#set(clientKey, change);
    const again = entry?.failure === null && !isReady(entry.enclosed);
    if (again && uploads.has(clientKey)) uploads.retry(clientKey);
  }

  #dropElsewhere(clientKey: string): void {
    this.#drop(clientKey);
    this.#options.uploads.cancel(clientKey); // the file may be on its way from here
  }

  async #sentElsewhere(message: Message): Promise<void> {
    await this.#options.onSent(message);
    this.#drop(message.client_key);
  }

  #pumpAll(): void {
    for (const id of new Set(this.entries.peek().map((entry) => entry.conversation_id)))
      this.#pump(id);
  }

  #pump(conversation: number): void {
    if (this.#stopped || !this.#options.lead.leads) return;
    if (this.#sending.has(conversation) || this.#waiting.has(conversation)) return;
    const next = nextOf(this.entries.peek(), conversation);
    if (!next) return;
    this.#sending.add(conversation);
    void this.#attempt(next).finally(() => {
      this.#sending.delete(conversation);
      this.#pump(conversation);
    });
  }

  async #attempt(entry: OutboxEntry): Promise<void> {
    const { chat, cache, lead, onSent } = this.#options;
    try {
      const message = await chat.send(entry.conversation_id, {
        client_key: entry.client_key,
        ...contentOf(entry),
        ...(entry.reply_to === undefined ? {} : { reply_to: entry.reply_to }),
        ...mentioning(entry.mentions ?? []),
      });
      lead.tell({ kind: 'sent', message });
      await onSent(message);
      this.#drop(entry.client_key);
      cache.removeOutbox(entry.client_key);
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

  #change(clientKey: string, change: OutboxChange): OutboxEntry | undefined {
    const changed = this.#set(clientKey, change);
    if (changed) void this.#options.cache.putOutbox(changed).catch(() => undefined);
    this.#options.lead.tell({ kind: 'changed', client_key: clientKey, change });
    return changed;
  }

  #set(clientKey: string, change: OutboxChange): OutboxEntry | undefined {
    this.entries.value = this.entries
      .peek()
      .map((entry) => (entry.client_key === clientKey ? { ...entry, ...change } : entry));
    return this.#find(clientKey);
  }

  #find(clientKey: string): OutboxEntry | undefined {
    return this.entries.peek().find((entry) => entry.client_key === clientKey);
  }
}
