import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, spansOf, type Block } from '../src/views/conversation/markup';

const text = (value: string): Block => ({ kind: 'text', text: value });
const code = (value: string): Block => ({ kind: 'code', text: value });
const quote = (value: string): Block => ({ kind: 'quote', text: value });

const BLOCKS: [string, string, Block[]][] = [
  ['a line', 'Hello', [text('Hello')]],
  ['lines stay lines', 'one\n\n  two', [text('one\n\n  two')]],
  [
    'code between fences',
    'see\n```\nif (a)\n\tb();\n```\nyes',
    [text('see'), code('if (a)\n\tb();'), text('yes')],
  ],
  ['a language is not code', '```c\nint x;\n```', [code('int x;')]],
  ['what looks like marks in code', '```\n> a\n`b`\n```', [code('> a\n`b`')]],
  ['a longer fence holds a shorter one', '````\n```\n````', [code('```')]],
  ['a fence that is open', '```\nint x;', [text('```\nint x;')]],
  ['an empty block', '```\n```', [text('```\n```')]],
  ['a quote', '> one\n> two\nthree', [quote('one\ntwo'), text('three')]],
  ['a quote in the middle', 'a\n> b\nc', [text('a'), quote('b'), text('c')]],
  ['a face is no quote', '>', [text('>')]],
  ['nothing quoted', '> ', [text('> ')]],
];
for (const [what, given, expected] of BLOCKS) {
  test(`blocks: ${what}`, () => {
    assert.deepEqual(blocksOf(given), expected);
  });
}

const SPANS: [string, string, string[]][] = [
  ['one', 'run `make` now', ['make']],
  ['two', '`a` and `b`', ['a', 'b']],
  ['more backticks hold fewer', '``a`b``', ['a`b']],
  ['one alone', 'a ` b', []],
  ['none in between', 'a `` b', []],
  ['not over the end of a line', 'a `b\nc` d', []],
];
for (const [what, given, expected] of SPANS) {
  test(`spans: ${what}`, () => {
    const spans = spansOf(given);
    assert.deepEqual(
      spans.filter((span) => span.code).map((span) => span.text),
      expected,
    );
    if (expected.length === 0) assert.deepEqual(spans, [{ text: given, code: false }]);
  });
}
