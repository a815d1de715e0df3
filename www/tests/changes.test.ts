import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange, asHidden, withChanges, withReaction } from '../src/store/changes';
import { fromServer, withMessage } from '../src/store/head';
import { append, isCounted, isReadable, prepend, restore, type Stream } from '../src/store/stream';
import { head, message } from './fakes';

const ME = 1;
function change(seq: number, kind: string, target: number, more: object = {}, sender = 2) {
  return { ...message(7, seq, sender, `~${seq}`), kind, body: { target, ...more } };
}
function loaded(to: number): Stream {
  const rows = Array.from({ length: to }, (_, index) => message(7, index + 1));
  return { rows, last: to, loaded: true, complete: true };
}
const text = (stream: Stream, seq: number) => stream.rows[seq - 1]?.body?.['text'];

test('an edit that follows changes its target, and says when', () => {
  const edit = change(4, 'edit', 2, { text: 'new' });
  const { stream, outcome } = append(loaded(3), [edit], ME);
  assert.equal(outcome, 'applied');
  assert.equal(text(stream, 2), 'new');
  assert.equal(stream.rows[1]?.edited_at, edit.created_at);
  assert.equal(stream.rows[1]?.changed_seq, 4);
  assert.equal(text(stream, 1), 'text 1');
});

test('a change is applied once: a row that has it, or a later one, stays as it is', () => {
  const on = change(4, 'reaction', 2, { emoji: '👍', on: true });
  const current = { ...message(7, 2), changed_seq: 4 };
  assert.equal(applyChange(current, on, ME), current);
  const later = { ...message(7, 2), changed_seq: 9 };
  assert.equal(applyChange(later, on, ME), later);
  assert.equal(applyChange({ ...message(7, 2), changed_seq: 3 }, on, ME).changed_seq, 4);
});

test('a recalled message keeps its number and nothing else', () => {
  const row = {
    ...message(7, 2),
    mentions: [3],
    pinned_at: 5,
    reactions: [{ emoji: '👍', count: 1, mine: true, user_ids: [1] }],
  };
  const gone = applyChange(row, change(4, 'recall', 2), ME);
  assert.equal(gone.body, null);
  assert.deepEqual([gone.reactions, gone.mentions, gone.pinned_at], [[], [], null]);
  assert.equal(gone.recalled_at, change(4, 'recall', 2).created_at);
  assert.deepEqual([gone.seq, gone.ordinal], [2, 2]);
});

test('what was recalled is nowhere: the rows of its edits lose their texts', () => {
  const edited = append(loaded(3), [change(4, 'edit', 2, { text: 'secret' })], ME).stream;
  const other = append(edited, [change(5, 'edit', 3, { text: 'stays' })], ME).stream;
  const { stream } = append(other, [change(6, 'recall', 2)], ME);
  assert.ok(!JSON.stringify(stream).includes('secret'));
  assert.deepEqual(stream.rows[3]?.body, { target: 2 });
  assert.equal(text(stream, 3), 'stays');
});

test('pins come and go', () => {
  const on = change(4, 'pin', 2, { on: true });
  const pinned = append(loaded(3), [on], ME).stream;
  assert.equal(pinned.rows[1]?.pinned_at, on.created_at);
  const { stream } = append(pinned, [change(5, 'pin', 2, { on: false })], ME);
  assert.equal(stream.rows[1]?.pinned_at, null);
});

const thumb = { emoji: '👍', count: 2, mine: false, user_ids: [2, 3] };
const REACTIONS: [string, number, boolean, object][] = [
  ['somebody joins in', 4, true, { count: 3, mine: false, user_ids: [2, 3, 4] }],
  ['somebody who did already', 3, true, thumb],
  ['somebody takes it back', 3, false, { count: 1, mine: false, user_ids: [2] }],
  ['somebody who never did', 4, false, thumb],
  ['I do', ME, true, { count: 3, mine: true, user_ids: [2, 3, 1] }],
];
for (const [what, user, on, expected] of REACTIONS) {
  test(`reactions: ${what}`, () => {
    const [reaction] = withReaction([thumb], { emoji: '👍', user, on }, ME);
    assert.deepEqual(reaction, { emoji: '👍', ...expected });
  });
}

