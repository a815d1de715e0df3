import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Message } from '../src/api/chat';
import type { Forward } from '../src/api/messages';
import { Forwards, mostTargets } from '../src/store/forwards';
import { contactOf, isForwarded, lineOf, mergedOf, titleOf } from '../src/views/conversation/cards';
import { isChoosable, Selection } from '../src/views/conversation/selection';
import { message, noNetwork } from './fakes';

let asked: Forward[];
let sent: Message[];
let down: Error | null;
let forwards: Forwards;

beforeEach(() => {
  [asked, sent, down] = [[], [], null];
  let keys = 0;
  forwards = new Forwards({
    messages: {
      forward: (forward) => {
        asked.push(forward);
        if (down) return Promise.reject(down);
        return Promise.resolve({
          messages: [message(forward.to_conversations[0] ?? 0, 1, 1)],
          refused: [{ conversation_id: 9, code: 'blocked' }],
        });
      },
    },
    newKey: () => `key-${++keys}`,
    onSent: (message) => {
      sent.push(message);
      return Promise.resolve();
    },
  });
});

test('copies are there with the answer, and who took none is told', async () => {
  const refused = await forwards.send({ from: 7, seqs: [1, 2], title: null }, [8, 9]);
  assert.deepEqual(refused, [{ conversation_id: 9, code: 'blocked' }]);
  assert.deepEqual(
    sent.map(({ conversation_id }) => conversation_id),
    [8],
  );
  assert.deepEqual(asked, [
    { client_key: 'key-1', from_conversation: 7, seqs: [1, 2], to_conversations: [8, 9] },
  ]);
});

test('trying again has the same key, another choice another one', async () => {
  const what = { from: 7, seqs: [1], title: 'Ann' };
  down = noNetwork;
  await assert.rejects(forwards.send(what, [8]));
  await assert.rejects(forwards.send(what, [9]));
  down = null;
  await forwards.send(what, [8]);
  assert.deepEqual(
    asked.map(({ client_key, merged, title }) => [client_key, merged, title]),
    [
      ['key-1', true, 'Ann'],
      ['key-2', true, 'Ann'],
      ['key-1', true, 'Ann'],
    ],
  );
});

test('as many copies as the server takes at once', () => {
  const of = (count: number, title: string | null) =>
    mostTargets({ from: 7, seqs: Array.from({ length: count }, (_, i) => i), title });
  assert.deepEqual([of(1, null), of(33, null), of(100, null), of(100, '')], [10, 3, 1, 10]);
});

test('a range is chosen from where the last choice was, without what nobody said', () => {
  const rows = [1, 2, 3, 4, 5].map((seq) => message(7, seq));
  const system = { ...message(7, 3), kind: 'system', body: { event: 'friends' } };
  const recalled = { ...message(7, 4), body: null, recalled_at: 1 };
  rows.splice(2, 2, system, recalled);
  const selection = new Selection();
  selection.begin(1);
  assert.ok(selection.extend(5, rows));
  assert.deepEqual([...(selection.seqs.value ?? [])], [1, 2, 5]);
  selection.toggle(2);
  assert.deepEqual([...(selection.seqs.value ?? [])], [1, 5]);
  selection.end();
  assert.equal(selection.seqs.value, null);
  assert.deepEqual(
    rows.map((row) => isChoosable(row)),
    [true, true, false, false, true],
  );
});

test('no more is chosen than can be forwarded at once', () => {
  const rows = Array.from({ length: 120 }, (_, i) => message(7, i + 1));
  const selection = new Selection();
  selection.begin(1);
  assert.equal(selection.extend(101, rows), false);
  assert.ok(selection.extend(100, rows));
  assert.equal(selection.toggle(101), false);
  assert.equal(selection.seqs.value?.size, 100);
});

test('what a message shows: a person, other messages, that it was forwarded', () => {
  const text = { name: 'Ann', kind: 'text', body: { text: 'two\nlines' }, created_at: 1 };
  const body = { title: 'Ann and Bob', items: [text] };
  const inner = { name: 'Bob', kind: 'merged', body, created_at: 1 };
  const card = { name: 'Bob', kind: 'contact', body: { user_id: 3 }, created_at: 1 };
  assert.equal(contactOf(card), 3);
  assert.equal(contactOf(text), null);
  assert.equal(mergedOf(inner)?.items.length, 1);
  assert.equal(mergedOf({ kind: 'merged', body: null }), null);
  assert.equal(titleOf({ title: '', items: [] }), 'Messages');
  assert.deepEqual([text, inner, card, { ...text, kind: 'hologram' }].map(lineOf), [
    'two lines',
    'Messages of Ann and Bob',
    'Contact card',
    'This version cannot show this message.',
  ]);
  assert.ok(isForwarded({ kind: 'text', body: { text: 'a', forwarded: true } }));
});
