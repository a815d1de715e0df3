import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../src/api/chat';
import type { GroupApi, Member } from '../src/api/groups';
import type { Invitation, JoiningApi } from '../src/api/joining';
import { withSharedGroup } from '../src/store/group_head';
import { governs, may, silenceOf } from '../src/store/group_rights';
import { fromServer, merge, withMessage, withRead } from '../src/store/head';
import { FakeTimers, message, PEER, settle } from './fakes';
import { GROUP, groupHead, shared } from './group_fakes';
import { Joining } from '../src/store/joining';
import { Members } from '../src/store/members';
import { People } from '../src/store/people';
import { connect, makeWorld } from './world';

const ME = 1;

function row(seq: number, body: Record<string, unknown>, by = 2, ordinal = seq): Message {
  return { ...message(9, seq, by), kind: 'system', body, ordinal };
}

test('a change for everybody is taken once, and leaves alone what only I am', () => {
  const now = fromServer(groupHead({ role: 'admin', nickname: 'Me' }));
  const next = withSharedGroup(now, shared({ name: 'Runners', changed_seq: 5 }));
  assert.equal(next.group?.name, 'Runners');
  assert.equal(next.group.role, 'admin');
  assert.equal(next.group.nickname, 'Me');
  assert.equal(withSharedGroup(next, shared({ name: 'Old', changed_seq: 5 })), next);
});

test('an older answer takes back neither the group nor what I am in it', () => {
  const renamed = withSharedGroup(
    fromServer(groupHead()),
    shared({ name: 'Runners', changed_seq: 6 }),
  );
  // I was muted by row 5, and am told after row 6 was.
  const muted = merge(renamed, groupHead({ changed_seq: 5, muted_until: 99 }));
  assert.equal(muted.group?.name, 'Runners');
  assert.equal(muted.group.muted_until, 99);
  const late = merge(muted, groupHead({ changed_seq: 4 }));
  assert.equal(late.group?.muted_until, 99);
  assert.equal(late.group.name, 'Runners');
});

test('rows that only note something make nothing unread and stay out of the list', () => {
  const now = fromServer(groupHead({}, message(9, 4)));
  const next = withMessage(now, row(5, { event: 'renamed', name: 'x' }, 2, 4), ME);
  assert.deepEqual([next.last_seq, next.unread, next.last_message?.seq], [5, 0, 4]);
  assert.equal(next.updated_at, now.updated_at);
});

test('an announcement by somebody else is to be read, mine is not', () => {
  const now = fromServer(groupHead({}, message(9, 4)));
  const body = { event: 'announcement', text: 'Tomorrow at nine' };
  const told = withMessage(now, row(5, body), ME);
  assert.equal(told.group?.announcement_unread, true);
  assert.equal(told.unread, 1);
  assert.equal(withMessage(now, row(5, body, ME), ME).group?.announcement_unread, false);
  const gone = withMessage(told, row(6, { event: 'announcement', text: '' }), ME);
  assert.equal(gone.group?.announcement_unread, false);
});

test('mentions of me or of everybody are counted until they are read', () => {
  let now = fromServer(groupHead({}, message(9, 4)));
  now = withMessage(now, { ...message(9, 5), mentions: [7, ME] }, ME);
  now = withMessage(now, { ...message(9, 6), mentions: [0] }, ME);
  now = withMessage(now, { ...message(9, 7), mentions: [7] }, ME);
  assert.equal(now.mentioned, 2);
  assert.equal(withRead(now, 7, 7).mentioned, 0);
});

test('live: a change of a group that I was not in yet brings its conversation', async () => {
  const world = makeWorld();
  await connect(world);
  world.server.chat.conversation = () => Promise.resolve(groupHead());
  world.sockets.last.frame({
    event: 'conversation',
    shared: true,
    conversation: { id: 9, kind: 'group', group: shared({}) },
  });
  await world.timers.advance(0);
  assert.equal(world.conversations.get(9)?.head.peek().group?.name, 'Walkers');
  assert.equal(world.groups.mine.value.length, 1);
});

