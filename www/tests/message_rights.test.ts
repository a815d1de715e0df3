import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupHead, Role } from '../src/api/groups';
import { actionsOn, type Standing } from '../src/store/message_rights';
import { message } from './fakes';

const ME = 1;
const sent = message(7, 4, ME);
const theirs = message(7, 4, 2);
const at = (seconds: number): number => sent.created_at + seconds * 1000;
function group(role: Role, more: Partial<GroupHead> = {}): GroupHead {
  return { role, dissolved_at: null, ...more } as GroupHead;
}
function standing(more: Partial<Standing> = {}): Standing {
  return {
    me: ME,
    group: null,
    receipts: true,
    writes: true,
    roleOf: () => 'member',
    windows: { edit: 600, recall: 120 },
    now: at(60),
    ...more,
  };
}
const offered = (one: typeof sent, more: Partial<Standing> = {}) =>
  [...actionsOn(one, standing(more))].sort().join(' ');

test('of my own text, while there is time: everything', () => {
  assert.equal(offered(sent), 'copy edit forward hide pin react recall reply select');
});

test('the time to recall ends, then the time to edit; without a limit neither does', () => {
  assert.equal(offered(sent, { now: at(121) }), 'copy edit forward hide pin react reply select');
  assert.equal(offered(sent, { now: at(601) }), 'copy forward hide pin react reply select');
  const always = { edit: 0, recall: 0 };
  assert.equal(
    offered(sent, { now: at(1e6), windows: always }),
    'copy edit forward hide pin react recall reply select',
  );
});

test('of what somebody else said, neither an edit nor a recall', () => {
  assert.equal(offered(theirs), 'copy forward hide pin react reply select');
});

test('who may not write can still recall, copy and delete for themselves', () => {
  assert.equal(offered(sent, { writes: false }), 'copy forward hide recall select');
});

test('what was recalled can only be deleted for me', () => {
  assert.equal(offered({ ...sent, body: null, recalled_at: 1 }), 'hide');
});

test('a message of another kind is neither copied nor edited', () => {
  assert.equal(offered({ ...sent, kind: 'contact' }), 'forward hide pin react recall reply select');
});

test('a picture can become a sticker', () => {
  for (const kind of ['image', 'sticker'])
    assert.ok(actionsOn({ ...theirs, kind }, standing()).has('sticker'));
});

test('what happened is forwarded by nobody', () => {
  const happened = { ...sent, kind: 'system', body: { event: 'friends' } };
  assert.ok(!actionsOn(happened, standing()).has('forward'));
});

test('what was done to it can be looked at and undone', () => {
  const reaction = { emoji: '👍', count: 1, mine: false, user_ids: [2] };
  const changed = { ...sent, pinned_at: 5, edited_at: 6, reactions: [reaction] };
  assert.equal(
    offered(changed, { now: at(1000) }),
    'copy forward hide history react reactions reply select unpin',
  );
  assert.ok(!actionsOn({ ...theirs, edited_at: 6 }, standing()).has('history'));
});

test('in a group its keepers pin, recall at any time and see what was edited', () => {
  const edited = { ...theirs, edited_at: 6 };
  const late = { now: at(1e6) };
  assert.equal(
    offered(edited, { ...late, group: group('member') }),
    'copy forward hide react reply select',
  );
  const all = 'copy forward hide history pin react recall reply select';
  assert.equal(offered(edited, { ...late, group: group('admin') }), all);
  assert.equal(offered(edited, { ...late, group: group('owner') }), all);
  assert.ok(actionsOn(sent, standing({ ...late, group: group('admin') })).has('recall'));
});

test('an administrator recalls what members and administrators said, not the owner', () => {
  const may = (role: Role | undefined): boolean =>
    actionsOn(theirs, standing({ group: group('admin'), roleOf: () => role })).has('recall');
  assert.deepEqual(
    [may('member'), may('admin'), may('owner'), may(undefined)],
    [true, true, false, true],
  );
});

test('in a dissolved group nothing is recalled or pinned any more', () => {
  const dissolved = group('owner', { dissolved_at: 5 });
  assert.equal(offered(sent, { writes: false, group: dissolved }), 'copy forward hide select');
});

test('who has read it is told of my own, in groups that are not too large', () => {
  const may = (one: typeof sent, more: Partial<GroupHead>): boolean =>
    actionsOn(one, standing({ group: group('member', { member_count: 3, ...more }) })).has(
      'readers',
    );
  assert.deepEqual(
    [
      may(sent, {}),
      may(theirs, {}),
      may(sent, { member_count: 201 }),
      may(sent, { member_count: 1 }),
    ],
    [true, false, false, false],
  );
  assert.ok(!actionsOn(sent, standing()).has('readers'));
});
