import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Typing } from '../src/store/typing';
import { FakeTimers } from './fakes';
import { connect, makeWorld } from './world';

test('others are told at most every few seconds, and at once after a message', async () => {
  const timers = new FakeTimers();
  const told: number[] = [];
  const typing = new Typing({ timers, tell: (conversation) => told.push(conversation) });
  for (let i = 0; i < 10; i += 1) typing.wrote(7);
  assert.deepEqual(told, [7]);
  await timers.advance(3000);
  typing.wrote(7);
  assert.deepEqual(told, [7, 7]);
  typing.sent(7);
  typing.wrote(7);
  assert.deepEqual(told, [7, 7, 7]);
});

test('somebody writes until their message is there, or nothing is heard for a while', async () => {
  const world = makeWorld();
  world.server.write(2, 'a', 'hi');
  await connect(world);
  const typing = { event: 'typing', conversation_id: 7, user_id: 2 };
  world.sockets.last.frame(typing);
  assert.equal(world.typing.now.value.get(7), 2);
  world.server.write(2, 'b', 'there');
  world.live(2);
  assert.equal(world.typing.now.value.get(7), undefined);
  world.sockets.last.frame(typing);
  await world.timers.advance(5000);
  assert.equal(world.typing.now.value.get(7), 2);
  await world.timers.advance(2000);
  assert.equal(world.typing.now.value.get(7), undefined);
});

test('it is told over a live connection only', async () => {
  const world = makeWorld();
  world.engine.typing(7);
  await connect(world);
  world.engine.typing(7);
  const told = world.sockets.last.sent.filter(({ op }) => op === 'typing');
  assert.deepEqual(told, [{ op: 'typing', conversation: 7 }]);
});