test('reactions: of many only the first are named, and all are counted', () => {
  const user_ids = Array.from({ length: 20 }, (_, index) => index + 10);
  const many = [{ emoji: '🎉', count: 25, mine: false, user_ids }];
  const more = withReaction(many, { emoji: '🎉', user: 99, on: true }, ME);
  assert.deepEqual([more[0]?.count, more[0]?.user_ids.length], [26, 20]);
  const fewer = withReaction(many, { emoji: '🎉', user: 88, on: false }, ME);
  assert.equal(fewer[0]?.count, 24);
  const mine = withReaction(many, { emoji: '🎉', user: ME, on: true }, ME);
  assert.deepEqual([mine[0]?.count, mine[0]?.mine], [26, true]);
  assert.equal(withReaction(mine, { emoji: '🎉', user: ME, on: true }, ME)[0]?.count, 26);
});

test('reactions: the last one to take it back removes it; a new one comes last', () => {
  const one = [{ ...thumb, count: 1, user_ids: [2] }];
  assert.deepEqual(withReaction(one, { emoji: '👍', user: 2, on: false }, ME), []);
  const two = withReaction(one, { emoji: '😮', user: ME, on: true }, ME);
  assert.deepEqual(
    two.map(({ emoji }) => emoji),
    ['👍', '😮'],
  );
});

test('what I deleted for myself is not shown, counts as before, and changes no more', () => {
  const hidden = asHidden(message(7, 2));
  assert.equal(isReadable(hidden), false);
  assert.equal(isCounted(hidden), true);
  const after = applyChange(hidden, change(4, 'edit', 2, { text: 'new' }), ME);
  assert.deepEqual([after.body, after.changed_seq], [null, 4]);
});

test('a change of a row that is not loaded changes nothing', () => {
  const rows = [message(7, 5), message(7, 6)];
  assert.equal(withChanges(rows, [change(7, 'edit', 2, { text: 'x' })], ME), rows);
});

test('what a cache gives is changed by the rows that come after it', () => {
  const kept = restore(loaded(3).rows, true);
  const { stream } = append(
    kept,
    [change(4, 'recall', 1), change(5, 'edit', 3, { text: 'n' })],
    ME,
  );
  assert.equal(stream.rows[0]?.body, null);
  assert.equal(text(stream, 3), 'n');
});

test('an older page that changes have overtaken is brought up to them', () => {
  const late: Stream = {
    rows: [message(7, 4), change(5, 'edit', 2, { text: 'new' })],
    last: 5,
    loaded: true,
    complete: false,
  };
  const page = { messages: [1, 2, 3].map((seq) => message(7, seq)), more: false };
  assert.equal(text(prepend(late, page, ME), 2), 'new');
});

test('the head shows the last message as it is now, and nothing becomes unread', () => {
  const quiet = fromServer(head(7, message(7, 4), { read_seq: 4, unread: 0 }));
  const edit = { ...change(5, 'edit', 4, { text: 'new' }), ordinal: 4 };
  const edited = withMessage(quiet, edit, ME);
  assert.equal(edited.last_message?.body?.['text'], 'new');
  assert.deepEqual([edited.last_seq, edited.unread, edited.updated_at], [5, 0, quiet.updated_at]);
  const recalled = withMessage(edited, { ...change(6, 'recall', 4), ordinal: 4 }, ME);
  assert.equal(recalled.last_message?.body, null);
  const other = withMessage(recalled, { ...change(7, 'recall', 2), ordinal: 4 }, ME);
  assert.equal(other.last_message, recalled.last_message);
});
