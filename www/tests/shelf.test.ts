// The images of a conversation: from where one begins back to the first, and on to the newest.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { MediaKind } from '../src/api/media';
import type { Conversation } from '../src/store/conversations';
import type { Shelf } from '../src/store/shelf';
import { noNetwork } from './fakes';
import { connect, makeWorld, type World } from './world';

const COUNT = 900;
const EVERY = 5; // of them an image
const IMAGES: MediaKind[] = ['image'];
let world: World;
let conversation: Conversation;

function write(seq: number): void {
  const row = world.server.write(2, `k${seq}`, '');
  if (seq % EVERY === 0) Object.assign(row, { kind: 'image', body: { media_id: seq } });
}

beforeEach(async () => {
  world = makeWorld();
  for (let seq = 1; seq <= COUNT; seq += 1) write(seq);
  await connect(world);
  conversation = await world.open();
});

const seqs = (shelf: Shelf) => shelf.rows.value.map(({ seq }) => seq);
const images = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((seq) => seq % EVERY === 0);

test('it begins with what is loaded, and comes back to the first', async () => {
  const shelf = world.history.shelf(conversation, IMAGES, 'stream');
  assert.deepEqual(seqs(shelf), images(COUNT - 49, COUNT));
  await shelf.older();
  assert.deepEqual(seqs(shelf), images(COUNT - 49 - 60 * EVERY, COUNT));
  assert.equal(shelf.complete.value, false);
  while (!shelf.complete.value) await shelf.older();
  assert.deepEqual(seqs(shelf), images(1, COUNT));
  const { pages } = world.server;
  await Promise.all([shelf.older(), shelf.newer()]);
  assert.equal(world.server.pages, pages, 'there is nothing to be asked for');
});

test('what comes is on it, what was deleted is not', async () => {
  const shelf = world.history.shelf(conversation, IMAGES, 'stream');
  const leave = shelf.follow();
  await shelf.older();
  const before = seqs(shelf);
  for (let seq = COUNT + 1; seq <= COUNT + EVERY; seq += 1) {
    write(seq);
    world.live(seq);
  }
  await world.timers.advance(0);
  assert.deepEqual(seqs(shelf), [...before, COUNT + EVERY]);
  const [first = 0, second = 0] = before;
  world.conversations.hide(conversation.id, [first, COUNT]);
  assert.deepEqual(seqs(shelf)[0], second);
  assert.equal(seqs(shelf).includes(COUNT), false);
  leave();
});

test('around what is shown of long ago, in both directions', async () => {
  await world.history.around(conversation, 200);
  const shelf = world.history.shelf(conversation, IMAGES, 'shown');
  const leave = shelf.follow();
  assert.deepEqual(seqs(shelf), images(175, 224));
  await shelf.newer();
  assert.deepEqual(seqs(shelf), images(175, 224 + 60 * EVERY));
  await shelf.older();
  assert.deepEqual(seqs(shelf), images(1, 224 + 60 * EVERY));
  assert.equal(shelf.complete.value, true);
  await shelf.newer();
  await shelf.newer();
  assert.deepEqual(seqs(shelf), images(1, COUNT));
  for (let seq = COUNT + 1; seq <= COUNT + EVERY; seq += 1) {
    write(seq);
    world.live(seq);
  }
  await world.timers.advance(0);
  assert.deepEqual(seqs(shelf), images(1, COUNT + EVERY), 'the stream goes on');
  leave();
});

test('it begins anew when the stream does', async () => {
  const shelf = world.history.shelf(conversation, IMAGES, 'stream');
  const leave = shelf.follow();
  await shelf.older();
  const piece = conversation.stream.value;
  world.conversations.replaceStream(conversation, { ...piece, rows: piece.rows.slice(-20) });
  assert.deepEqual(seqs(shelf), images(COUNT - 19, COUNT));
  assert.equal(shelf.complete.value, false);
  await shelf.older();
  assert.deepEqual(seqs(shelf), images(COUNT - 19 - 60 * EVERY, COUNT));
  leave();
});

test('a page that cannot be had is told, and asked for again', async () => {
  const shelf = world.history.shelf(conversation, IMAGES, 'stream');
  const before = seqs(shelf);
  world.server.down = noNetwork;
  await shelf.older();
  assert.equal(typeof shelf.failure.value, 'string');
  assert.deepEqual(seqs(shelf), before);
  world.server.down = null;
  await shelf.older();
  assert.equal(shelf.failure.value, null);
  assert.ok(seqs(shelf).length > before.length);
});
