/* Several tabs of one person: one connection, the same events, one sender. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeTabs, type FakeTab } from './fake_room';
import { FakeServer, FakeTimers, noNetwork, refusal } from './fakes';
import { makeWorld, type World } from './world';

let timers: FakeTimers;
let server: FakeServer;
let tabs: FakeTabs;
beforeEach(() => {
  timers = new FakeTimers();
  server = new FakeServer();
  tabs = new FakeTabs();
  for (const text of ['1', '2']) server.write(2, `b${text}`, text);
});

async function open(): Promise<{ world: World; tab: FakeTab }> {
  const tab = tabs.open();
  const world = makeWorld(undefined, server, { room: tab, timers });
  world.engine.start();
  await timers.advance(0);
  return { world, tab };
}

/* The first one leads, and is connected. */
async function openTwo() {
  const [one, two] = [await open(), await open()];
  one.world.sockets.last.welcome();
  await timers.advance(0);
  await one.world.open();
  await two.world.open();
  return { one, two };
}

const states = (...worlds: World[]) => worlds.map(({ connection }) => connection.live.value);

test('only one connects, and all are live', async () => {
  const { one, two } = await openTwo();
  assert.deepEqual(states(one.world, two.world), ['ready', 'ready']);
  assert.equal(one.world.sockets.all.length, 1);
  assert.equal(two.world.sockets.all.length, 0);
  const three = await open();
  assert.deepEqual(states(three.world), ['ready']);
});

test('all get every event once, and it is acknowledged also by those that follow', async () => {
  const { one, two } = await openTwo();
  server.write(2, 'b3', '3');
  one.world.live(3);
  await timers.advance(0);
  assert.deepEqual(one.world.shown(), [1, 2, 3]);
  assert.deepEqual(two.world.shown(), [1, 2, 3]);
  assert.deepEqual([one.world.arrivals, two.world.arrivals], [[3], [3]]);
  await timers.advance(1000);
  const acks = one.world.sockets.last.sent.filter(({ op }) => op === 'ack');
  assert.deepEqual(acks, [{ op: 'ack', received: 1 }]);
});

test('what is unread is the same everywhere', async () => {
  const { one, two } = await openTwo();
  const unread = () => [one, two].map(({ world }) => world.conversations.unread.value);
  assert.deepEqual(unread(), [2, 2]);
  two.world.conversations.read(7, 2);
  one.world.sockets.last.frame({
    event: 'receipt',
    conversation_id: 7,
    user_id: 1,
    read_seq: 2,
    delivered_seq: 2,
  });
  await timers.advance(0);
  assert.deepEqual(unread(), [0, 0]);
});

test('typing is told through the one that leads', async () => {
  const { one, two } = await openTwo();
  two.world.engine.typing(7);
  await timers.advance(0);
  assert.deepEqual(one.world.sockets.last.sent.at(-1), { op: 'typing', conversation: 7 });
});

test('the one that leads is closed: the next resumes its session, and nothing comes twice', async () => {
  const { one, two } = await openTwo();
  server.write(2, 'b3', '3');
  one.world.live(3);
  await timers.advance(0);
  one.tab.close();
  await timers.advance(0);
  assert.equal(one.world.sockets.last.closeCode, 3000, 'the session waits');
  const socket = two.world.sockets.last;
  socket.listener.opened();
  assert.deepEqual(socket.sent.at(-1)?.['resume'], { session: 's1', received: 1 });
  socket.welcome('s1', true);
  server.write(2, 'b4', '4');
  two.world.live(4);
  await timers.advance(0);
  assert.deepEqual(two.world.shown(), [1, 2, 3, 4]);
  assert.deepEqual(states(two.world), ['ready']);
});

test('the one that leads is stopped: another takes over, and it follows when it wakes', async () => {
  const { one, two } = await openTwo();
  one.tab.stop();
  two.world.environment.tell('attention');
  await timers.advance(4000);
  two.world.sockets.last.welcome('s1', true);
  await timers.advance(0);
  server.write(2, 'b3', '3');
  two.world.live(3);
  await timers.advance(0);
  one.tab.wake();
  await timers.advance(0);
  assert.deepEqual(one.world.shown(), [1, 2, 3]);
  assert.equal(one.world.sockets.all.length, 1, 'it did not connect again');
  assert.deepEqual(states(one.world, two.world), ['ready', 'ready']);
});

test('a follower that missed something looks at everything', async () => {
  const { one, two } = await openTwo();
  const before = server.syncs;
  two.tab.hear({
    leads: true,
    message: {
      kind: 'event',
      session: { id: 's1', received: 5 },
      event: { event: 'presence', user_id: 2, online: true, last_seen_at: null },
    },
  });
  await timers.advance(0);
  assert.equal(server.syncs, before + 1);
  assert.equal(one.world.sockets.all.length, 1);
});

test('a message is shown in all tabs while it waits, and sent by one', async () => {
  const { one, two } = await openTwo();
  server.down = noNetwork;
  await two.world.outbox.add(7, 'hello');
  await timers.advance(0);
  const waiting = () => [one, two].map(({ world }) => world.outbox.of(7).map(({ text }) => text));
  assert.deepEqual(waiting(), [['hello'], ['hello']]);
  server.down = null;
  server.sends = [];
  await timers.advance(60_000);
  assert.deepEqual(waiting(), [[], []]);
  assert.deepEqual(server.sends, ['mine-1']);
  assert.deepEqual(
    [one.world.shown(), two.world.shown()],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  );
});

test('a refused message can be sent again, or deleted, in any tab', async () => {
  const { one, two } = await openTwo();
  server.down = refusal(403, 'not_friends');
  await one.world.outbox.add(7, 'first');
  await one.world.outbox.add(7, 'second');
  await timers.advance(0);
  const failures = () => two.world.outbox.of(7).map(({ failure }) => failure);
  assert.deepEqual(failures(), ['not_friends', 'not_friends']);
  const [first, second] = two.world.outbox.of(7).map(({ client_key }) => client_key);
  server.down = null;
  two.world.outbox.remove(first ?? '');
  two.world.outbox.retry(second ?? '');
  await timers.advance(0);
  assert.deepEqual(one.world.outbox.of(7), []);
  assert.equal(server.rows.at(-1)?.body?.['text'], 'second');
});

test('what the one that led had not sent yet is sent by the next', async () => {
  const { one, two } = await openTwo();
  server.down = noNetwork;
  await one.world.outbox.add(7, 'hello');
  await timers.advance(0);
  one.tab.close();
  one.world.outbox.stop();
  server.down = null;
  await timers.advance(0);
  assert.equal(server.rows.at(-1)?.body?.['text'], 'hello');
  assert.deepEqual(two.world.outbox.of(7), []);
});

test('the tab that leads sends what another one has uploaded', async () => {
  const { one, two } = await openTwo();
  await two.world.outbox.enclose(2, { kind: 'image', body: { size: 3 } }, null, 'up-1');
  await timers.advance(0);
  assert.deepEqual(
    one.world.outbox.of(2).map(({ client_key }) => client_key),
    ['up-1'],
    'both have it',
  );
  two.world.outbox.refuse('up-1', 'quota_exceeded');
  await timers.advance(0);
  assert.equal(one.world.outbox.of(2)[0]?.failure, 'quota_exceeded');
  await two.world.outbox.complete('up-1', 9);
  await timers.advance(0);
  const row = server.rows.find(({ client_key }) => client_key === 'up-1');
  assert.deepEqual([row?.kind, row?.body], ['image', { media_id: 9 }]);
  assert.deepEqual([one.world.outbox.of(2), two.world.outbox.of(2)], [[], []]);
});
