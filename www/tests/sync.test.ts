import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { noNetwork, refusal } from './fakes';
import { connect, makeWorld, type World } from './world';

let world: World;
beforeEach(() => {
  world = makeWorld();
});
const connected = () => connect(world);

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
  for (let i = 0; i < 1001; i += 1) world.server.write(2, `k${i}`, 'x');
  const before = world.server.pages;
  world.live(1002);
  await world.timers.advance(0);
  assert.equal(world.shown().at(-1), 1002);
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
  assert.ok(
    await ask(() => {
      world.sockets.last.frame({ event: 'resync' });
    }),
  );
  assert.ok(
    await ask(() => {
      world.environment.tell('attention');
    }),
  );
  assert.ok(
    await ask(() => {
      world.environment.tell('online');
    }),
  );
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

test('an idle page asks the web server only, and a program when there is something new', async () => {
  world.server.chat.liveTicket = () => Promise.reject(refusal(404, 'not_found'));
  world.pollFile.offered = true;
  world.environment.inputAt = 0;
  world.engine.start();
  await world.timers.advance(60_000); // the first look, and one that learns the ETag
  const { syncs } = world.server;
  const { polls } = world.pollFile;
  await world.timers.advance(3_600_000);
  assert.equal(world.server.syncs, syncs);
  assert.ok(world.pollFile.polls > polls + 100);
  world.server.write(2, 'a', 'hi');
  await world.timers.advance(15_000);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, 1);
  assert.equal(world.server.syncs, syncs + 1);
});

test('a poll file that is away costs no news', async () => {
  world.server.chat.liveTicket = () => Promise.reject(refusal(404, 'not_found'));
  world.pollFile.offered = true;
  world.engine.start();
  await world.timers.advance(60_000);
  world.pollFile.missing = true;
  world.server.write(2, 'a', 'hi');
  await world.timers.advance(15_000);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, 1);
});

test('who is here looks around now and then, whatever the poll file says', async () => {
  world.server.chat.liveTicket = () => Promise.reject(refusal(404, 'not_found'));
  world.pollFile.offered = true;
  world.engine.start();
  await world.timers.advance(60_000);
  const { syncs } = world.server;
  await world.timers.advance(600_000);
  assert.ok(
    world.server.syncs > syncs + 2 && world.server.syncs < syncs + 8,
    `${world.server.syncs}`,
  );
});

test('what is no part of a sync is asked for when live is back', async () => {
  await connected();
  const before = world.asked.invitations;
  world.sockets.last.listener.closed(1006);
  const opened = world.sockets.all.length;
  await world.timers.advance(60_000);
  assert.ok(world.sockets.all.length > opened);
  const meanwhile = world.asked.invitations;
  world.sockets.last.welcome();
  await world.timers.advance(0);
  assert.ok(meanwhile > before, 'now and then while polling');
  assert.equal(world.asked.invitations, meanwhile + 1, 'and then at once');
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
  assert.deepEqual(
    world.server.rows.map((row) => row.body?.['text']),
    ['one', 'two'],
  );
  assert.deepEqual(world.shown(), [1, 2]);
});