test('live: whoever was removed has the group no longer, and no late answer brings it back', async () => {
  const world = makeWorld();
  await connect(world);
  world.conversations.adopt(groupHead());
  const generation = world.conversations.beginSync();
  world.sockets.last.frame({
    event: 'conversation',
    conversation: { id: 9, kind: 'group', removed: true, changed_seq: 5 },
  });
  await world.timers.advance(0);
  assert.equal(world.conversations.get(9), undefined);
  world.conversations.adoptAll([groupHead()], generation);
  assert.equal(world.conversations.get(9), undefined);
  // Invited once more: there it is again.
  world.conversations.adoptAll([groupHead()], world.conversations.beginSync());
  assert.notEqual(world.conversations.get(9), undefined);
});

test('live: a change is applied to the group that is known', async () => {
  const world = makeWorld();
  await connect(world);
  world.conversations.adopt(groupHead());
  world.sockets.last.frame({
    event: 'conversation',
    shared: true,
    conversation: { id: 9, kind: 'group', group: shared({ dissolved_at: 5, changed_seq: 5 }) },
  });
  await world.timers.advance(0);
  assert.equal(world.conversations.get(9)?.head.peek().group?.dissolved_at, 5);
  assert.equal(world.groups.mine.value.length, 0);
});

function member(id: number, part: Partial<Member> = {}): Member {
  const user = { ...PEER, id, nickname: `Person ${id}` };
  const rest = { role: 'member' as const, nickname: '', joined_at: 1, muted_until: 0 };
  return { user, ...rest, online: false, ...part };
}

/* A group of these members; notes who was asked for. */
function makeMembers(all: Member[]) {
  const asked: string[] = [];
  const cards: number[] = [];
  const timers = new FakeTimers();
  const people = new People({
    timers,
    account: {
      users: (ids) => {
        cards.push(...ids);
        return Promise.resolve(ids.map((id) => ({ ...PEER, id })));
      },
    },
  });
  const groups: Pick<GroupApi, 'members'> = {
    members: (_, { ids }) => {
      asked.push(ids ?? '');
      const wanted = (ids ?? '').split(',').map(Number);
      const members = all.filter(({ user }) => wanted.includes(user.id));
      return Promise.resolve({ members, more: false });
    },
  };
  return { asked, cards, timers, people, members: new Members({ groups, people, timers }) };
}

test('members are asked for once, together; who is none is shown by their card', async () => {
  const { asked, cards, timers, people, members } = makeMembers([member(2), member(3)]);
  members.need(9, 4, [2]);
  members.need(9, 4, [3, 8]);
  await timers.advance(50);
  await timers.advance(50);
  assert.deepEqual(asked, ['2,3,8']);
  assert.deepEqual(cards, [8]);
  assert.equal(people.get(8)?.id, 8);
  members.need(9, 4, [2, 3, 8]);
  await timers.advance(50);
  assert.equal(asked.length, 1);
});

test('a change that was missed makes everybody known be asked for again', async () => {
  const { asked, timers, members } = makeMembers([member(2), member(3)]);
  members.need(9, 4, [2, 3]);
  await timers.advance(50);
  members.need(9, 5, [2]);
  await timers.advance(50);
  assert.deepEqual(asked, ['2,3', '2,3']);
});

test('rows of the stream change members without another question', async () => {
  const { asked, timers, members } = makeMembers([
    member(2, { role: 'owner' }),
    member(3),
    member(4),
  ]);
  members.need(9, 4, [2, 3, 4]);
  await timers.advance(50);
  const known = (id: number) => members.of(9).peek().get(id);
  members.apply(row(5, { event: 'role', user_id: 3, role: 'admin' }));
  assert.equal(known(3)?.role, 'admin');
  members.apply(row(6, { event: 'muted', user_id: 3, until: 77 }));
  assert.equal(known(3)?.muted_until, 77);
  members.apply(row(7, { event: 'nickname', user_id: 3, nickname: 'Drei' }, 3));
  assert.equal(known(3)?.nickname, 'Drei');
  members.apply(row(8, { event: 'owner', user_id: 3 }));
  assert.deepEqual([known(2)?.role, known(3)?.role], ['admin', 'owner']);
  members.apply(row(9, { event: 'removed', user_ids: [4], count: 1 }, 3));
  assert.equal(known(4), null);
  members.need(9, 9, [2, 3]);
  await timers.advance(50);
  assert.equal(asked.length, 1, 'all of it was known by the rows');
});

