import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { User } from '../src/api/account';
import { ApiError } from '../src/api/errors';
import type { Comment, MomentNotification, MomentsApi, Post } from '../src/api/moments';
import { MomentNews } from '../src/store/moment_news';
import { Moments } from '../src/store/moments';
import type { Uploads } from '../src/store/uploads';
import { settle } from './fakes';

const person = (id: number): User => ({
  id,
  username: `p${id}`,
  nickname: `P${id}`,
  avatar: null,
  bio: '',
  gender: '',
  region: '',
});
const said = (id: number): Comment => ({
  id,
  author: person(2),
  text: `${id}`,
  reply_to: null,
  reply_user: null,
  created_at: id,
});
const posted = (id: number, more: Partial<Post> = {}): Post => ({
  id,
  author: person(2),
  text: `${id}`,
  media: [],
  audience: null,
  created_at: id,
  muted: false,
  likes: [],
  like_count: 0,
  liked: false,
  comments: [],
  comment_count: 0,
  ...more,
});

const PAGE = 20;
let stored: Post[]; // newest first
let refuse: string | null;
let marks: number[];
let moments: Moments;

const page = (before: number | undefined, limit: number) => {
  const all = stored.filter(({ id }) => id < (before ?? Infinity));
  return Promise.resolve({ posts: all.slice(0, limit), more: all.length > limit, cover: null });
};
const answer = <T>(value: () => T): Promise<T> => {
  if (refuse === null) return Promise.resolve(value());
  return Promise.reject(new ApiError(refuse === 'not_found' ? 404 : 503, refuse, refuse));
};
const find = (id: number): Post => stored.find((one) => one.id === id) ?? posted(id);

beforeEach(() => {
  stored = [];
  refuse = null;
  marks = [];
  const api = {
    feed: page,
    album: (_: number, before: number | undefined, limit: number) => page(before, limit),
    post: (id: number) => answer(() => find(id)),
    create: ({ text }: { text: string }) => answer(() => posted(99, { text, author: person(1) })),
    remove: () => answer(() => undefined),
    like: (id: number) =>
      answer(() => posted(id, { liked: true, like_count: 8, likes: [person(5), person(1)] })),
    unlike: () => answer(() => undefined),
    comment: () => answer(() => said(7)),
    removeComment: () => answer(() => undefined),
    comments: () => answer(() => ({ comments: [said(1), said(2)], more: false })),
    seen: (upTo: number) => {
      marks.push(upTo);
      return answer(() => false);
    },
  } as unknown as MomentsApi;
  moments = new Moments({
    me: () => person(1),
    api,
    media: { uploadsApart: () => ({}) as Uploads },
    newKey: () => 'key',
  });
});

const feed = (): readonly number[] => moments.feed.ids.value;
const post = (id: number): Post => {
  const found = moments.posts.value.get(id);
  assert.ok(found);
  return found;
};

test('a feed grows at its end, and is renewed from its beginning', async () => {
  stored = Array.from({ length: 25 }, (_, i) => posted(25 - i));
  await moments.feed.refresh();
  assert.deepEqual([feed().length, moments.feed.more.value], [PAGE, true]);
  await moments.feed.older();
  assert.deepEqual([feed().length, moments.feed.more.value], [25, false]);
  stored = [posted(26), ...stored.filter(({ id }) => id !== 24)];
  await moments.feed.refresh();
  assert.deepEqual(
    feed(),
    stored.map(({ id }) => id),
    'what is gone is gone, older ones stay',
  );
  assert.equal(moments.feed.more.value, false);
});

test('behind a hole nothing stays', async () => {
  stored = [posted(2), posted(1)];
  await moments.feed.refresh();
  stored = Array.from({ length: 60 }, (_, i) => posted(62 - i));
  await moments.feed.refresh();
  assert.deepEqual([feed().length, feed().at(-1), moments.feed.more.value], [PAGE, 43, true]);
});

