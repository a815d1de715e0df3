/* Brings pieces of streams from the cache and the server: the newest page, older ones, and what
 * was missed. */
import { signal, type Signal } from '@preact/signals-core';
import type { ChatApi } from '../api/chat';
import { codeOf } from '../api/errors';
import type { Cache } from './cache';
import type { Conversation, Conversations } from './conversations';
import { fromNewest, type Outcome } from './stream';

const PAGE = 50;
const REACH_PAGE = 100;
const CATCH_UP_PAGE = 100;
const CATCH_UP_MOST = 300; // beyond that the newest page is cheaper than everything in between
const KEEP_CACHED = 200;

export interface Loading {
  newest: boolean;
  older: boolean;
  failure: string | null; // a code of the API
}

const IDLE: Loading = { newest: false, older: false, failure: null };

export interface HistoryOptions {
  chat: Pick<ChatApi, 'page'>;
  cache: Cache;
  conversations: Conversations;
}

export class History {
  readonly #options: HistoryOptions;
  readonly #loading = new Map<number, Signal<Loading>>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  loading(id: number): Signal<Loading> {
    let state = this.#loading.get(id);
    if (!state) this.#loading.set(id, (state = signal(IDLE)));
    return state;
  }

  /* Makes the newest rows available: at once from the cache, then as the server has them. */
  open(conversation: Conversation): Promise<void> {
    return this.#once(`open ${conversation.id}`, async () => {
      if (!conversation.stream.peek().loaded) await this.#fromCache(conversation);
      if (conversation.stream.peek().loaded) await this.catchUp(conversation);
      else
        await this.#busy(conversation, { newest: true }, async () => {
          await this.#newest(conversation);
          await this.#missing(conversation); // what arrived while the page was under way
        });
    });
  }

  /* Loads what came before until this row is there; false: it is not to be had. */
  async reach(conversation: Conversation, seq: number): Promise<boolean> {
    for (;;) {
      const { rows, complete } = conversation.stream.peek();
      const first = rows[0]?.seq ?? Infinity;
      if (first <= seq) return rows.at(seq - first)?.seq === seq;
      if (complete) return false;
      await this.older(conversation, REACH_PAGE);
      if (conversation.stream.peek().rows[0]?.seq === first) return false;
    }
  }

  older(conversation: Conversation, limit = PAGE): Promise<void> {
    const { loaded, complete } = conversation.stream.peek();
    if (!loaded || complete) return Promise.resolve();
    return this.#once(`older ${conversation.id}`, () =>
      this.#busy(conversation, { older: true }, async () => {
        const first = conversation.stream.peek().rows[0]?.seq;
        const page = await this.#options.chat.page(
          conversation.id,
          first ? { before: first } : {},
          limit,
        );
        this.#options.conversations.prepend(conversation, page);
      }),
    );
  }

  /* Fetches what lies between the loaded rows and the end of the stream. */
  catchUp(conversation: Conversation): Promise<void> {
    return this.#once(`after ${conversation.id}`, () =>
      this.#busy(conversation, {}, () => this.#missing(conversation)),
    );
  }

  /* A conversation that is out of sight keeps its newest rows only. */
  close(conversation: Conversation): void {
    this.#options.conversations.trimStream(conversation, KEEP_CACHED);
  }

  async #fromCache(conversation: Conversation): Promise<void> {
    const rows = await this.#options.cache.messages(conversation.id, KEEP_CACHED).catch(() => []);
    if (conversation.stream.peek().loaded) return;
    this.#options.conversations.restoreStream(conversation, rows);
  }

  async #missing(conversation: Conversation): Promise<void> {
    const { chat, conversations } = this.#options;
    for (let restarted = false; ;) {
      const { last } = conversation.stream.peek();
      const target = conversation.head.peek().last_seq;
      if (last >= target) return;
      let outcome: Outcome = 'gap';
      if (target - last <= CATCH_UP_MOST) {
        const page = await chat.page(conversation.id, { after: last }, CATCH_UP_PAGE);
        outcome = conversations.extend(conversation, page.messages);
      }
      if (outcome === 'applied') continue;
      // Too far behind, or rows in between that I may not see any more: begin anew, at the end.
      if (restarted) return;
      restarted = true;
      await this.#newest(conversation);
    }
  }

  async #newest(conversation: Conversation): Promise<void> {
    const stream = fromNewest(await this.#options.chat.page(conversation.id, {}, PAGE));
    const { last_seq } = conversation.head.peek();
    this.#options.conversations.replaceStream(
      conversation,
      stream.rows.length > 0 ? stream : { ...stream, last: last_seq },
    );
  }

  async #busy(
    conversation: Conversation,
    what: Partial<Loading>,
    work: () => Promise<void>,
  ): Promise<void> {
    const state = this.loading(conversation.id);
    const flags = Object.keys(what);
    state.value = { ...state.value, ...what, failure: null };
    let failure: string | null = null;
    try {
      await work();
    } catch (error) {
      failure = codeOf(error);
    }
    const ended = Object.fromEntries(flags.map((flag) => [flag, false]));
    state.value = { ...state.value, ...ended, failure };
  }

  #once(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key);
    if (running) return running;
    const started = work().finally(() => this.#running.delete(key));
    this.#running.set(key, started);
    return started;
  }
}
