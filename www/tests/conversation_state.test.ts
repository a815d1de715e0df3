import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { ConversationChange } from '../src/api/chat';
import { fromServer, merge, withMessage, withRead } from '../src/store/head';
import { head, message } from './fakes';
import { connect, makeWorld, type World } from './world';

const ME = 1;
let world: World;
beforeEach(async () => {
  world = makeWorld();
  for (const key of ['a', 'b', 'c']) world.server.write(2, key, key);
  await connect(world);
});

const listed = (): number[] => world.conversations.sorted.value.map(({ id }) => id);
const total = (): number => world.conversations.unread.value;

function hear(change: ConversationChange): void {
  const conversation = world.server.set(change, world.timers.now());
  world.sockets.last.frame({ event: 'conversation', conversation, own: true });
}

test('muted ones are not in the total; those marked by hand count as one', () => {
  assert.equal(total(), 3);
  hear({ notify: false });
  assert.equal(total(), 0);
  assert.equal(world.conversations.get(7)?.head.value.unread, 3, 'but by themselves');
  hear({ notify: true, marked_unread: true });
  assert.equal(total(), 3);
  world.conversations.read(7, 3);
  assert.equal(total(), 0, 'reading ends the mark');
  world.server.readSeq = 3;
  hear({ marked_unread: true });
  assert.equal(total(), 1);
});

test('hidden: out of the list until somebody says something', async () => {
  hear({ hidden: true });
  assert.deepEqual(listed(), []);
  assert.equal(total(), 0);
  world.engine.sync();
  await world.timers.advance(0);
  assert.ok(world.conversations.get(7), 'it may be on the screen');
  world.server.settings.hidden = false;
  world.server.write(2, 'd', 'd');
  world.live(4);
  assert.deepEqual(listed(), [7]);
});

test('cleared: the rows are gone, here and on the device', async () => {
  await world.open();
  assert.deepEqual(world.shown(), [1, 2, 3]);
  hear({ cleared_seq: 3 });
  assert.deepEqual(world.shown(), []);
  assert.equal(world.conversations.get(7)?.head.value.last_message, null);
  assert.deepEqual(await world.cache.messages(7, 10), []);
  world.server.write(2, 'd', 'd');
  world.live(4);
  assert.deepEqual(world.shown(), [4]);
  assert.ok(world.conversations.get(7)?.stream.value.complete);
});

test('a sync that was asked for before I changed something does not take it back', async () => {
  world.server.write(2, 'd', 'd');
  const old = world.server.head();
  const { sync } = world.server.chat;
  world.server.chat.sync = async () => {
    world.server.chat.sync = sync;
    hear({ pinned: true });
    const counters = {
      notifications_unread: 0,
      moments_unread: 0,
      moments_new: false,
      server_time: 0,
      edit_window: 0,
      recall_window: 0,
    };
    return Promise.resolve({
      sync: { conversations: [old], ...counters },
      etag: '"old"',
    });
  };
  world.engine.sync();
  await world.timers.advance(0);
  assert.equal(world.conversations.get(7)?.head.value.pinned, true);
  assert.equal(world.conversations.get(7)?.head.value.last_seq, 4);
});

test('mentions are listed as they come, and leave as they are read', () => {
  const group = { kind: 'group' as const, peer: null };
  let now = fromServer(head(9, message(9, 4), { ...group, read_seq: 4 }));
  for (const [seq, mentions] of [
    [5, [ME]],
    [6, []],
    [7, [0]],
    [8, [3]],
  ] as const)
    now = withMessage(now, { ...message(9, seq), mentions: [...mentions] }, ME);
  assert.deepEqual([now.mentioned, now.mention_seqs], [2, [5, 7]]);
  const read = withRead(now, 6, 6);
  assert.deepEqual([read.mentioned, read.mention_seqs], [1, [7]]);
  assert.deepEqual([withRead(now, 8, 8).mentioned, withRead(now, 8, 8).mention_seqs], [0, []]);
  const more = { ...now, mentioned: 30 };
  const later = withMessage(more, { ...message(9, 9), mentions: [ME] }, ME);
  assert.deepEqual(
    [later.mentioned, later.mention_seqs],
    [31, [5, 7]],
    'behind those that are not listed',
  );
});

test('an answer that does not know what was read here: mentions and marks follow what was read', () => {
  const group = { kind: 'group' as const, peer: null };
  const server = head(9, message(9, 8), {
    ...group,
    read_seq: 4,
    unread: 4,
    mentioned: 2,
    mention_seqs: [5, 7],
    marked_unread: true,
  });
  const local = withRead(fromServer(server), 6, 6);
  const merged = merge(local, server);
  assert.deepEqual([merged.mentioned, merged.mention_seqs, merged.marked_unread], [1, [7], false]);
  assert.equal(merge(fromServer(server), server).marked_unread, true);
});
