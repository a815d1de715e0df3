/* Being logged in, or not: starts from what the last visit left, and ends everywhere at once. */
import { signal, type Signal } from '@preact/signals-core';
import type { Me, Registration } from '../api/account';
import { SessionEnded } from '../api/errors';
import { NO_CACHE, type Cache, type OpenCache } from './cache';
import { backOff } from './environment';
import { UserStore, type World } from './user_store';

export type SessionState = 'starting' | 'out' | 'in';

/* Other tabs of this browser. */
export interface Tabs {
  tell(news: TabNews): void;
  listen(listener: (news: TabNews) => void): void;
}

export interface TabNews {
  kind: 'in' | 'out';
  user: number;
}

export interface SessionOptions {
  world: World;
  openCache: OpenCache;
  tabs: Tabs;
  device: string; // what this browser is called in the list of devices
  /* Who was logged in here last: not a secret, only a hint where to look. */
  lastUser: { get(): number | null; set(id: number | null): void };
}

export class Session {
  readonly state: Signal<SessionState> = signal('starting');
  readonly user: Signal<UserStore | null> = signal(null);
  /* It ended without being asked to, and the login screen says so. */
  readonly ended = signal(false);
  readonly #options: SessionOptions;
  #attempts = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    options.tabs.listen((news) => {
      void this.#heard(news);
    });
  }

  async start(): Promise<void> {
    const id = this.#options.lastUser.get();
    if (id === null) {
      this.state.value = 'out';
      return;
    }
    const cache = await this.#cache(id);
    const { authority, account } = this.#options.world.api;
    authority.expect(id);
    const { me } = await cache.snapshot();
    if (me) {
      await this.#enter(me, cache);
      void this.user
        .peek()
        ?.refreshMe()
        .catch(() => undefined);
      return;
    }
    try {
      await this.#enter(await account.me(), cache);
    } catch (error) {
      if (!(error instanceof SessionEnded)) this.#startLater();
    }
  }

  async register(registration: Registration): Promise<void> {
    const { device } = this.#options;
    await this.#welcome(
      await this.#options.world.api.account.register({ ...registration, device }),
    );
  }

  async logIn(login: string, password: string): Promise<void> {
    await this.#welcome(
      await this.#options.world.api.account.logIn(login, password, this.#options.device),
    );
  }

  /* Leaves this device even when the server cannot be told. */
  async logOut(): Promise<void> {
    await this.#options.world.api.account.logOut().catch(() => undefined);
    const id = this.user.peek()?.id;
    await this.#leave();
    if (id !== undefined) this.#options.tabs.tell({ kind: 'out', user: id });
  }

  /* The server says that this session is over. */
  async expired(): Promise<void> {
    this.ended.value = true;
    await this.#leave();
  }

  async #welcome(me: Me): Promise<void> {
    this.ended.value = false;
    this.#options.lastUser.set(me.id);
    this.#options.tabs.tell({ kind: 'in', user: me.id });
    await this.#enter(me, await this.#cache(me.id));
  }

  async #enter(me: Me, cache: Cache): Promise<void> {
    const snapshot = await cache.snapshot();
    const user = new UserStore(me.id, this.#options.world, cache);
    this.user.value = user;
    this.state.value = 'in';
    user.start(me, snapshot);
  }

  async #leave(): Promise<void> {
    const { lastUser, world } = this.#options;
    const user = this.user.peek();
    if (user === null || lastUser.get() === user.id) lastUser.set(null);
    world.api.authority.forget();
    this.user.value = null;
    this.state.value = 'out';
    await user?.stop(true);
  }

  async #heard(news: TabNews): Promise<void> {
    const id = this.user.peek()?.id;
    if (news.kind === 'out' && news.user === id) await this.#leave();
    if (news.kind === 'in' && news.user !== id) {
      // The cookie is another person's now: this tab follows.
      await this.user.peek()?.stop(false);
      this.user.value = null;
      this.#options.world.api.authority.forget();
      this.state.value = 'starting';
      await this.start();
    }
  }

  #cache(id: number): Promise<Cache> {
    return this.#options.openCache(id).catch(() => NO_CACHE);
  }

  /* Known by name only, and no server: try again, the screen says that we are connecting. */
  #startLater(): void {
    const { timers } = this.#options.world;
    timers.after(backOff(timers, this.#attempts, 1000, 15_000), () => {
      void this.start();
    });
    this.#attempts += 1;
  }
}
