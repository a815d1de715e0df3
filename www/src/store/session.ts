/* Being logged in, or not: starts from what the last visit left, and ends everywhere at once. */
import { signal, type Signal } from '@preact/signals-core';
import type { Api } from '../api';
import type { Credentials, Me, Registration } from '../api/account';
import { SessionEnded } from '../api/errors';
import type { LinkTarget } from '../api/joining';
import { NO_CACHE, type Cache, type OpenCache } from './cache';
import { backOff } from './environment';
import { UserStore } from './user_store';
import type { World } from './world';

export type SessionState = 'starting' | 'out' | 'in';

/* Other tabs of this browser. */
export interface Tabs {
  tell(news: TabNews): void;
  listen(listener: (news: TabNews) => void): void;
}

export interface TabNews {
  kind: 'in' | 'out' | 'ended'; // ended: the server says so
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
  /* The account was to be erased, and logging in has undone that. */
  readonly kept = signal(false);
  /* It was asked to be erased here: when that is, null: it is done. */
  readonly farewell: Signal<{ at: number | null } | null> = signal(null);
  readonly #options: SessionOptions;
  #api: Api | null = null; // of whoever is logged in, or is logging in
  #who: number | null = null;
  #attempts = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    options.tabs.listen((news) => {
      void this.#heard(news);
    });
  }

  async start(id = this.#options.lastUser.get()): Promise<void> {
    if (id === null) {
      this.state.value = 'out';
      return;
    }
    const api = this.#connect();
    this.#who = id;
    api.authority.expect(id);
    const cache = await this.#cache(id);
    const { me } = await cache.snapshot();
    if (me) {
      await this.#enter(me, api, cache);
      void this.user
        .peek()
        ?.refreshMe()
        .catch(() => undefined);
      return;
    }
    try {
      await this.#enter(await api.account.me(), api, cache);
    } catch (error) {
      if (!(error instanceof SessionEnded)) this.#startLater(id, api);
    }
  }

  async register(registration: Registration): Promise<void> {
    const api = this.#connect();
    const { device } = this.#options;
    await this.#welcome(await api.account.register({ ...registration, device }), api);
  }

  async logIn(credentials: Omit<Credentials, 'device'>): Promise<void> {
    const api = this.#connect();
    const { device } = this.#options;
    const welcome = await api.account.logIn({ ...credentials, device });
    await this.#welcome(welcome.user, api);
    if (this.#api === api) this.kept.value = welcome.erasing_cancelled === true;
  }

  /* The account goes, and with it all of its sessions. */
  async erase(password: string): Promise<void> {
    const api = this.#api;
    const id = this.user.peek()?.id;
    if (!api || id === undefined) return;
    const at = await api.account.erase(password);
    this.farewell.value = { at };
    if (this.#api === api) await this.#leave();
    this.#options.tabs.tell({ kind: 'out', user: id });
  }

  /* Where an invitation link leads, for somebody who is not logged in. */
  previewLink(token: string): Promise<LinkTarget> {
    const nobody = this.#options.world.connect(() => undefined);
    return nobody.joining.preview(token, false);
  }

  /* Leaves this device even when the server cannot be told. */
  async logOut(): Promise<void> {
    const api = this.#api;
    const id = this.user.peek()?.id;
    await api?.account.logOut().catch(() => undefined);
    if (this.#api !== api) return; // it ended meanwhile, or another tab logged somebody in
    await this.#leave();
    if (id !== undefined) this.#options.tabs.tell({ kind: 'out', user: id });
  }

  /* The server says that this session is over. */
  async #expired(): Promise<void> {
    const id = this.user.peek()?.id;
    this.ended.value = true;
    await this.#leave();
    if (id !== undefined) this.#options.tabs.tell({ kind: 'ended', user: id });
  }

  /* From here on the server is spoken to in one name only. */
  #connect(): Api {
    this.#api?.authority.close();
    const api = this.#options.world.connect(() => {
      if (this.#api === api) void this.#expired();
    });
    this.#api = api;
    return api;
  }

  async #welcome(me: Me, api: Api): Promise<void> {
    this.#options.lastUser.set(me.id);
    this.#options.tabs.tell({ kind: 'in', user: me.id });
    // Another tab logged in while this one did: the cookie is whose answer came last.
    if (this.#api !== api) return this.#follow(me.id);
    this.ended.value = false;
    this.farewell.value = null;
    this.#who = me.id;
    await this.#enter(me, api, await this.#cache(me.id));
  }

  async #enter(me: Me, api: Api, cache: Cache): Promise<void> {
    const snapshot = await cache.snapshot();
    if (this.#api !== api) return; // somebody else logged in meanwhile
    const user = new UserStore(me.id, api, this.#options.world, cache);
    this.user.value = user;
    this.state.value = 'in';
    user.start(me, snapshot);
  }

  async #leave(): Promise<void> {
    const { lastUser } = this.#options;
    const user = this.user.peek();
    if (lastUser.get() === this.#who) lastUser.set(null); // not when another tab's person is there
    this.#api?.authority.close();
    this.#api = null;
    this.#who = null;
    this.user.value = null;
    this.state.value = 'out';
    await user?.stop(true);
  }

  async #heard(news: TabNews): Promise<void> {
    if (news.kind === 'in') return this.#follow(news.user);
    const user = this.user.peek();
    if (news.user !== user?.id) return;
    if (news.kind === 'out') return this.#leave();
    // That tab's session may have been an earlier one: the server knows.
    await user.refreshMe().catch(() => undefined);
  }

  /* The cookie is of a new session, maybe another person's: this tab goes on in it.  It is told
   * whose that is: what the other tab has stored may not be seen here yet. */
  async #follow(id: number): Promise<void> {
    const user = this.user.peek();
    const api = this.#connect(); // nothing goes out in the old name from here on
    this.ended.value = false;
    this.state.value = 'starting';
    this.user.value = null;
    await user?.stop(false);
    if (this.#api === api) await this.start(id);
  }

  #cache(id: number): Promise<Cache> {
    return this.#options.openCache(id).catch(() => NO_CACHE);
  }

  /* Known by name only, and no server: try again, the screen says that we are connecting. */
  #startLater(id: number, api: Api): void {
    const { timers } = this.#options.world;
    timers.after(backOff(timers, this.#attempts, 1000, 15_000), () => {
      if (this.#api === api) void this.start(id);
    });
    this.#attempts += 1;
  }
}
