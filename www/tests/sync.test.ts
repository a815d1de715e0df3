import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { signal } from '@preact/signals-core';
import type { SocialApi } from '../src/api/social';
import { Connection } from '../src/store/connection';
import { ContactBook } from '../src/store/contacts';
import { Conversations } from '../src/store/conversations';
import { History } from '../src/store/history';
import { Outbox } from '../src/store/outbox';
import { Receipts } from '../src/store/receipts';
import { SyncEngine } from '../src/store/sync';
import { FakeEnvironment, FakeServer, FakeSockets, FakeTimers, MemoryCache, noNetwork, refusal } from './fakes';

const ME = 1;
const EMPTY_SOCIAL = {
  friends: () => Promise.resolve([]), requests: () => Promise.resolve([]), notifications: () => Promise.resolve([]),
} as unknown as SocialApi;

function setUp() {
  const timers = new FakeTimers();
  const server = new FakeServer(ME);
  const sockets = new FakeSockets();
  const environment = new FakeEnvironment();
  const cache = new MemoryCache();
  const connection = new Connection();
  const conversations = new Conversations(ME, cache);
  const history = new History({ chat: server.chat, cache, conversations });
  const contacts = new ContactBook({ me: signal(null), social: EMPTY_SOCIAL, cache });
  const receipts = new Receipts({ chat: server.chat, timers });
  const arrivals: number[] = [];
  let keys = 0;
  const outbox = new Outbox({
    chat: server.chat, cache, timers, newKey: () => `mine-${++keys}`,
    onSent: async (sent) => {
      const conversation = conversations.get(sent.conversation_id);
      if (conversations.receive(sent) === 'gap' && conversation) await history.catchUp(conversation);
    },
  });
  // As the HTTP client does, the world is told whether the server was reached.
  const watched = <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) => async (...args: Args): Promise<T> => {
    try {
      const answer = await work(...args);
      connection.reach.value = 'ok';
      return answer;
    } catch (error) {
      connection.reach.value = error === noNetwork ? 'offline' : 'unavailable';
      throw error;
    }
  };
  const engine = new SyncEngine({
    chat: { sync: watched((etag: string | null) => server.chat.sync(etag)), liveTicket: watched(() => server.chat.liveTicket()) },
    connection, outbox, environment, timers, openSocket: sockets.open,
    context: { me: ME, conversations, history, contacts, receipts, onArrival: ({ seq }) => { arrivals.push(seq); } },
  });
  const live = (seq: number): void => { sockets.last.frame({ event: 'message', ...server.rows[seq - 1] }); };
  const open = async () => {
    const conversation = conversations.get(7);
    if (!conversation) throw new Error('conversation 7 is not known');
    await history.open(conversation);
    return conversation;
  };
  const shown = (): number[] => conversations.get(7)?.stream.value.rows.map(({ seq }) => seq) ?? [];
  return { timers, server, sockets, environment, cache, connection, conversations, history, outbox, engine, arrivals, live, open, shown };
}

let world: ReturnType<typeof setUp>;
beforeEach(() => { world = setUp(); });

async function connected(): Promise<void> {
  world.engine.start();
  await world.timers.advance(0);
  world.sockets.last.welcome();
  await world.timers.advance(0);
}

/* Time passes while the server keeps the connection alive. */
async function liveFor(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 25_000) {
    await world.timers.advance(Math.min(left, 25_000));
    world.sockets.last.frame({ op: 'ping' });
  }
}

test('starts with a sync and becomes live', async () => {
  world.server.write(2, 'a', 'hi');
  await connected();
  assert.equal(world.connection.state.value, 'live');
  assert.equal(world.conversations.get(7)?.head.value.unread, 1);
  await world.timers.advance(500);
  assert.equal(world.server.deliveredSeq, 1, 'what arrived is acknowledged as delivered');
  assert.equal(world.server.readSeq, 0, 'and is not read by that');
});

test('live rows are applied in order, repeated ones once', async () => {
  await connected();
  await world.open();
  for (const key of ['a', 'b', 'c']) world.server.write(2, key, key);
  for (const seq of [1, 2, 2, 1, 3, 3]) world.live(seq);
  await world.timers.advance(0);
  assert.deepEqual(world.shown(), [1, 2, 3]);
  assert.deepEqual(world.arrivals, [1, 2, 3]);
  assert.equal(world.conversations.get(7)?.head.value.unread, 3);
});

test('a gap is filled from the server', async () => {
  await connected();
  await world.open();
  for (const key of ['a', 'b', 'c']) world.server.write(2, key, key);
  world.live(3);
  await world.timers.advance(0);
  assert.deepEqual(world.shown(), [1, 2, 3]);
});

test('a row of an unknown conversation makes it known', async () => {
  const { sync } = world.server.chat;
  let hidden = true; // the conversation does not exist yet
  world.server.chat.sync = async (etag) => {
    const answer = await sync(etag);
    if (answer && hidden) answer.sync.conversations = [];
    return answer;
  };
  await connected();
  assert.equal(world.conversations.get(7), undefined);
  hidden = false;
  world.sockets.last.frame({ event: 'message', ...world.server.write(2, 'a', 'hi') });
  await world.timers.advance(0);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, 1);
});

