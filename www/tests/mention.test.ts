import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { language } from '../src/i18n';
import {
  complete,
  matching,
  mentionsIn,
  queryAt,
  splitMentions,
} from '../src/views/conversation/mention';
import { namesOf } from '../src/views/conversation/names';
import { noteOf } from '../src/views/conversation/note';
import { message } from './fakes';

const ANN = { id: 2, name: 'Ann' };
const ANNA = { id: 3, name: 'Anna Li' };
const BO = { id: 4, name: '小波' };
const ALL = { id: 0, name: 'Everybody' };
const PEOPLE = [ALL, ANN, ANNA, BO];

const QUERIES: [string, string, string | null][] = [
  ['nothing', 'hello|', null],
  ['an @ alone', '@|', ''],
  ['a beginning', 'hi @an|', 'an'],
  ['after Chinese', '你好@小|', '小'],
  ['with a space in the name', '@Anna L|', 'Anna L'],
  ['a space ends it', '@Ann |', null],
  ['a line ends it', '@\nx|', null],
  ['an address', 'me@example|', null],
  ['before the caret only', '@a|nn', 'a'],
];
for (const [what, text, expected] of QUERIES) {
  test(`mention being written: ${what}`, () => {
    assert.equal(queryAt(text.replace('|', ''), text.indexOf('|'))?.text ?? null, expected);
  });
}

test('those whose name begins so come first', () => {
  assert.deepEqual(
    matching([ANN, ANNA, BO, { id: 5, name: 'Joanne' }], 'ann', 8).map(({ id }) => id),
    [2, 3, 5],
  );
  assert.deepEqual(
    matching(PEOPLE, '', 2).map(({ id }) => id),
    [0, 2],
  );
});

test('the chosen name stands in the place of what was written of it', () => {
  const query = queryAt('hi @an there', 6);
  assert.ok(query);
  assert.deepEqual(complete('hi @an there', query, 6, ANN), { text: 'hi @Ann there', caret: 8 });
});

test('the longest name that stands in the text is meant', () => {
  assert.deepEqual(mentionsIn('@Anna Li and @小波！ @nobody', PEOPLE, new Map()), [3, 4]);
  assert.deepEqual(mentionsIn('@Ann @Ann', PEOPLE, new Map()), [2]);
  assert.deepEqual(mentionsIn('Ann, 小波', PEOPLE, new Map()), []);
});

test('of two of the same name, the chosen one is meant', () => {
  const other = { id: 8, name: 'Ann' };
  assert.deepEqual(mentionsIn('@Ann', [ANN, other], new Map([['Ann', 8]])), [8]);
});

test('a text is split without losing a character', () => {
  const text = 'x@Ann, @Everybody: a@b @ @Anna Li';
  const parts = splitMentions(text, PEOPLE);
  assert.equal(parts.map((part) => part.text).join(''), text);
  assert.deepEqual(
    parts.flatMap(({ mention }) => mention?.id ?? []),
    [2, 0, 3],
  );
});

afterEach(() => {
  language.value = 'en';
});

const who = (id: number, as = 'subject') =>
  id === 1 ? (as === 'subject' ? 'You' : 'you') : `P${id}`;
const sentence = (body: Record<string, unknown>, by = 2): string =>
  noteOf({ ...message(9, 1, by), kind: 'system', body }, who);

test('what happened in a group is told in sentences', () => {
  language.value = 'en';
  const joined = (via: string, by: number, ids: number[], count = ids.length) =>
    sentence({ event: 'joined', via, user_ids: ids, count }, by);
  assert.equal(joined('open', 3, [3]), 'P3 joined the group');
  assert.equal(joined('link', 3, [3]), 'P3 joined by a link');
  assert.equal(joined('added', 2, [1, 3]), 'P2 added you and P3');
  assert.equal(joined('added', 1, [3, 4, 5, 6, 7], 1000), 'You added P3, P4, P5, and 997 others');
  assert.equal(joined('request', 2, [3]), 'P2 let P3 join');
  assert.equal(
    sentence({ event: 'role', user_id: 1, role: 'admin' }),
    'P2 made you an administrator',
  );
  assert.equal(sentence({ event: 'mute_all', on: false }), 'P2 let everybody write again');
  assert.equal(sentence({ event: 'muted', user_id: 3, until: 0 }, 1), 'You let P3 write again');
  assert.equal(sentence({ event: 'left', user_ids: [3], count: 1 }, 3), 'P3 left the group');
  assert.equal(sentence({ event: 'never heard of' }), 'The conversation was changed.');
  language.value = 'zh-CN';
  assert.equal(joined('added', 2, [3, 4]), 'P2邀请P3和P4加入了群聊');
  assert.equal(sentence({ event: 'owner', user_id: 3 }), 'P2将群主转让给了P3');
});

test('many people are named by a few', () => {
  const name = (id: number) => `P${id}`;
  assert.equal(namesOf([1], 1, name), 'P1');
  assert.equal(namesOf([1, 2, 3, 4], 4, name), 'P1, P2, P3, and P4');
  assert.equal(namesOf([1, 2, 3, 4, 5], 5, name), 'P1, P2, P3, and 2 others');
});
