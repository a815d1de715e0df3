import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Api } from '../src/api';
import type { Credentials, Me, Welcome } from '../src/api/account';
import { SessionEnded } from '../src/api/errors';
import { NO_CACHE, type Cache } from '../src/store/cache';
import { Connection } from '../src/store/connection';
import { Session, type TabNews } from '../src/store/session';
import {
  FakeEnvironment,
  FakeServer,
  FakeSockets,
  FakeTimers,
  noNetwork,
  PEER,
  settle,
} from './fakes';

const person = (id: number): Me => ({
  ...PEER,
  id,
  username: `u${id}`,
  phone: null,
  email: null,
  findable_by_username: true,
  findable_by_phone: true,
  findable_by_email: true,
  takes_requests: true,
  sends_read_receipts: true,
  shows_presence: true,
  sends_typing: true,
});

/* One browser with one tab: what it keeps, what it tells other tabs, whom its cookie belongs to. */
class FakeBrowser {
  readonly timers = new FakeTimers();
  readonly told: TabNews[] = [];
  readonly caches = new Map<number, Me | null>(); // whose is there, and what it knows of them
  readonly apis: { closed: boolean; expected: number | null; onEnded: () => void }[] = [];
  cookie: number | null = null;
  hint: number | null = null;
  failure: Error | null = null;
  readonly erasing = new Set<number>();
  held: Promise<void> = Promise.resolve(); // how long logging in and out take
  tell: (news: TabNews) => void = () => undefined;

  readonly session = new Session({
    world: {
      connect: (onEnded) => this.#connect(onEnded),
      environment: new FakeEnvironment(),
      room: null,
      timers: this.timers,
      openSocket: new FakeSockets().open,
      newKey: () => 'key',
      exclusive: (_, work) => work(),
      connection: new Connection(),
      goneName: () => 'gone',
    },
    openCache: (user) => Promise.resolve(this.#cache(user)),
    tabs: {
      tell: (news) => this.told.push(news),
      listen: (listener) => {
        this.tell = listener;
      },
    },
    device: 'test',
    lastUser: {
      get: () => this.hint,
      set: (id) => {
        this.hint = id;
      },
    },
  });

  #connect(onEnded: () => void): Api {
    const state = { closed: false, expected: null as number | null, onEnded };
    this.apis.push(state);
    const logIn = async ({
      login,
    }: Credentials): Promise<Pick<Welcome, 'user' | 'erasing_cancelled'>> => {
      await this.held;
      this.cookie = Number(login);
      const erasing_cancelled = this.erasing.delete(this.cookie);
      return { user: person(this.cookie), erasing_cancelled };
    };
    const erase = async (): Promise<number | null> => {
      await this.held;
      if (this.cookie !== null) this.erasing.add(this.cookie);
      this.cookie = null;
      return 1234;
    };
    const me = (): Promise<Me> => {
      if (this.failure) return Promise.reject(this.failure);
      if (this.cookie !== null && this.cookie === state.expected)
        return Promise.resolve(person(this.cookie));
      onEnded();
      return Promise.reject(new SessionEnded());
    };
    return {
      authority: {
        expect: (id: number) => {
          state.expected = id;
        },
        close: () => {
          state.closed = true;
        },
      },
      account: { me, logIn, erase, logOut: () => this.held.then(() => Promise.reject(noNetwork)) },
      social: {
        friends: () => Promise.resolve([]),
        requests: () => Promise.resolve([]),
        blocks: () => Promise.resolve([]),
      },
      chat: new FakeServer().chat,
    } as unknown as Api;
  }

  #cache(user: number): Cache {
    if (!this.caches.has(user)) this.caches.set(user, null);
    return {
      ...NO_CACHE,
      snapshot: async () => ({ ...(await NO_CACHE.snapshot()), me: this.caches.get(user) ?? null }),
      putMe: (me) => this.caches.set(user, me),
      destroy: () => {
        this.caches.delete(user);
        return Promise.resolve();
      },
    };
  }
}

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});
const state = (): [string, number | undefined] => [
  browser.session.state.value,
  browser.session.user.value?.id,
];

test('nobody was here: out at once, and the server is not asked', async () => {
  await browser.session.start();
  assert.deepEqual(state(), ['out', undefined]);
  assert.equal(browser.apis.length, 0);
});

test('logging in tells the other tabs and is remembered', async () => {
  await browser.session.start();
  await browser.session.logIn({ login: '5', password: 'secret' });
  assert.deepEqual(state(), ['in', 5]);
  assert.equal(browser.hint, 5);
  assert.deepEqual(browser.told, [{ kind: 'in', user: 5 }]);
});

test('with a cache one is in before the server has answered', async () => {
  Object.assign(browser, { hint: 5, failure: noNetwork });
  browser.caches.set(5, person(5));
  await browser.session.start();
  assert.deepEqual(state(), ['in', 5]);
});

