import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noNetwork } from './fakes';
import { ChangingServer, plain, type Kind } from './changing_server';
import { connect, makeWorld } from './world';

test('whatever is lost, repeated or late, the client ends with what the server has', async () => {
  const random = seeded(20_231_123);
  const world = makeWorld();
  await connect(world);
  await world.open();
  for (let round = 0; round < 400; round += 1) {
    const dice = random();
    if (dice < 0.5) world.server.write(2, `k${round}`, 'x');
    else if (dice < 0.6) void world.outbox.add(7, `m${round}`);
    else if (dice < 0.65) world.sockets.last.listener.closed(1006);
    else if (dice < 0.8 && world.server.rows.length > 0)
      world.live(1 + Math.floor(random() * world.server.rows.length));
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
  assert.equal(
    world.conversations.get(7)?.head.value.unread,
    world.server.rows.length - world.server.readSeq,
  );
});

test('whatever is changed, and however it is told, messages end as the server has them', async () => {
  const random = seeded(7);
  const server = new ChangingServer();
  const world = makeWorld(undefined, server);
  server.write(2, 'first', 'first');
  await connect(world);
  const conversation = await world.open();
  const any = (most: number): number => 1 + Math.floor(random() * most);
  const kinds: Kind[] = ['edit', 'edit', 'reaction', 'reaction', 'reaction', 'pin', 'recall'];
  for (let round = 0; round < 600; round += 1) {
    const dice = random();
    const target = any(server.rows.length);
    const said = server.now(target);
    if (dice < 0.3) server.write(any(3), `k${round}`, 'x');
    else if (dice < 0.6 && said.kind === 'text' && said.body) {
      const kind = kinds[any(kinds.length) - 1] ?? 'edit';
      const by = any(3);
      const mine = said.reactions.some(({ user_ids }) => user_ids.includes(by));
      const on = kind === 'pin' ? said.pinned_at === null : !mine;
      server.change(by, kind, target, kind === 'edit' ? { text: `${round}` } : { emoji: '👍', on });
    } else if (dice < 0.85) world.live(any(server.rows.length));
    else if (dice < 0.9) world.sockets.last.listener.closed(1006);
    else if (dice < 0.95) world.history.close(conversation);
    if (random() < 0.3) await world.timers.advance(Math.floor(random() * 2000));
    const socket = world.sockets.last;
    if (!socket.closed && socket.sent.length === 0) socket.welcome(`s${round}`, false);
  }
  await world.timers.advance(180_000);
  const { rows } = conversation.stream.value;
  assert.ok(rows.length >= 200);
  assert.deepEqual(rows.map(plain), server.all().slice(-rows.length).map(plain));
  assert.deepEqual(world.cache.rows.get(7)?.slice(-200).map(plain), rows.slice(-200).map(plain));
  const { last_message } = conversation.head.value;
  assert.ok(last_message);
  assert.deepEqual(plain(last_message), plain(server.now(last_message.seq)));
  assert.equal(last_message.seq, server.head().last_message?.seq);
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
