import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from '../src/api/chat';
import { Receipts } from '../src/store/receipts';
import { FakeTimers, noNetwork, refusal } from './fakes';

function setUp() {
  const timers = new FakeTimers();
  const told: Receipt[][] = [];
  const server = { failure: null as Error | null, refuses: null as number | null };
  const receipts = new Receipts({
    timers,
    lead: { leads: true },
    chat: {
      receipts: (batch) => {
        told.push(batch);
        const refused =
          server.refuses !== null && batch.some((one) => one.conversation_id === server.refuses);
        const failure = refused ? refusal(403, 'not_a_member') : server.failure;
        return failure ? Promise.reject(failure) : Promise.resolve();
      },
    },
  });
  return { timers, told, server, receipts };
}

test('receipts are gathered and only the highest of each conversation is told', async () => {
  const { timers, told, receipts } = setUp();
  receipts.delivered(7, 1);
  receipts.delivered(7, 3);
  receipts.read(7, 2);
  receipts.read(8, 5);
  await timers.advance(300);
  assert.deepEqual(told, [
    [
      { conversation_id: 7, delivered_seq: 3, read_seq: 2 },
      { conversation_id: 8, delivered_seq: 5, read_seq: 5 },
    ],
  ]);
});

test('what was told is not told again', async () => {
  const { timers, told, receipts } = setUp();
  receipts.read(7, 5);
  await timers.advance(300);
  receipts.read(7, 5);
  receipts.delivered(7, 4);
  await timers.advance(10_000);
  assert.equal(told.length, 1);
});

test('a failure is repeated until it is taken, with what came meanwhile', async () => {
  const { timers, told, server, receipts } = setUp();
  server.failure = noNetwork;
  receipts.read(7, 5);
  await timers.advance(300);
  receipts.read(7, 6);
  server.failure = null;
  await timers.advance(5000);
  assert.deepEqual(told.at(-1), [{ conversation_id: 7, delivered_seq: 6, read_seq: 6 }]);
  const count = told.length;
  await timers.advance(60_000);
  assert.equal(told.length, count);
});

test('one that is refused is dropped and does not hold up the others', async () => {
  const { timers, told, server, receipts } = setUp();
  server.refuses = 7;
  receipts.read(7, 5);
  receipts.read(8, 6);
  await timers.advance(60_000);
  assert.ok(told.some((batch) => batch.length === 1 && batch[0]?.conversation_id === 8));
  const count = told.length;
  await timers.advance(600_000);
  assert.equal(told.length, count, 'the refused one is given up');
});

test('nothing is told of a conversation that was left meanwhile', async () => {
  const { timers, told, receipts } = setUp();
  receipts.read(7, 5);
  receipts.read(8, 2);
  receipts.forget(7);
  await timers.advance(300);
  assert.deepEqual(told, [[{ conversation_id: 8, delivered_seq: 2, read_seq: 2 }]]);
});