test('without a cache and without a network it keeps trying', async () => {
  Object.assign(browser, { hint: 5, cookie: 5, failure: noNetwork });
  await browser.session.start();
  assert.deepEqual(state(), ['starting', undefined]);
  browser.failure = null;
  await browser.timers.advance(2000);
  assert.deepEqual(state(), ['in', 5]);
});

test('logging out leaves nothing, even when the server cannot be told', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  await browser.session.logOut();
  assert.deepEqual(state(), ['out', undefined]);
  assert.equal(browser.hint, null);
  assert.equal(browser.caches.size, 0);
  assert.ok(browser.apis.every(({ closed }) => closed));
  assert.deepEqual(browser.told.at(-1), { kind: 'out', user: 5 });
});

test('an ended session leaves nothing, and says so', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  browser.apis.at(-1)?.onEnded();
  await settle();
  assert.deepEqual(state(), ['out', undefined]);
  assert.equal(browser.session.ended.value, true);
  assert.equal(browser.caches.size, 0);
  assert.deepEqual(browser.told.at(-1), { kind: 'ended', user: 5 });
});

test('another tab hears that the session ended: this one asks, and ends if it is so', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  Object.assign(browser.apis.at(-1) ?? {}, { expected: 5 });
  browser.tell({ kind: 'ended', user: 5 });
  await settle();
  assert.deepEqual(state(), ['in', 5], 'that was an earlier session');
  browser.cookie = null;
  browser.tell({ kind: 'ended', user: 5 });
  await settle();
  assert.deepEqual(state(), ['out', undefined]);
  assert.equal(browser.session.ended.value, true);
});

test('a cookie that is no longer good ends in the login', async () => {
  Object.assign(browser, { hint: 5, cookie: null });
  await browser.session.start();
  await settle();
  assert.deepEqual(state(), ['out', undefined]);
  assert.equal(browser.hint, null);
});

test('another tab logs out, and somebody else in: this tab follows, before it sees the hint', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  browser.tell({ kind: 'out', user: 5 });
  await settle();
  assert.deepEqual(state(), ['out', undefined]);
  Object.assign(browser, { cookie: 6, hint: null });
  browser.tell({ kind: 'in', user: 6 });
  await settle();
  assert.deepEqual(state(), ['in', 6]);
});

test('what ends late of an earlier login does not end the later one', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  const [earlier] = browser.apis;
  await browser.session.logOut();
  await browser.session.logIn({ login: '6', password: 'secret' });
  earlier?.onEnded();
  await settle();
  assert.deepEqual(state(), ['in', 6]);
  assert.equal(browser.hint, 6);
});

test('another tab logs the same person in: this tab goes on in the new session', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  const [earlier] = browser.apis;
  browser.tell({ kind: 'in', user: 5 });
  await settle();
  earlier?.onEnded(); // the old session was ended, which is why they logged in
  await settle();
  assert.deepEqual(state(), ['in', 5]);
  assert.equal(earlier?.closed, true);
  assert.equal(browser.caches.size, 1, 'what is kept here was not thrown away');
});

test('two tabs log in at once: the answer that came last has the cookie, and both follow it', async () => {
  let release = (): void => undefined;
  browser.held = new Promise((resolve) => {
    release = resolve;
  });
  const loggingIn = browser.session.logIn({ login: '5', password: 'secret' });
  browser.cookie = 6;
  browser.tell({ kind: 'in', user: 6 });
  await settle();
  assert.deepEqual(state(), ['in', 6]);
  release();
  await loggingIn;
  assert.deepEqual(state(), ['in', 5]);
  assert.deepEqual(browser.told, [{ kind: 'in', user: 5 }]);
});

test('somebody else logs in while this tab logs out: they stay in', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  let release = (): void => undefined;
  browser.held = new Promise((resolve) => {
    release = resolve;
  });
  const loggingOut = browser.session.logOut();
  browser.cookie = 6;
  browser.tell({ kind: 'in', user: 6 });
  await settle();
  release();
  await loggingOut;
  assert.deepEqual(state(), ['in', 6]);
});

test('two tabs tell of two people: the later one counts', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  browser.cookie = 7;
  browser.tell({ kind: 'in', user: 6 });
  browser.tell({ kind: 'in', user: 7 });
  await settle();
  assert.deepEqual(state(), ['in', 7]);
});

test('an account that is erased ends here, says until when, and logging in keeps it', async () => {
  await browser.session.logIn({ login: '5', password: 'secret' });
  assert.equal(browser.session.kept.value, false);
  await browser.session.erase('secret');
  assert.deepEqual(state(), ['out', undefined]);
  assert.deepEqual(browser.session.farewell.value, { at: 1234 });
  assert.deepEqual(browser.told.at(-1), { kind: 'out', user: 5 });
  assert.equal(browser.caches.has(5), false);
  await browser.session.logIn({ login: '5', password: 'secret' });
  assert.equal(browser.session.farewell.value, null);
  assert.equal(browser.session.kept.value, true);
});
