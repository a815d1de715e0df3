/* The engine that keeps the store equal to the server: live events while they can be had, polling
 * while they cannot, and a look at everything now and then in any case. */
import type { Signal } from '@preact/signals-core';
import type { ChatApi, LiveTicket, Sync } from '../api/chat';
import { ApiError } from '../api/errors';
import type { Connection } from './connection';
import { backOff, jitter, type Change, type Environment, type Timers } from './environment';
import { applyEvent, type EventContext } from './events';
import type { Lead } from './lead';
import type { LiveState, OpenSocket } from './live';
import type { Windows } from './message_rights';
import type { Outbox } from './outbox';
import { PollFile } from './poll_file';
import { SharedLive } from './shared_live';

export interface SyncOptions {
  chat: Pick<ChatApi, 'sync' | 'liveTicket' | 'poll'>;
  context: Omit<EventContext, 'sync'>;
  connection: Connection;
  windows: Signal<Windows>;
  outbox: Outbox;
  environment: Environment;
  timers: Timers;
  openSocket: OpenSocket;
  lead: Lead;
}

const POLL_AFTER_MS = 2500; // without live for so long: poll
const POLL_IN_USE_MS = 2500;
const POLL_IDLE_MS = 10_000;
const POLL_HIDDEN_MS = 45_000;
const IDLE_AFTER_MS = 120_000;
const LOOK_AROUND_MS = 120_000; // with live
const LISTS_EVERY = 12; // polls
const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 20_000;

