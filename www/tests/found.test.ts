import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptOf, splitFound } from '../src/views/search/found';

const marked = (text: string, query: string): string =>
  splitFound(text, query)
    .map(({ text: part, found }) => (found ? `[${part}]` : part))
    .join('');

const cases: [text: string, query: string, expected: string][] = [
  ['Hello World', 'world', 'Hello [World]'],
  ['Hello World', 'wor', 'Hello [Wor]ld'],
  ['Hello World', 'ello', 'Hello World'],
  ['world worlds unworldly', 'world', '[world] [world]s unworldly'],
  ['你好，世界', '世界', '你好，[世界]'],
  ['去Paris玩3天', 'paris 玩', '去[Paris][玩]3天'.replace('][', '')],
  ['去Paris玩3天', 'paris', '去[Paris]玩3天'],
  ['café au lait', 'CAFE', '[café] au lait'],
  ['cafe\u0301 au lait', 'café', '[cafe\u0301] au lait'],
  ['Ｗｉｄｅ', 'wide', '[Ｗｉｄｅ]'],
  ['Straße', 'strasse', '[Straße]'],
  ['so 😂😂', '😂', 'so [😂😂]'],
  ['👍🏽 great', '👍', '[👍🏽] great'],
  ['a.b*c', '.*', 'a.b*c'],
  ['<b>bold</b>', '<b>', '<[b]>[b]old</[b]>'],
  ['nothing', '', 'nothing'],
  ['', 'x', ''],
];
for (const [text, query, expected] of cases)
  test(`"${query}" in "${text}"`, () => {
    const parts = splitFound(text, query);
    assert.equal(marked(text, query), expected);
    assert.equal(parts.map((part) => part.text).join(''), text, 'nothing is lost');
  });

test('of a long text, what stands around the first place', () => {
  const text = `${'很长的话。'.repeat(200)}会议 ${'more '.repeat(100)}`;
  const parts = excerptOf(text, '会议');
  const shown = parts.map((part) => part.text).join('');
  assert.ok(shown.startsWith('…') && shown.endsWith('…'));
  assert.ok(shown.length < 200);
  assert.ok(parts.some(({ text: part, found }) => found && part === '会议'));
});

test('a short text is shown whole, on one line', () => {
  assert.deepEqual(excerptOf(' one\n two ', 'two'), [
    { text: 'one ', found: false },
    { text: 'two', found: true },
  ]);
});