test('an invitation into a group that is here already is no question any more', async () => {
  const { conversations, groups } = makeWorld();
  const invitation = { id: 5, group: { id: 9 } } as Invitation;
  const api = { invitations: () => Promise.resolve([invitation]) } as unknown as JoiningApi;
  const joining = new Joining({ joining: api, groups });
  await joining.loadInvitations();
  assert.deepEqual(joining.invitations.value, [invitation]);
  conversations.adopt(groupHead());
  assert.deepEqual(joining.invitations.value, []);
});

test('of two answers about what waits, the one that was asked for last holds', async () => {
  const { groups } = makeWorld();
  const answers: ((list: never[]) => void)[] = [];
  const ask = () => new Promise<never[]>((resolve) => answers.push(resolve));
  const api = { invitations: ask, requests: ask } as unknown as JoiningApi;
  const joining = new Joining({ joining: api, groups });
  const known = () => [joining.invitations.value, joining.requests.value.get(9)];
  joining.invitationsChanged();
  void joining.loadRequests(9);
  joining.invitationsChanged();
  void joining.loadRequests(9);
  const things = [4, 5, 6, 7].map((id) => [{ id, group: { id } }] as never[]);
  for (const late of [3, 2, 1, 0]) answers[late]?.(things[late] ?? []);
  await settle();
  assert.deepEqual(known(), things.slice(2));
});

test('requests are asked for again while one may answer them', async () => {
  const { conversations, groups } = makeWorld();
  let asked = 0;
  const requests = () => Promise.resolve((asked += 1) && []);
  const api = { invitations: () => Promise.resolve([]), requests } as unknown as JoiningApi;
  const joining = new Joining({ joining: api, groups });
  conversations.adopt(groupHead({ role: 'admin' }));
  joining.refresh();
  assert.equal(asked, 0, 'nobody has looked yet');
  await joining.loadRequests(9);
  joining.refresh();
  assert.equal(asked, 2);
  conversations.adopt(groupHead({ role: 'member', changed_seq: 5 }));
  joining.refresh();
  assert.equal(asked, 2);
});

test('members that could not be had are asked for the next time', async () => {
  const { timers, people } = makeMembers([]);
  let asked = 0;
  const members = new Members({
    people,
    timers,
    groups: {
      members: () => {
        asked += 1;
        return asked === 1
          ? Promise.reject(new Error('cut'))
          : Promise.resolve({ members: [member(2)], more: false });
      },
    },
  });
  members.need(9, 4, [2]);
  await timers.advance(50);
  members.need(9, 4, [2]);
  await timers.advance(50);
  await settle();
  assert.equal(members.of(9).peek().get(2)?.user.id, 2);
});

test('what is offered follows the role', () => {
  assert.deepEqual(
    (['owner', 'admin', 'member'] as const).map((role) => [
      may(role, 'add'),
      may(role, 'set_role'),
      may(role, 'leave'),
      governs(role, 'member'),
      governs(role, 'admin'),
      governs(role, 'owner'),
    ]),
    [
      [true, true, false, true, true, false],
      [true, false, true, true, false, false],
      [false, false, true, false, false, false],
    ],
  );
});

test('one may not write when muted, when all are, and when it is over', () => {
  assert.equal(silenceOf(GROUP, 100), null);
  assert.deepEqual(silenceOf({ ...GROUP, muted_until: 101 }, 100), { reason: 'muted', until: 101 });
  assert.equal(silenceOf({ ...GROUP, muted_until: 100 }, 100), null);
  assert.deepEqual(silenceOf({ ...GROUP, mute_all: true }, 100), { reason: 'all_muted' });
  assert.equal(silenceOf({ ...GROUP, mute_all: true, role: 'admin' }, 100), null);
  assert.deepEqual(silenceOf({ ...GROUP, role: 'owner', dissolved_at: 1 }, 100), {
    reason: 'dissolved',
  });
});
