import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { AddressBook } from '../src/store/addresses';
import { FakeTimers, noNetwork } from './fakes';

const LIFETIME_MS = 600_000;

let timers: FakeTimers;
let asked: number[][];
let hidden: Set<number>;
let down: Error | null;
let book: AddressBook;

beforeEach(() => {
  timers = new FakeTimers();
  [asked, hidden, down] = [[], new Set(), null];
  book = new AddressBook({
    timers,
    media: {
      addresses: (ids) => {
        asked.push([...ids]);
        if (down) return Promise.reject(down);
        const expires_at = timers.now() + LIFETIME_MS;
        const url = (id: number) => `/f/${id}?${timers.now()}`;
        return Promise.resolve(
          ids
            .filter((id) => !hidden.has(id))
            .map((id) => ({
              media_id: id,
              url: url(id),
              thumbnail_url: null,
              preview_url: null,
              expires_at,
            })),
        );
      },
    },
  });
});

test('what one screen needs is asked for at once, at most a hundred at a time', async () => {
  for (let id = 1; id <= 130; id += 1) book.hold(id);
  book.hold(5);
  await timers.advance(50);
  assert.deepEqual(
    asked.map((ids) => ids.length),
    [100, 30],
  );
  assert.ok(book.of(130).value);
});

test('it is asked for again before it ends, while it is on the screen', async () => {
  const release = book.hold(1);
  book.hold(2)();
  await timers.advance(50);
  const first = book.of(1).value;
  await timers.advance(LIFETIME_MS - 70_000);
  assert.equal(asked.length, 1);
  await timers.advance(11_000);
  assert.deepEqual(asked, [[1, 2], [1]]);
  assert.notEqual(book.of(1).value?.url, first?.url);
  release();
  await timers.advance(3 * LIFETIME_MS);
  assert.equal(asked.length, 2);
});

test('what is not to be seen is known as such, and asked for when it is shown again', async () => {
  hidden.add(3);
  book.hold(3);
  await timers.advance(50);
  assert.equal(book.of(3).value, null);
  hidden.clear();
  book.hold(3);
  await timers.advance(50);
  assert.equal(book.of(3).value?.media_id, 3);
});

test('without an answer it is tried again, and later ones go with it', async () => {
  down = noNetwork;
  book.hold(1);
  await timers.advance(50);
  down = null;
  book.hold(2);
  await timers.advance(3000);
  assert.ok(book.of(1).value);
  assert.ok(book.of(2).value);
});

test('an address that does not work is replaced, an old one of it is not', async () => {
  book.hold(1);
  await timers.advance(50);
  const old = book.of(1).value?.url ?? '';
  book.failed(1, old);
  await timers.advance(50);
  assert.equal(asked.length, 2);
  book.failed(1, old);
  await timers.advance(50);
  assert.equal(asked.length, 2);
});
