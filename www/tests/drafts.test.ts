import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { ConversationChange } from '../src/api/chat';
import { noNetwork, refusal } from './fakes';
import { connect, makeWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = makeWorld();
  world.server.write(2, 'a', 'hi');
  await connect(world);
});

const told = (): (string | undefined)[] => world.server.changes.map(({ draft }) => draft?.text);
const text = (): string => world.drafts.get(7);

/* Another device of mine, or this one's own change as an event. */
function hear(change: ConversationChange, at = world.timers.now()): void {
  const conversation = world.server.set(change, at);
  world.sockets.last.frame({ event: 'conversation', conversation, own: true });
}

test('what is typed is told once one pauses', async () => {
  for (const typed of ['h', 'he', 'hel']) {
    world.drafts.set(7, typed);
    await world.timers.advance(500);
  }
  assert.deepEqual(told(), []);
  await world.timers.advance(1000);
  assert.deepEqual(told(), ['hel']);
  assert.equal(world.conversations.get(7)?.head.value.draft?.text, 'hel');
  await world.timers.advance(60_000);
  assert.deepEqual(told(), ['hel'], 'once');
});

test('turning away from it tells it at once', async () => {
  world.drafts.set(7, 'hello');
  world.drafts.flush(7);
  await world.timers.advance(0);
  assert.deepEqual(told(), ['hello']);
  world.drafts.flush(7);
  await world.timers.advance(0);
  assert.deepEqual(told(), ['hello']);
});

test('what is sent before one pauses was never a draft', async () => {
  world.drafts.set(7, 'hello');
  await world.timers.advance(200);
  world.drafts.set(7, '');
  await world.timers.advance(10_000);
  assert.deepEqual(told(), []);
});

test('sending clears what was told, the answered message with it', async () => {
  world.drafts.set(7, 'hello', 1);
  await world.timers.advance(2000);
  assert.equal(world.server.head().draft?.reply_to, 1);
  world.drafts.set(7, '');
  assert.equal(world.drafts.of(7).reply_to, null);
  await world.timers.advance(2000);
  assert.deepEqual(told(), ['hello', '']);
  assert.equal(world.server.head().draft, null);
});

test('what another device began, changed and cleared is here', () => {
  for (const begun of ['from the phone', 'from the phone, longer', '']) {
    world.timers.time += 1000;
    hear({ draft: { text: begun, reply_to: 1 } });
    assert.equal(text(), begun);
  }
  assert.deepEqual(told(), [], 'and needs no telling');
});

test("one's own echo changes nothing of what was typed since", async () => {
  world.drafts.set(7, 'one');
  await world.timers.advance(1500);
  world.drafts.set(7, 'one two');
  const conversation = world.server.head();
  world.sockets.last.frame({ event: 'conversation', conversation, own: true });
  assert.equal(text(), 'one two');
  await world.timers.advance(1500);
  assert.deepEqual(told(), ['one', 'one two']);
});

test('typed while the request is under way: the answer takes nothing back', async () => {
  const { change } = world.server.chat;
  world.server.chat.change = async (id, fields) => {
    const answer = await change(id, fields);
    world.drafts.set(7, 'typed meanwhile');
    hear({ draft: { text: 'the echo' } }, world.timers.now() + 5);
    return answer;
  };
  world.drafts.set(7, 'typed');
  await world.timers.advance(1500);
  assert.equal(text(), 'typed meanwhile');
  world.server.chat.change = change;
  await world.timers.advance(3000);
  assert.equal(world.server.head().draft?.text, 'typed meanwhile');
});

test('offline: kept, and told when the server is heard again', async () => {
  world.server.down = noNetwork;
  world.drafts.set(7, 'written in a tunnel');
  await world.timers.advance(120_000);
  assert.equal(text(), 'written in a tunnel');
  world.server.down = null;
  world.environment.tell('online');
  await world.timers.advance(30_000);
  assert.equal(world.server.head().draft?.text, 'written in a tunnel');
});

test('offline: of two versions the newer one stays', async () => {
  world.server.down = noNetwork;
  world.drafts.set(7, 'older, here');
  await world.timers.advance(60_000);
  world.server.set({ draft: { text: 'newer, elsewhere' } }, world.timers.now());
  world.server.down = null;
  world.environment.tell('online');
  await world.timers.advance(30_000);
  assert.equal(text(), 'newer, elsewhere');
  assert.equal(world.server.head().draft?.text, 'newer, elsewhere');

  world.server.down = noNetwork;
  const before = world.timers.now();
  await world.timers.advance(60_000);
  world.drafts.set(7, 'newest, here');
  world.server.set({ draft: { text: 'in between' } }, before + 1000);
  world.server.down = null;
  world.environment.tell('online');
  await world.timers.advance(30_000);
  assert.equal(world.server.head().draft?.text, 'newest, here');
});

test('a device whose clock is wrong compares by that of the server', async () => {
  const wrong = 3_600_000;
  world.server.clock = () => world.timers.now() + wrong;
  world.server.write(2, 'b', 'news');
  world.engine.sync();
  await world.timers.advance(0);
  world.server.down = noNetwork;
  world.drafts.set(7, 'typed now');
  world.server.set({ draft: { text: 'an hour old there' } }, world.server.clock() - 5000);
  world.server.down = null;
  world.environment.tell('online');
  await world.timers.advance(30_000);
  assert.equal(world.server.head().draft?.text, 'typed now');
});

test('clearing elsewhere loses nothing that was typed here and not told', async () => {
  world.drafts.set(7, 'being typed');
  await world.timers.advance(100);
  hear({ draft: { text: '' } });
  assert.equal(text(), 'being typed');
  await world.timers.advance(2000);
  assert.equal(world.server.head().draft?.text, 'being typed');
});

test('an older answer of the server takes nothing back', async () => {
  const older = world.server.head();
  world.drafts.set(7, 'hello');
  await world.timers.advance(2000);
  world.sockets.last.frame({ event: 'conversation', conversation: older });
  assert.equal(text(), 'hello');
});

test('what the server refuses stays on the device and is not told again and again', async () => {
  world.server.down = refusal(422, 'invalid_field');
  world.drafts.set(7, 'too long');
  await world.timers.advance(300_000);
  assert.deepEqual(told(), ['too long']);
  assert.equal(text(), 'too long');
});

test('a server that cannot answer is asked again', async () => {
  world.server.down = refusal(503, 'unavailable');
  world.drafts.set(7, 'hello');
  await world.timers.advance(5000);
  world.server.down = null;
  await world.timers.advance(30_000);
  assert.equal(world.server.head().draft?.text, 'hello');
});

test('what an earlier visit left behind is told after the server was heard', async () => {
  const visit = makeWorld();
  const begun = { text: 'yesterday', reply_to: null, updated_at: visit.timers.now(), told: false };
  visit.drafts.restore(new Map([[7, begun]]));
  visit.server.write(2, 'a', 'hi');
  await connect(visit);
  await visit.timers.advance(1000);
  assert.equal(visit.server.head().draft?.text, 'yesterday');
});