test('a conversation that is no longer in the answer is gone', async () => {
  world.server.write(2, 'a', 'hi');
  await connected();
  const { sync } = world.server.chat;
  world.server.chat.sync = async () => {
    const answer = await sync(null);
    if (answer) answer.sync.conversations = [];
    return answer;
  };
  world.engine.sync();
  await world.timers.advance(0);
  assert.equal(world.conversations.get(7), undefined);
});

test('far behind, the newest page replaces what is loaded', async () => {
  world.server.write(2, 'first', 'first');
  await connected();
  await world.open();
  for (let i = 0; i < 1000; i += 1) world.server.write(2, `k${i}`, 'x');
  const before = world.server.pages;
  world.live(1001);
  await world.timers.advance(0);
  assert.equal(world.shown().at(-1), 1001);
  assert.equal(world.shown().length, 50);
  assert.ok(world.server.pages - before <= 2);
});

test('resync, coming back and the network being back all ask the server', async () => {
  await connected();
  const ask = async (cause: () => void): Promise<boolean> => {
    const before = world.server.syncs;
    cause();
    await world.timers.advance(0);
    return world.server.syncs > before;
  };
  assert.ok(await ask(() => { world.sockets.last.frame({ event: 'resync' }); }));
  assert.ok(await ask(() => { world.environment.tell('attention'); }));
  assert.ok(await ask(() => { world.environment.tell('online'); }));
  const before = world.server.syncs;
  await liveFor(121_000);
  assert.equal(world.server.syncs, before + 1, 'and every two minutes in any case');
});

test('without live it polls and says so, and stops polling when live is back', async () => {
  world.engine.start();
  await world.timers.advance(0);
  world.sockets.last.listener.closed(1006);
  await world.timers.advance(5000);
  assert.equal(world.connection.state.value, 'polling');
  world.server.write(2, 'a', 'hi');
  await world.timers.advance(3000);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, 1);
  const opened = world.sockets.all.length;
  await world.timers.advance(60_000);
  assert.ok(world.sockets.all.length > opened, 'live is tried again meanwhile');
  world.sockets.last.welcome();
  await world.timers.advance(0);
  assert.equal(world.connection.state.value, 'live');
  const before = world.server.syncs;
  await liveFor(100_000);
  assert.equal(world.server.syncs, before);
});

test('polls less when idle, and least when hidden', async () => {
  const rate = async (): Promise<number> => {
    const before = world.server.syncs;
    await world.timers.advance(300_000);
    return world.server.syncs - before;
  };
  world.server.chat.liveTicket = () => Promise.reject(refusal(404, 'not_found'));
  world.engine.start();
  await world.timers.advance(0);
  const inUse = await rate();
  world.environment.inputAt = 0;
  const idle = await rate();
  world.environment.isVisible = false;
  const hidden = await rate();
  assert.ok(inUse > 2 * idle && idle > 2 * hidden && hidden > 0, `${inUse} ${idle} ${hidden}`);
});

test('says what is wrong: offline, or a server that cannot answer', async () => {
  await connected();
  world.server.down = noNetwork;
  world.sockets.last.listener.closed(1006);
  await world.timers.advance(5000);
  assert.equal(world.connection.state.value, 'offline');
  world.server.down = refusal(503, 'unavailable');
  await world.timers.advance(30_000);
  assert.equal(world.connection.state.value, 'unavailable');
});

test('what was written while the server was away is sent when it is back', async () => {
  await connected();
  await world.open();
  world.server.down = noNetwork;
  world.sockets.last.listener.closed(1006);
  await world.outbox.add(7, 'one');
  await world.outbox.add(7, 'two');
  await world.timers.advance(120_000);
  world.server.down = null;
  await world.timers.advance(25_000);
  assert.deepEqual(world.server.rows.map((row) => row.body?.['text']), ['one', 'two']);
  assert.deepEqual(world.shown(), [1, 2]);
});

test('whatever is lost, repeated or late, the client ends with what the server has', async () => {
  const random = seeded(20_231_123);
  await connected();
  await world.open();
  for (let round = 0; round < 400; round += 1) {
    const dice = random();
    if (dice < 0.5) world.server.write(2, `k${round}`, 'x');
    else if (dice < 0.6) void world.outbox.add(7, `m${round}`);
    else if (dice < 0.65) world.sockets.last.listener.closed(1006);
    else if (dice < 0.8 && world.server.rows.length > 0) world.live(1 + Math.floor(random() * world.server.rows.length));
    else if (dice < 0.95 && world.server.rows.length > 0) world.live(world.server.rows.length);
    else world.server.down = world.server.down ? null : noNetwork;
    if (random() < 0.4) await world.timers.advance(Math.floor(random() * 2000));
    const socket = world.sockets.last;
    if (!socket.closed && socket.sent.length === 0) socket.welcome(`s${round}`, false);
  }
  world.server.down = null;
  await world.timers.advance(180_000);
  const newest = world.server.rows.map(({ seq }) => seq);
  assert.deepEqual(world.shown(), newest.slice(-world.shown().length));
  assert.ok(world.shown().length > 0);
  assert.equal(world.outbox.entries.value.length, 0);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, world.server.rows.length);
  assert.equal(world.conversations.get(7)?.head.value.unread, world.server.rows.length - world.server.readSeq);
});

/* The same "chance" in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