export class SyncEngine {
  readonly #options: SyncOptions;
  readonly #context: EventContext;
  readonly #live: SharedLive;
  readonly #pollFile: PollFile;
  #etag: string | null = null;
  #askedAt = 0;
  #running = false;
  #again = false;
  #failures = 0;
  #polls = 0;
  #cancelNext: (() => void) | null = null;
  #cancelFallback: (() => void) | null = null;
  #unwatch: (() => void) | null = null;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#context = {
      ...options.context,
      sync: () => {
        this.sync();
      },
    };
    this.#pollFile = new PollFile(options.chat);
    this.#live = new SharedLive({
      lead: options.lead,
      ticket: (): Promise<LiveTicket> => options.chat.liveTicket(),
      openSocket: options.openSocket,
      timers: options.timers,
      onEvent: (event) => {
        applyEvent(this.#context, event);
      },
      onState: (state) => {
        this.#liveChanged(state);
      },
    });
  }

  start(): void {
    const { environment, connection } = this.#options;
    connection.online.value = environment.online();
    this.#unwatch = environment.watch((change) => {
      this.#worldChanged(change);
    });
    this.sync();
    this.#refreshLists();
    this.#live.start();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#live.stop();
    this.#cancelNext?.();
    this.#cancelFallback?.();
  }

  typing(conversation: number): void {
    this.#live.typing(conversation);
  }

  /* Asks the server how everything is; when it is asking already, once more after that.
   * `regular`: nothing tells that there is something new. */
  sync(regular = false): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#cancelNext?.();
    this.#cancelNext = null;
    void this.#ask(regular)
      .then(
        () => {
          this.#succeeded();
          return null;
        },
        (error: unknown) => {
          this.#failures += 1;
          return error;
        },
      )
      .then((error) => {
        this.#running = false;
        if (this.#unwatch === null) return; // stopped meanwhile
        if (this.#again) {
          this.#again = false;
          this.sync();
        } else {
          this.#schedule(error);
        }
      });
  }

  #succeeded(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    this.#options.outbox.kick();
    this.#refreshLists();
  }

  /* What is no part of /chat/sync. */
  #refreshLists(): void {
    void this.#context.contacts.refresh();
    this.#context.joining.refresh();
  }

  async #ask(regular: boolean): Promise<void> {
    // Asked in any case, so that what happens from now on is known as new.
    const quiet = this.#options.connection.polling.peek() && (await this.#pollFile.quiet());
    if (!(quiet && regular && !this.#stale())) await this.#askAll();
  }

  /* Whoever is here gets a look around now and then, should the news of something be lost. */
  #stale(): boolean {
    const { environment, timers } = this.#options;
    const here = environment.visible() && timers.now() - environment.lastInput() <= IDLE_AFTER_MS;
    return here && timers.now() - this.#askedAt > LOOK_AROUND_MS;
  }

  async #askAll(): Promise<void> {
    const { conversations, drafts, notifications } = this.#context;
    const generation = conversations.beginSync();
    const version = notifications.version();
    const answer = await this.#options.chat.sync(this.#etag);
    if (this.#options.connection.polling.peek()) {
      this.#polls += 1;
      if (this.#polls % LISTS_EVERY === 0) this.#refreshLists();
    }
    this.#askedAt = this.#options.timers.now();
    if (answer) {
      const { edit_window: edit, recall_window: recall } = answer.sync;
      this.#options.windows.value = { edit, recall };
    }
    notifications.synced(answer?.sync.notifications_unread ?? null, version);
    if (answer !== null) this.#adopt(answer, generation);
    drafts.kick();
  }

  #adopt({ sync, etag }: { sync: Sync; etag: string | null }, generation: number): void {
    const { conversations, drafts, moments, momentNews } = this.#context;
    const { server_time, conversations: heads, moments_new, moments_unread } = sync;
    this.#etag = etag;
    this.#pollFile.found(sync.poll_url ?? null);
    drafts.synced(server_time);
    moments.synced(moments_new);
    momentNews.synced(moments_unread);
    for (const head of heads) drafts.adopt(head);
    if (!conversations.adoptAll(heads, generation)) {
      this.#etag = null;
      this.#again = true;
    }
    this.#takeDelivery();
  }

  /* What the heads say has arrived here; streams that somebody looked at are completed. */
  #takeDelivery(): void {
    const { conversations, history, receipts, me } = this.#context;
    for (const conversation of conversations.all.peek().values()) {
      const { last_seq, last_message, unread } = conversation.head.peek();
      const stream = conversation.stream.peek();
      if (stream.loaded && stream.last < last_seq) void history.catchUp(conversation);
      if (unread > 0 && last_message?.sender_id !== me)
        receipts.delivered(conversation.id, last_seq);
    }
  }

  #schedule(error: unknown): void {
    const wait = error === null ? this.#pause() : this.#pauseAfter(error);
    this.#cancelNext = this.#options.timers.after(wait, () => {
      this.sync(true);
    });
  }

  #pause(): number {
    const { connection, environment, timers } = this.#options;
    if (!connection.polling.peek()) return jitter(timers, LOOK_AROUND_MS);
    if (!environment.visible()) return jitter(timers, POLL_HIDDEN_MS);
    const idle = timers.now() - environment.lastInput() > IDLE_AFTER_MS;
    return jitter(timers, idle ? POLL_IDLE_MS : POLL_IN_USE_MS);
  }

  #pauseAfter(error: unknown): number {
    const wait = backOff(
      this.#options.timers,
      this.#failures - 1,
      FIRST_RETRY_MS,
      SLOWEST_RETRY_MS,
    );
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    return Math.max(wait, asked);
  }

  #liveChanged(state: LiveState): void {
    const { connection, outbox, timers } = this.#options;
    connection.live.value = state;
    if (state === 'ready') {
      this.#cancelFallback?.();
      this.#cancelFallback = null;
      connection.polling.value = false;
      this.sync(); // a resumed session missed nothing, and a 304 costs nothing: one rule for both
      this.#refreshLists();
      outbox.kick();
    } else if (state === 'unoffered') {
      this.#startPolling();
    } else if (state !== 'stopped' && !connection.polling.peek()) {
      this.#cancelFallback ??= timers.after(POLL_AFTER_MS, () => {
        this.#startPolling();
      });
    }
  }

  #startPolling(): void {
    this.#cancelFallback?.();
    this.#cancelFallback = null;
    if (this.#options.connection.polling.peek()) return;
    this.#options.connection.polling.value = true;
    this.sync();
  }

  #worldChanged(change: Change): void {
    const { environment, connection, outbox } = this.#options;
    connection.online.value = environment.online();
    if (change === 'offline') return;
    if (change === 'attention' && !environment.visible()) return this.#context.drafts.kick();
    if (change === 'input' && !connection.polling.peek()) return;
    this.sync();
    if (change === 'input') return;
    this.#live.nudge();
    outbox.kick();
  }
}
