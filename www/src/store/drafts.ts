/* Texts that were begun and not sent, per conversation, on all devices of the person.  Each is on
 * the device at once and told to the server when one pauses; of two versions the newer one stays,
 * and what was typed here is never lost to a mere clearing elsewhere. */
import { signal, type Signal } from '@preact/signals-core';
import type { ChatApi, ConversationHead, Unsent } from '../api/chat';
import { ApiError, SessionEnded } from '../api/errors';
import type { Cache } from './cache';
import { backOff, type Timers } from './environment';

/* A draft as this device has it. */
export interface LocalDraft {
  text: string; // '': there is none
  reply_to: number | null;
  updated_at: number; // by the server's clock: when it was told, or typed
  told: boolean; // the server has it
}

export interface DraftsOptions {
  chat: Pick<ChatApi, 'change'>;
  cache: Cache;
  timers: Timers;
  /* The server's answer to a change. */
  onHead: (head: ConversationHead) => void;
}

const PAUSE_MS = 1200;
const FIRST_RETRY_MS = 2000;
const SLOWEST_RETRY_MS = 60_000;

const NONE: LocalDraft = { text: '', reply_to: null, updated_at: 0, told: true };

export class Drafts {
  readonly all: Signal<ReadonlyMap<number, LocalDraft>> = signal(new Map());
  readonly #options: DraftsOptions;
  readonly #waiting = new Map<number, () => void>(); // calls off the telling
  readonly #telling = new Set<number>(); // with a request under way
  readonly #stored = new Map<number, Unsent>(); // what the server has; '': nothing
  readonly #failures = new Map<number, number>();
  #ahead = 0; // of this device's clock
  #stopped = false;

  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  /* What an earlier visit left behind. */
  restore(drafts: ReadonlyMap<number, LocalDraft>): void {
    this.all.value = new Map([...drafts, ...this.all.peek()]);
  }

  of(conversation: number): LocalDraft {
    return this.all.peek().get(conversation) ?? NONE;
  }

  get(conversation: number): string {
    return this.of(conversation).text;
  }

  /* It is written, or answers something else now. */
  set(conversation: number, text: string, replyTo = this.of(conversation).reply_to): void {
    const before = this.of(conversation);
    const reply_to = text === '' ? null : replyTo;
    if (before.text === text && before.reply_to === reply_to) return;
    const updated_at = this.#options.timers.now() + this.#ahead;
    this.#put(conversation, { text, reply_to, updated_at, told: false });
    this.#schedule(conversation, PAUSE_MS);
  }

  /* One turns away from it: it is told now. */
  flush(conversation: number): void {
    if (!this.of(conversation).told) this.#schedule(conversation, 0);
  }

  /* The server was heard: what it does not have yet is newer than what it has. */
  kick(): void {
    for (const [id, { told }] of this.all.peek()) if (!told) this.#schedule(id, 0);
  }

  /* The server's clock. */
  synced(serverTime: number): void {
    this.#ahead = serverTime - this.#options.timers.now();
  }

  /* The head of a conversation as the server has it. */
  adopt({ id, draft, draft_updated_at }: ConversationHead): void {
    const stored = { ...(draft ?? NONE), updated_at: draft_updated_at };
    if (draft_updated_at >= (this.#stored.get(id)?.updated_at ?? 0)) this.#stored.set(id, stored);
    const local = this.of(id);
    if (this.#telling.has(id)) return; // its answer decides
    if (draft_updated_at <= local.updated_at) return;
    if (!local.told && draft === null && local.text !== '') return;
    this.#callOff(id);
    const { text, reply_to, updated_at } = stored;
    this.#put(id, { text, reply_to, updated_at, told: true });
  }

  /* I am in it no longer. */
  forget(conversation: number): void {
    this.#callOff(conversation);
    const rest = new Map(this.all.peek());
    if (rest.delete(conversation)) this.all.value = rest;
  }

  stop(): void {
    this.#stopped = true;
    for (const id of [...this.#waiting.keys()]) this.#callOff(id);
  }

  #put(conversation: number, draft: LocalDraft): void {
    this.all.value = new Map(this.all.peek()).set(conversation, draft);
    this.#options.cache.putDraft(conversation, draft);
  }

  #callOff(conversation: number): void {
    this.#waiting.get(conversation)?.();
    this.#waiting.delete(conversation);
  }

  #schedule(conversation: number, ms: number): void {
    this.#callOff(conversation);
    if (this.#stopped || this.#telling.has(conversation)) return;
    this.#waiting.set(
      conversation,
      this.#options.timers.after(ms, () => {
        this.#waiting.delete(conversation);
        void this.#tell(conversation);
      }),
    );
  }

  async #tell(conversation: number): Promise<void> {
    const { chat, onHead } = this.#options;
    const told = this.of(conversation);
    const stored = this.#stored.get(conversation);
    // Sent before one paused: most texts never become a draft.
    if (stored && stored.text === told.text && stored.reply_to === told.reply_to)
      return this.#put(conversation, { ...told, updated_at: stored.updated_at, told: true });
    this.#telling.add(conversation);
    let wait: number | null = PAUSE_MS;
    try {
      const { text, reply_to } = told;
      const head = await chat.change(conversation, { draft: { text, reply_to } });
      this.#failures.delete(conversation);
      this.#telling.delete(conversation);
      this.#told(conversation, told, head.draft_updated_at);
      this.adopt(head);
      onHead(head);
    } catch (error) {
      this.#telling.delete(conversation);
      wait = this.#failed(conversation, told, error);
    }
    if (wait !== null && !this.of(conversation).told) this.#schedule(conversation, wait);
  }

  /* What was typed meanwhile is newer, whatever the clocks say. */
  #told(conversation: number, told: LocalDraft, at: number): void {
    const now = this.of(conversation);
    if (now === told) this.#put(conversation, { ...told, updated_at: at, told: true });
    else this.#put(conversation, { ...now, updated_at: Math.max(now.updated_at, at + 1) });
  }

  /* How long to wait before the next attempt; null: until the server was heard, which may have
   * something newer. */
  #failed(conversation: number, draft: LocalDraft, error: unknown): number | null {
    if (error instanceof SessionEnded) this.stop();
    if (!(error instanceof ApiError)) return null;
    // Refused: it stays on this device.
    if (!error.passing && this.of(conversation) === draft)
      this.#put(conversation, { ...draft, told: true });
    const failures = this.#failures.get(conversation) ?? 0;
    this.#failures.set(conversation, failures + 1);
    return backOff(this.#options.timers, failures, FIRST_RETRY_MS, SLOWEST_RETRY_MS);
  }
}
