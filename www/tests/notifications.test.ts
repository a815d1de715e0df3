import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Notification } from '../src/api/social';
import { NotificationCentre } from '../src/store/notifications';
import { FakeTimers, settle } from './fakes';

const one = (id: number, read = false): Notification => ({
  id,
  kind: 'friend_request',
  actor: null,
  subject: { request_id: id },
  created_at: id,
  read,
});

let timers: FakeTimers;
let stored: Notification[]; // what the server has, oldest first
let syncs: number;
let news: (number | null)[];
let marks: number[];
let centre: NotificationCentre;
const unread = (): number => stored.filter(({ read }) => !read).length;
const ids = (): number[] => centre.items.value.map(({ id }) => id);

beforeEach(() => {
  timers = new FakeTimers();
  stored = [];
  syncs = 0;
  news = [];
  marks = [];
  centre = new NotificationCentre({
    social: {
      notifications: (before, limit) => {
        const all = stored.filter(({ id }) => id < (before ?? Infinity)).reverse();
        return Promise.resolve({
          notifications: all.slice(0, limit),
          unread: unread(),
          more: all.length > limit,
        });
      },
      readNotifications: (upTo) => {
        marks.push(upTo);
        stored = stored.map((each) => (each.id <= upTo ? { ...each, read: true } : each));
        return Promise.resolve(unread());
      },
    },
    timers,
    sync: () => {
      syncs += 1;
      centre.synced(unread(), centre.version());
    },
    onNews: (notification) => news.push(notification?.id ?? null),
  });
});

test('a live one counts once, however often it comes', async () => {
  centre.arrived(one(1));
  centre.arrived(one(1));
  await timers.advance(10_000);
  assert.equal(centre.unread.value, 1);
  assert.deepEqual(news, [1]);
  assert.equal(syncs, 0, 'nothing is doubtful about it');
});

test('one that comes close after a count may be in it: the server is asked', async () => {
  stored = [one(1)];
  centre.synced(1, centre.version());
  centre.arrived(one(1));
  assert.equal(centre.unread.value, 2);
  await timers.advance(1000);
  assert.equal(syncs, 1);
  assert.equal(centre.unread.value, 1);
});

test('an answer that is older than an event does not undo it', async () => {
  const version = centre.version();
  stored = [one(1)];
  centre.arrived(one(1));
  centre.synced(0, version); // asked before
  assert.equal(centre.unread.value, 1);
  await timers.advance(1000);
  assert.equal(centre.unread.value, 1);
  assert.equal(syncs, 1);
});

test('an unchanged sync says what the last one said', () => {
  centre.synced(3, centre.version());
  centre.synced(null, centre.version());
  assert.equal(centre.unread.value, 3);
});

test('what is seen here is told once, and what another device saw is read here', async () => {
  stored = [one(1), one(2)];
  await centre.refresh();
  assert.equal(centre.unread.value, 2);
  await Promise.all([centre.seen(), centre.seen()]);
  await centre.seen();
  assert.deepEqual(marks, [2]);
  assert.equal(centre.unread.value, 0);
  centre.seenUpTo(2, 0); // the event of the same
  assert.equal(syncs, 0);
  stored.push(one(3));
  await timers.advance(10_000);
  centre.arrived(one(3));
  assert.equal(centre.unread.value, 1);
  centre.seenUpTo(3, 0);
  assert.equal(centre.unread.value, 0);
  assert.ok(centre.items.value.every(({ read }) => read));
});

test('pages go on where the last one ended', async () => {
  stored = Array.from({ length: 70 }, (_, i) => one(i + 1, true));
  await centre.refresh();
  assert.deepEqual([ids().length, ids()[0], centre.more.value], [30, 70, true]);
  await centre.older();
  await centre.older();
  assert.deepEqual([ids().length, ids().at(-1), centre.more.value], [70, 1, false]);
  await centre.refresh();
  assert.deepEqual([ids().length, centre.more.value], [70, false]);
});

test('a list with a hole starts anew', async () => {
  stored = Array.from({ length: 40 }, (_, i) => one(i + 1, true));
  await centre.refresh();
  for (let id = 41; id <= 100; id += 1) stored.push(one(id));
  await centre.refresh(); // after a long absence
  assert.deepEqual([ids().length, ids()[0], ids().at(-1)], [30, 100, 71]);
  assert.equal(centre.more.value, true);
  assert.equal(centre.unread.value, 60);
});

test('a grown count without a live connection brings what is new', async () => {
  await centre.refresh();
  stored = [one(1)];
  centre.synced(1, centre.version());
  await settle();
  assert.deepEqual(news, [null]);
  assert.deepEqual(ids(), [1]);
});
