import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  append,
  fromNewest,
  prepend,
  restore,
  trim,
  UNLOADED,
  type Stream,
} from '../src/store/stream';
import { message } from './fakes';

function rows(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => message(7, from + index));
}
function loaded(from: number, to: number): Stream {
  return { rows: rows(from, to), last: to, loaded: true, complete: from === 1 };
}
const seqs = (stream: Stream) => stream.rows.map(({ seq }) => seq);

test('the next row is applied', () => {
  const { stream, outcome } = append(loaded(1, 3), [message(7, 4)], 1);
  assert.equal(outcome, 'applied');
  assert.deepEqual(seqs(stream), [1, 2, 3, 4]);
});

test('a row that is known is dropped, and nothing changes', () => {
  const before = loaded(1, 3);
  const { stream, outcome } = append(before, [message(7, 3)], 1);
  assert.equal(outcome, 'known');
  assert.equal(stream, before);
});

test('a row after a gap is not applied', () => {
  const before = loaded(1, 3);
  const { stream, outcome } = append(before, [message(7, 5)], 1);
  assert.equal(outcome, 'gap');
  assert.equal(stream, before);
});

test('a page that overlaps gives its new rows; one with a hole gives them up to the hole', () => {
  assert.deepEqual(seqs(append(loaded(1, 3), rows(2, 6), 1).stream), [1, 2, 3, 4, 5, 6]);
  const { stream, outcome } = append(loaded(1, 3), [message(7, 4), message(7, 6)], 1);
  assert.equal(outcome, 'gap');
  assert.deepEqual(seqs(stream), [1, 2, 3, 4]);
  assert.equal(stream.last, 4);
});

test('nothing is applied before the stream was loaded', () => {
  assert.equal(append(UNLOADED, [message(7, 1)], 1).stream, UNLOADED);
});

test('older pages are put in front, without repeating', () => {
  const stream = prepend(loaded(10, 12), { messages: rows(6, 10), more: true }, 1);
  assert.deepEqual(seqs(stream), [6, 7, 8, 9, 10, 11, 12]);
  assert.equal(stream.complete, false);
  assert.equal(prepend(stream, { messages: rows(1, 5), more: false }, 1).complete, true);
});

test('an older page that does not join is refused', () => {
  const before = loaded(10, 12);
  assert.equal(prepend(before, { messages: rows(1, 5), more: false }, 1), before);
});

test('of what a cache gives, the newest run without a hole is kept', () => {
  const stream = restore([...rows(1, 3), ...rows(6, 9)], true);
  assert.deepEqual(seqs(stream), [6, 7, 8, 9]);
  assert.equal(stream.complete, false);
  assert.equal(restore([], false), UNLOADED);
  assert.equal(restore(rows(1, 4), true).complete, true);
});

test('trimming keeps the end and forgets that the beginning was there', () => {
  const stream = trim(loaded(1, 10), 4);
  assert.deepEqual(seqs(stream), [7, 8, 9, 10]);
  assert.equal(stream.complete, false);
  assert.equal(stream.last, 10);
});

test('an empty newest page is a loaded, complete stream', () => {
  assert.deepEqual(fromNewest({ messages: [], more: false }), {
    rows: [],
    last: 0,
    loaded: true,
    complete: true,
  });
});
