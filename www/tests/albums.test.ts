// Images of one person within a minute stand together, and the list stays where it is around them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../src/api/chat';
import type { OutboxEntry } from '../src/store/outbox_entry';
import { spansOf } from '../src/views/conversation/albums';
import {
  anchorAt,
  Heights,
  indexOfSeq,
  layOut,
  seqAbove,
  yOf,
} from '../src/views/conversation/layout';
import { buildTimeline, type Item } from '../src/views/conversation/timeline';
import { message } from './fakes';

const OPTIONS = { me: 1, unreadAfter: null, peerRead: 0, peerDelivered: 0 };

function image(seq: number, more: Partial<Message> = {}): Message {
  return { ...message(7, seq), kind: 'image', body: { media_id: seq }, ...more };
}

function shape(items: readonly Item[]): string[] {
  return items.map((item) => (item.kind === 'album' ? `album ${item.parts.length}` : item.kind));
}

const shaped = (rows: readonly Message[], unreadAfter: number | null = null) =>
  shape(buildTimeline(rows, [], { ...OPTIONS, unreadAfter }));

test('one alone is a message, several are an album', () => {
  assert.deepEqual(shaped([image(1)]), ['day', 'message']);
  assert.deepEqual(shaped([image(1), image(2), image(3)]), ['day', 'album 3']);
});

test('a text, another person, a minute, an answer, a line end it', () => {
  const three = [image(1), image(2)];
  const late = image(4, { created_at: message(7, 2).created_at + 60_000 });
  assert.deepEqual(shaped([...three, message(7, 3), image(4)]), [
    'day',
    'album 2',
    'message',
    'message',
  ]);
  assert.deepEqual(shaped([...three, image(3, { sender_id: 1 })]), ['day', 'album 2', 'message']);
  assert.deepEqual(shaped([...three, late]), ['day', 'album 2', 'message']);
  assert.deepEqual(shaped([...three, image(3, { reply_to: 1 })]), ['day', 'album 2', 'message']);
  assert.deepEqual(shaped([...three, image(3), image(4)], 2), [
    'day',
    'album 2',
    'unread',
    'album 2',
  ]);
});

test('one that was recalled or deleted is none of it', () => {
  const recalled = image(2, { body: null });
  assert.deepEqual(shaped([image(1), recalled, image(3)]), ['day', 'message', 'note', 'message']);
  const hidden = image(2, { body: null, hidden: true });
  assert.deepEqual(shaped([image(1), hidden, image(3)]), ['day', 'album 2']);
});

test('what is on its way is a part of it already, unless it has failed', () => {
  const entry = (key: string, failure: string | null = null) =>
    ({
      client_key: key,
      conversation_id: 7,
      created_at: message(7, 2).created_at,
      failure,
      enclosed: { kind: 'image', body: {} },
    }) as OutboxEntry;
  const rows = [image(1, { sender_id: 1 })];
  assert.deepEqual(shape(buildTimeline(rows, [entry('a'), entry('b')], OPTIONS)), [
    'day',
    'album 3',
  ]);
  assert.deepEqual(shape(buildTimeline(rows, [entry('a', 'too_large')], OPTIONS)), [
    'day',
    'message',
    'pending',
  ]);
});

test('at most ten stand together', () => {
  const many = Array.from({ length: 23 }, (_, i) => image(i + 1));
  assert.deepEqual(shaped(many), ['day', 'album 10', 'album 10', 'album 3']);
});

test('every row of an album is full', () => {
  for (let count = 2; count <= 10; count += 1) {
    const spans = spansOf(count);
    assert.equal(spans.length, count);
    let filled = 0;
    for (const span of spans) {
      filled += span;
      assert.ok(filled <= 6, `${count}: ${spans.join()}`);
      if (filled === 6) filled = 0;
    }
    assert.equal(filled, 0, `${count}: ${spans.join()}`);
  }
});

test('a row is found by each of its messages, and seen when all of it is', () => {
  const items = buildTimeline([image(1), image(2), image(3), message(7, 4)], [], OPTIONS);
  const heights = new Heights();
  items.forEach((item, index) => {
    heights.measured(item, index === 1 ? 300 : 50);
  });
  const tops = layOut(items, heights);
  for (const seq of [1, 2, 3]) assert.equal(indexOfSeq(items, seq), 1);
  assert.equal(seqAbove(items, tops, 100), 1, 'it has begun');
  assert.equal(seqAbove(items, tops, 350), 3, 'it has ended');
  assert.equal(seqAbove(items, tops, 360), 4);
});

test('what holds the list holds it when the album gets more images, at either end', () => {
  const heights = new Heights();
  const before = buildTimeline([image(3), image(4), message(7, 6)], [], OPTIONS);
  const anchor = anchorAt(before, layOut(before, heights), 60);
  assert.ok(anchor);
  const after = buildTimeline(
    [image(1), image(2), image(3), image(4), image(5), message(7, 6)],
    [],
    OPTIONS,
  );
  assert.notEqual(yOf(after, layOut(after, heights), anchor), null);
});