test('a like shows at once, and goes back when it is refused', async () => {
  stored = [posted(3, { like_count: 1, likes: [person(5)] })];
  await moments.feed.refresh();
  const liking = moments.like(post(3));
  assert.deepEqual([post(3).liked, post(3).like_count], [true, 2]);
  await liking;
  assert.equal(post(3).like_count, 8, 'the server counts');
  refuse = 'unavailable';
  await assert.rejects(moments.like(post(3)));
  assert.deepEqual([post(3).liked, post(3).like_count], [true, 8]);
});

test('a comment is shown once, and counts; one that is deleted does no longer', async () => {
  stored = [posted(3, { comments: [said(6)], comment_count: 4 })];
  await moments.feed.refresh();
  await moments.comment(3, 'key', 'x', null);
  await moments.comment(3, 'key', 'x', null);
  assert.deepEqual([post(3).comments.map(({ id }) => id), post(3).comment_count], [[6, 7], 5]);
  await moments.earlier(3);
  assert.deepEqual(
    post(3).comments.map(({ id }) => id),
    [1, 2, 6, 7],
  );
  stored = [posted(3, { comments: [said(6), said(7)], comment_count: 5 })];
  await moments.feed.refresh();
  assert.equal(post(3).comments.length, 4, 'what was looked at stays in sight');
  await moments.removeComment(3, said(2));
  assert.deepEqual([post(3).comments.length, post(3).comment_count], [3, 4]);
});

test('what is posted here, told live or gone is so in every list', async () => {
  stored = [posted(3)];
  await moments.feed.refresh();
  await moments.album(1).refresh();
  moments.composition.text.value = ' mine ';
  assert.equal(await moments.composition.publish(), true);
  assert.deepEqual(
    [feed(), moments.album(1).ids.value],
    [
      [99, 3],
      [99, 3],
    ],
  );
  assert.equal(moments.fresh.value, false, 'my own is not new');
  stored = [posted(100), posted(99), ...stored];
  moments.told(100, 2, false);
  await settle();
  assert.deepEqual([feed()[0], moments.fresh.value], [100, true]);
  moments.told(3, 2, true);
  assert.deepEqual([feed(), moments.posts.value.has(3)], [[100, 99], false]);
  refuse = 'not_found';
  await assert.rejects(moments.load(100));
  assert.deepEqual(feed(), [99]);
});

test('looking at the feed takes the dot away, and only as often as there is something', async () => {
  stored = [posted(3)];
  moments.synced(true);
  await moments.feed.refresh();
  await moments.look();
  await moments.look();
  assert.deepEqual([marks, moments.fresh.value], [[3], false]);
  refuse = 'unavailable';
  moments.synced(true);
  await moments.look();
  assert.equal(moments.fresh.value, true);
  refuse = null;
  await moments.look();
  assert.deepEqual([marks, moments.fresh.value], [[3, 3, 3], false]);
});

test('notifications of moments: counted live, by the server, and read', async () => {
  const one = (id: number): MomentNotification => ({
    id,
    kind: 'moment_liked',
    actor: person(2),
    post_id: 3,
    post_media_id: null,
    post_text: 'x',
    comment_id: null,
    comment_text: null,
    created_at: id,
    read: false,
  });
  const read: number[] = [];
  const news = new MomentNews({
    notifications: () =>
      Promise.resolve({ notifications: [one(2), one(1)], unread: 2, more: false }),
    readNotifications: (upTo) => {
      read.push(upTo);
      return Promise.resolve(0);
    },
  });
  news.arrived(one(1));
  news.arrived(one(1));
  assert.equal(news.unread.value, 1);
  await news.refresh();
  assert.deepEqual([news.items.value.length, news.unread.value], [2, 2]);
  await news.seen();
  await news.seen();
  assert.deepEqual([read, news.unread.value], [[2], 0]);
  news.synced(4);
  await settle();
  assert.equal(news.unread.value, 2, 'the list and its count are asked for again');
});
