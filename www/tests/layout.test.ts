import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anchorAt,
  countAbove,
  covers,
  heightOf,
  Heights,
  indexOfSeq,
  layOut,
  rangeAround,
  seqAbove,
  yOf,
} from '../src/views/conversation/layout';
import type { OutboxEntry } from '../src/store/outbox_entry';
import type { Item } from '../src/views/conversation/timeline';
import { message } from './fakes';

function said(seq: number): Item {
  const row = message(7, seq);
  return { kind: 'message', key: `k${seq}`, message: row, mark: null, first: true, last: true };
}

/* Messages from one seq to another, under the line of a day. */
function list(from: number, to: number): Item[] {
  const rows = Array.from({ length: to - from + 1 }, (_, i) => said(from + i));
  return [{ kind: 'day', key: `day k${from}`, time: 1 }, ...rows];
}

function measured(items: readonly Item[], height: (index: number) => number): Heights {
  const heights = new Heights();
  items.forEach((item, index) => {
    heights.measured(item, height(index));
  });
  return heights;
}

test('what was not measured is as high as others of its kind are', () => {
  const items = list(1, 4);
  const heights = new Heights();
  const usual = heightOf(layOut(items, heights));
  assert.ok(usual > 100);
  for (const [index, height] of [
    [1, 30],
    [2, 50],
    [2, 70],
  ] as const)
    heights.measured(items[index] as Item, height);
  assert.equal(heights.of(items[3] as Item), 50, 'the mean, of the latest of each');
  assert.equal(heights.of(items[2] as Item), 70);
});

test('a message that was on its way before counts as a message from then on', () => {
  const sent = said(1);
  const entry = { client_key: 'k1' } as OutboxEntry;
  const heights = new Heights();
  heights.measured(
    { kind: 'pending', key: sent.key, entry, mark: 'sending', first: true, last: true },
    60,
  );
  heights.measured(sent, 64);
  assert.equal(heights.of(sent), 64);
  assert.equal(heights.of(said(2)), 64);
  assert.ok(heights.of({ ...said(3), kind: 'pending', entry, mark: 'sending' } as Item) > 0);
});

test('lines are found among the tops', () => {
  const items = list(1, 3);
  const tops = layOut(
    items,
    measured(items, () => 10),
  );
  assert.deepEqual([...tops], [0, 10, 20, 30, 40]);
  assert.deepEqual(
    [-5, 0, 1, 10, 11, 39, 40, 99].map((line) => countAbove(tops, line)),
    [0, 0, 1, 1, 2, 4, 4, 4],
  );
  assert.equal(seqAbove(items, tops, 30), 2);
  assert.equal(seqAbove(items, tops, 5), null, 'a day is no message');
  assert.equal(indexOfSeq(items, 3), 3);
});

test('the range covers the screen and what is to spare, and never more than that and two rows', () => {
  const items = list(1, 100_000);
  const tops = layOut(
    items,
    measured(items, (index) => 20 + ((index * 7) % 60)),
  );
  const total = heightOf(tops);
  for (let y = -500; y < total + 500; y += total / 97) {
    const { start, end } = rangeAround(tops, y, 700, 1000);
    const top = Math.max(0, Math.min(y, total - 700));
    assert.ok((tops[start] ?? 0) <= Math.max(0, top - 1000));
    assert.ok((tops[end] ?? 0) >= Math.min(total, top + 1700));
    assert.ok(end - start <= 2700 / 20 + 2);
    assert.ok(covers({ start, end }, rangeAround(tops, y, 700, 500)));
  }
});

test('a list that is shorter than the screen is there as a whole', () => {
  const items = list(1, 3);
  const tops = layOut(
    items,
    measured(items, () => 10),
  );
  for (const y of [-50, 0, 200])
    assert.deepEqual(rangeAround(tops, y, 700, 1000), { start: 0, end: 4 });
  assert.deepEqual(rangeAround(layOut([], new Heights()), 0, 700, 1000), { start: 0, end: 0 });
});

test('what one looks at stays where it is when rows come above it, and when they turn out higher', () => {
  const before = list(51, 100);
  const heights = measured(before, () => 40);
  const anchor = anchorAt(before, layOut(before, heights), 405);
  assert.deepEqual(anchor, { key: 'k61', top: 35 });
  const after = list(1, 100);
  for (const item of after.slice(10, 30)) heights.measured(item, 90);
  const tops = layOut(after, heights);
  const y = anchor && yOf(after, tops, anchor);
  assert.equal((tops[indexOfSeq(after, 61)] ?? 0) - (y ?? 0), 35);
  assert.equal(yOf(after, tops, { key: 'gone', top: 0 }), null);
});

test('nothing is held by a day; a row that fills the screen is held by itself', () => {
  const items = list(1, 2);
  const tops = layOut(
    items,
    measured(items, (index) => (index === 2 ? 2000 : 40)),
  );
  assert.deepEqual(anchorAt(items, tops, 0), { key: 'k1', top: 40 });
  assert.deepEqual(anchorAt(items, tops, 900), { key: 'k2', top: -820 });
  assert.equal(anchorAt([], layOut([], new Heights()), 0), null);
});
