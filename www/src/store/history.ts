/* Brings pieces of streams from the cache and the server: the newest page, older ones, and what
 * was missed. */
import { signal, type Signal } from '@preact/signals-core';
import type { ChatApi, Page } from '../api/chat';
import { codeOf } from '../api/errors';
import type { MediaKind } from '../api/media';
import type { Cache } from './cache';
import type { Conversation, Conversations } from './conversations';
import { Shelf } from './shelf';
import {
  append,
  cut,
  fromMiddle,
  fromNewest,
  holds,
  isReadable,
  prepend,
  type Outcome,
  type Stream,
} from './stream';

const PAGE = 50;
const CATCH_UP_PAGE = 100;
const CATCH_UP_MOST = 1000; // beyond that the newest page first, and the others when somebody goes there
const KEEP_CACHED = 200;
const MOST_SHOWN = 1000; // rows in memory while one scrolls; beyond that, those around stay
const KEEP_SHOWN = 500;
const CONTEXT = 25; // rows above the one that somebody goes to

export interface Loading {
  newest: boolean;
  older: boolean;
  failure: string | null; // a code of the API
}

/* A row that somebody wants to see. */
export interface Place {
  conversation: number;
  seq: number;
}

const IDLE: Loading = { newest: false, older: false, failure: null };

export interface HistoryOptions {
  chat: Pick<ChatApi, 'page'>;
  cache: Cache;
  conversations: Conversations;
}

export class History {
  /* Where to go next; whoever shows that conversation goes there and clears it. */
  readonly place: Signal<Place | null> = signal(null);
  readonly #options: HistoryOptions;
  readonly #loading = new Map<number, Signal<Loading>>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #held = new Map<number, number>(); // the row in sight, where that is not the end

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

  older(conversation: Conversation): Promise<void> {
    const { shown } = conversation;
    if (!shown.peek().loaded || shown.peek().complete) return Promise.resolve();
    return this.#once(`older ${conversation.id}`, () =>
      this.#busy(conversation, { older: true }, async () => {
        const first = shown.peek().rows[0]?.seq;
        const page = await this.#options.chat.page(
          conversation.id,
          first ? { before: first } : {},
          PAGE,
        );
        this.#prepend(conversation, first, page);
      }),
    );
  }

  /* What follows an excerpt, until it has reached the stream. */
  newer(conversation: Conversation): Promise<void> {
    const { excerpt } = conversation;
    const { conversations, chat } = this.#options;
    return this.#once(`newer ${conversation.id}`, () =>
      this.#busy(conversation, {}, async () => {
        const before = excerpt.peek();
        if (before) conversations.place(conversation, before); // it may touch the stream already
        if (!before || excerpt.peek() === null) return;
        const page = await chat.page(conversation.id, { after: before.last }, PAGE);
        const now = excerpt.peek(); // older rows may have come meanwhile
        if (now?.last === before.last)
          conversations.place(conversation, append(now, page.messages, conversations.me).stream);
      }),
    );
  }

  /* Makes a row available with what stands around it; false: it is not there for me. */
  async around(conversation: Conversation, seq: number): Promise<boolean> {
    const { id, stream, excerpt, shown } = conversation;
    if (!stream.peek().loaded) await this.open(conversation);
    if (!holds(shown.peek(), seq) && holds(stream.peek(), seq)) excerpt.value = null;
    if (holds(shown.peek(), seq)) return true;
    await this.#once(`around ${id} ${seq}`, () =>
      this.#busy(conversation, {}, async () => {
        const piece = await this.#piece(conversation, seq);
        if (piece) this.#options.conversations.place(conversation, piece);
      }),
    );
    return holds(shown.peek(), seq);
  }

  /* What was said first at a time or later; null: nothing.  Times follow the numbers. */
  async firstSince({ id, head }: Conversation, time: number): Promise<number | null> {
    const { chat } = this.#options;
    let [low, high] = [0, head.peek().last_seq]; // it is behind `low`, and nothing behind `high` is earlier
    while (low < high) {
      const middle = (low + high) >> 1;
      const [row] = (await chat.page(id, { after: middle }, 1)).messages;
      if (row && row.created_at < time) low = row.seq;
      else high = middle;
    }
    for (let after = low; ;) {
      const { messages, more } = await chat.page(id, { after }, PAGE);
      const found = messages.find(isReadable);
      if (found || !more) return found?.seq ?? null;
      after = messages.at(-1)?.seq ?? after;
    }
  }

  /* What is there of these kinds: the newest, or around what is shown. */
  shelf(conversation: Conversation, kinds: readonly MediaKind[], from: 'stream' | 'shown'): Shelf {
    const { chat, conversations } = this.#options;
    const piece = conversation[from].peek();
    return new Shelf({ me: conversations.me, chat, conversation, kinds }, piece);
  }

  toNewest({ excerpt }: Conversation): void {
    excerpt.value = null;
  }

  /* However far somebody scrolls, what is kept stays bounded: the rows around the one in sight, or
   * the newest ones. */
  bound(conversation: Conversation, seq: number | null): void {
    const { id, stream, excerpt, shown } = conversation;
    if (seq === null) this.#held.delete(id);
    else this.#held.set(id, seq);
    if (shown.peek().rows.length <= MOST_SHOWN) return;
    const piece = cut(shown.peek(), seq ?? Infinity, KEEP_SHOWN);
    const newest = excerpt.peek() === null && piece.last === stream.peek().last;
    if (!newest) excerpt.value = piece;
    this.#options.conversations.trimStream(conversation, newest ? KEEP_SHOWN : KEEP_CACHED);
  }

  #prepend(conversation: Conversation, first: number | undefined, page: Page): void {
    const { conversations } = this.#options;
    if (conversation.shown.peek().rows[0]?.seq !== first) return; // another piece is shown by now
    const excerpt = conversation.excerpt.peek();
    if (excerpt) conversations.place(conversation, prepend(excerpt, page, conversations.me));
    else conversations.prepend(conversation, page);
  }

  /* Fetches what lies between the loaded rows and the end of the stream. */
  catchUp(conversation: Conversation): Promise<void> {
    return this.#once(`after ${conversation.id}`, () =>
      this.#busy(conversation, {}, () => this.#missing(conversation)),
    );
  }

  /* A conversation that is out of sight keeps its newest rows only. */
  close(conversation: Conversation): void {
    this.#held.delete(conversation.id);
    this.toNewest(conversation);
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

  /* Begins anew at the end; somebody who reads further up stays where they are. */
  async #newest(conversation: Conversation): Promise<void> {
    const { conversations, chat } = this.#options;
    const stream = fromNewest(await chat.page(conversation.id, {}, PAGE));
    const held = this.#held.get(conversation.id);
    const piece = held === undefined ? null : await this.#piece(conversation, held);
    const { last_seq } = conversation.head.peek();
    conversations.replaceStream(
      conversation,
      stream.rows.length > 0 ? stream : { ...stream, last: last_seq },
    );
    if (piece) conversations.place(conversation, piece);
  }

  /* A row as the server has it now, with what stands around it; null: it is not there for me. */
  async #piece({ id }: Conversation, seq: number): Promise<Stream | null> {
    const after = Math.max(0, seq - CONTEXT - 1);
    const piece = fromMiddle(await this.#options.chat.page(id, { after }, 2 * CONTEXT), after);
    return holds(piece, seq) ? piece : null;
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
