// Going to a message of long ago, and back from there.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Conversation } from '../src/store/conversations';
import { noNetwork } from './fakes';
import { connect, makeWorld, type World } from './world';

const COUNT = 500;
let world: World;
let conversation: Conversation;

beforeEach(async () => {
  world = makeWorld();
  for (let i = 1; i <= COUNT; i += 1) world.server.write(2, `k${i}`, `no. ${i}`);
  await connect(world);
  conversation = await world.open();
});

const excerpt = () => conversation.excerpt.value?.rows.map(({ seq }) => seq) ?? null;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('a row that is loaded needs nothing', async () => {
  assert.equal(await world.history.around(conversation, COUNT - 3), true);
  assert.equal(excerpt(), null);
  assert.deepEqual(world.shown(), range(COUNT - 49, COUNT));
});

test('a row just above what is loaded joins it', async () => {
  assert.equal(await world.history.around(conversation, COUNT - 60), true);
  assert.equal(excerpt(), null);
  assert.deepEqual(world.shown(), range(COUNT - 85, COUNT));
});

test('a row of long ago is shown with what stands around it, beside the stream', async () => {
  assert.equal(await world.history.around(conversation, 100), true);
  assert.deepEqual(excerpt(), range(75, 124));
  assert.deepEqual(world.shown(), range(COUNT - 49, COUNT));
});

test('older and newer rows of it come, until it is one with the stream', async () => {
  await world.history.around(conversation, 100);
  await world.history.older(conversation);
  assert.deepEqual(excerpt(), range(25, 124));
  for (let i = 0; excerpt() && i < 20; i += 1) await world.history.newer(conversation);
  assert.equal(excerpt(), null);
  assert.deepEqual(world.shown(), range(25, COUNT));
  await world.history.older(conversation);
  assert.deepEqual(world.shown(), range(1, COUNT));
  assert.equal(conversation.stream.value.complete, true);
});

test('what arrives meanwhile goes to the stream; the way back leads there', async () => {
  await world.history.around(conversation, 100);
  world.server.write(2, 'new', 'new');
  world.live(COUNT + 1);
  await world.timers.advance(0);
  assert.deepEqual(excerpt(), range(75, 124));
  world.history.toNewest(conversation);
  assert.equal(excerpt(), null);
  assert.equal(world.shown().at(-1), COUNT + 1);
});

test('from one excerpt to another, and to a row of the stream', async () => {
  await world.history.around(conversation, 100);
  await world.history.around(conversation, 300);
  assert.deepEqual(excerpt(), range(275, 324));
  assert.equal(await world.history.around(conversation, COUNT), true);
  assert.equal(excerpt(), null);
});

test('the beginning is known as such', async () => {
  await world.history.around(conversation, 3);
  assert.deepEqual(excerpt(), range(1, 50));
  assert.equal(conversation.excerpt.value?.complete, true);
});

test('a row that is not there, or cannot be had, changes nothing', async () => {
  assert.equal(await world.history.around(conversation, COUNT + 5), false);
  const { page } = world.server.chat;
  world.server.chat.page = () => Promise.reject(noNetwork);
  assert.equal(await world.history.around(conversation, 100), false);
  assert.notEqual(world.history.loading(7).value.failure, null);
  world.server.chat.page = page;
  assert.equal(await world.history.around(conversation, 100), true);
});

test('leaving the conversation ends it', async () => {
  await world.history.around(conversation, 100);
  world.history.close(conversation);
  assert.equal(excerpt(), null);
});

test('however far one scrolls up, what is kept in memory is bounded, and the way down is whole', async () => {
  for (let i = COUNT + 1; i <= 3000; i += 1) world.server.write(2, `k${i}`, `no. ${i}`);
  world.live(3000);
  await world.timers.advance(0);
  const { history } = world;
  const rows = () => conversation.shown.value.rows.map(({ seq }) => seq);
  const kept = () => conversation.stream.value.rows.length + (excerpt()?.length ?? 0);
  while (!conversation.shown.value.complete) {
    await history.older(conversation);
    history.bound(conversation, rows()[20] ?? null);
    assert.ok(kept() <= 1200, `${kept()} rows are kept`);
  }
  assert.equal(rows()[0], 1);
  for (let seen = 0; excerpt(); seen = rows().at(-1) ?? 0) {
    await history.newer(conversation);
    history.bound(conversation, rows().at(-20) ?? null);
    assert.ok((rows()[0] ?? 0) <= seen + 1, 'no row is left out');
    assert.ok(kept() <= 1700, `${kept()} rows are kept`);
  }
  assert.equal(rows().at(-1), 3000);
  assert.deepEqual(rows(), range(rows()[0] ?? 0, 3000));
});

test('at the end the newest rows stay, and older ones come again', async () => {
  for (let i = 0; i < 10; i += 1) await world.history.older(conversation);
  for (let i = COUNT + 1; i <= 1100; i += 1) {
    world.server.write(2, `k${i}`, `no. ${i}`);
    world.live(i);
  }
  assert.equal(world.shown().length, 1100);
  world.history.bound(conversation, null);
  assert.deepEqual(world.shown(), range(601, 1100));
  assert.equal(excerpt(), null);
  await world.history.older(conversation);
  assert.deepEqual(world.shown(), range(551, 1100));
});

test('far behind: the newest page comes first, and whoever reads further up stays there', async () => {
  await world.history.older(conversation);
  world.history.bound(conversation, COUNT - 80);
  for (let i = COUNT + 1; i <= COUNT + 1500; i += 1) world.server.write(2, `k${i}`, `no. ${i}`);
  const { pages } = world.server;
  world.engine.sync();
  await world.timers.advance(0);
  assert.equal(world.server.pages - pages, 2);
  assert.deepEqual(world.shown(), range(COUNT + 1451, COUNT + 1500));
  assert.deepEqual(excerpt(), range(COUNT - 105, COUNT - 56));
  while (excerpt()) await world.history.newer(conversation);
  assert.deepEqual(world.shown(), range(COUNT - 105, COUNT + 1500));
});

test('up to 1,000 rows behind: what lies between is fetched', async () => {
  for (let i = COUNT + 1; i <= COUNT + 900; i += 1) world.server.write(2, `k${i}`, `no. ${i}`);
  world.engine.sync();
  await world.timers.advance(0);
  assert.deepEqual(world.shown(), range(COUNT - 49, COUNT + 900));
});

test('the first message of a time is found by its number, in few steps', async () => {
  const row = (seq: number) => world.server.rows[seq - 1];
  const time = (seq: number) => row(seq)?.created_at ?? 0;
  const { pages } = world.server;
  assert.equal(await world.history.firstSince(conversation, time(123)), 123);
  assert.ok(world.server.pages - pages <= 11);
  assert.equal(await world.history.firstSince(conversation, time(123) + 1), 124);
  assert.equal(await world.history.firstSince(conversation, 0), 1);
  assert.equal(await world.history.firstSince(conversation, time(COUNT) + 1), null);
  Object.assign(row(200) ?? {}, { kind: 'pin', body: { target: 3, on: true } });
  assert.equal(
    await world.history.firstSince(conversation, time(200)),
    201,
    'a change is not said',
  );
});
