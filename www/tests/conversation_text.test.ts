import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboxEntry } from '../src/store/outbox_entry';
import { isEmojiOnly, linkify } from '../src/views/conversation/linkify';
import { buildTimeline, type Item } from '../src/views/conversation/timeline';
import { message } from './fakes';

const links = (text: string) =>
  linkify(text)
    .filter(({ href }) => href !== null)
    .map(({ text: address }) => address);

const LINKS: [string, string, string[]][] = [
  ['a bare address', 'https://example.org/a?b=c#d', ['https://example.org/a?b=c#d']],
  ['the full stop of a sentence', 'See http://example.org/x.', ['http://example.org/x']],
  ['brackets around', '(https://example.org/x)', ['https://example.org/x']],
  ['brackets inside', 'https://example.org/a_(b)', ['https://example.org/a_(b)']],
  ['Chinese without spaces', '看看https://example.org/路，很好', ['https://example.org/']],
  ['Chinese punctuation', '地址是https://example.org/x。谢谢', ['https://example.org/x']],
  ['several', 'http://a.example http://b.example', ['http://a.example', 'http://b.example']],
  ['javascript', 'javascript:alert(1) JAVASCRIPT:alert(1)', []],
  ['data', 'data:text/html,<script>alert(1)</script>', []],
  ['a scheme alone', 'https:// and http://', []],
  ['mail', 'mailto:a@example.org', []],
  [
    'quotes and tags end it',
    '"https://example.org/x"><img src=x onerror=alert(1)>',
    ['https://example.org/x'],
  ],
];
for (const [what, text, expected] of LINKS) {
  test(`links: ${what}`, () => {
    assert.deepEqual(links(text), expected);
    assert.equal(
      linkify(text)
        .map((part) => part.text)
        .join(''),
      text,
      'no character is lost',
    );
    for (const { href } of linkify(text)) assert.ok(href === null || /^https?:\/\//.test(href));
  });
}

test('one to three emoji are shown large, anything else is not', () => {
  for (const text of ['🦊', '👍🏽', '👨‍👩‍👧', '🇨🇳🎉', '❤️ 🔥 ✨', '☕️'])
    assert.ok(isEmojiOnly(text), text);
  for (const text of ['', 'a', '1', '🦊 hi', '🦊🦊🦊🦊', '你好', '#'])
    assert.ok(!isEmojiOnly(text), text);
});

const OPTIONS = { me: 1, unreadAfter: null, peerRead: 0, peerDelivered: 0 };
const shape = (items: Item[]) =>
  items.map((item) =>
    'first' in item ? `${item.kind}${item.first ? '^' : ''}${item.last ? '$' : ''}` : item.kind,
  );
const entry = (key: string, failure: string | null = null): OutboxEntry => ({
  client_key: key,
  conversation_id: 7,
  text: key,
  created_at: message(7, 9).created_at,
  position: 1,
  failure,
});

test('messages of one sender within minutes are one run', () => {
  const rows = [message(7, 1), message(7, 2), message(7, 3, 1), message(7, 4)];
  assert.deepEqual(shape(buildTimeline(rows, [], OPTIONS)), [
    'day',
    'message^',
    'message$',
    'message^$',
    'message^$',
  ]);
  const late = { ...message(7, 5), created_at: message(7, 4).created_at + 6 * 60_000 };
  assert.deepEqual(shape(buildTimeline([message(7, 4), late], [], OPTIONS)), [
    'day',
    'message^$',
    'message^$',
  ]);
});

test('every day has its heading, and a system row stands alone', () => {
  const tomorrow = { ...message(7, 3), created_at: message(7, 2).created_at + 86_400_000 };
  const note = { ...message(7, 2), kind: 'system', body: { event: 'friends' } };
  assert.deepEqual(shape(buildTimeline([message(7, 1), note, tomorrow], [], OPTIONS)), [
    'day',
    'message^$',
    'note',
    'day',
    'message^$',
  ]);
});

test('the line above what is new stands before the first row of somebody else', () => {
  const rows = [message(7, 1), message(7, 2, 1), message(7, 3), message(7, 4)];
  assert.deepEqual(shape(buildTimeline(rows, [], { ...OPTIONS, unreadAfter: 1 })), [
    'day',
    'message^$',
    'message^$',
    'unread',
    'message^',
    'message$',
  ]);
});

test('marks: sent, delivered, read; none for what others wrote', () => {
  const rows = [message(7, 1, 1), message(7, 2, 1), message(7, 3, 1), message(7, 4, 2)];
  const marks = buildTimeline(rows, [], { ...OPTIONS, peerRead: 1, peerDelivered: 2 }).flatMap(
    (item) => (item.kind === 'message' ? [item.mark] : []),
  );
  assert.deepEqual(marks, ['read', 'delivered', 'sent', null]);
});

test('what is on its way comes last, and only until its row is there, under the same key', () => {
  const waiting = buildTimeline(
    [message(7, 1)],
    [entry('k9'), entry('k10', 'not_friends')],
    OPTIONS,
  );
  assert.deepEqual(
    waiting.flatMap((item) => (item.kind === 'pending' ? [item.mark] : [])),
    ['sending', 'failed'],
  );
  const stored = buildTimeline([message(7, 1), message(7, 9, 1, 'k9')], [entry('k9')], OPTIONS);
  assert.equal(stored.filter(({ kind }) => kind === 'pending').length, 0);
  assert.equal(waiting.find(({ kind }) => kind === 'pending')?.key, stored.at(-1)?.key);
});

test('rows that only change others are not shown', () => {
  const change = { ...message(7, 2), kind: 'recall', body: { target: 1 } };
  assert.deepEqual(shape(buildTimeline([message(7, 1), change], [], OPTIONS)), [
    'day',
    'message^$',
  ]);
});
