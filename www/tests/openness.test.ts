import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { signal } from '@preact/signals-core';
import type { Me } from '../src/api/account';
import { ContactBook } from '../src/store/contacts';
import { fromServer, merge, withMessage, withReading } from '../src/store/head';
import { followOpenness } from '../src/store/openness';
import { head, MemoryCache, message } from './fakes';

const ME = 1;
const shown = { sends_read_receipts: true, shows_presence: true, sends_typing: true };
const me = (more: Partial<typeof shown> = {}): Me => ({ id: ME, ...shown, ...more }) as Me;

test('what I show decides what is asked for again', () => {
  const asked: string[] = [];
  const mine = signal<Me | null>(null);
  const stop = followOpenness({
    me: mine,
    onReceipts: () => asked.push('receipts'),
    onPresence: () => asked.push('presence'),
  });
  mine.value = me();
  mine.value = { ...me(), nickname: 'Ann' };
  mine.value = me({ sends_typing: false });
  assert.deepEqual(asked, [], 'nothing of others depends on it');
  mine.value = me({ sends_read_receipts: false });
  mine.value = me({ sends_read_receipts: false, shows_presence: false });
  mine.value = me();
  assert.deepEqual(asked, ['receipts', 'presence', 'receipts', 'presence']);
  stop();
  mine.value = me({ shows_presence: false });
  assert.equal(asked.length, 4);
});

test('who no longer tells what they read has read nothing that one knows of', () => {
  const read = fromServer(head(7, message(7, 4, ME), { peer_read_seq: 4, peer_delivered_seq: 4 }));
  const hidden = withReading(read, false);
  assert.deepEqual([hidden.peer_read_seq, hidden.peer_delivered_seq], [0, 4]);
  const answer = head(7, message(7, 4, ME), { read_receipts: false, peer_delivered_seq: 4 });
  assert.equal(merge(read, answer).peer_read_seq, 0);
  assert.equal(
    merge(hidden, { ...answer, read_receipts: true, peer_read_seq: 4 }).peer_read_seq,
    4,
  );
});

test('an answer is a sign of having read only where that is told', () => {
  const before = fromServer(head(7, message(7, 4, ME)));
  const answer = message(7, 5, 2);
  assert.equal(withMessage(before, answer, ME).peer_read_seq, 5);
  const quiet = withMessage(withReading(before, false), answer, ME);
  assert.deepEqual([quiet.peer_read_seq, quiet.peer_delivered_seq], [0, 5]);
});

let contacts: ContactBook;
beforeEach(() => {
  contacts = new ContactBook({ me: signal(null), social: {} as never, cache: new MemoryCache() });
});

test('of who hides their presence nothing is known, not even that they are away', () => {
  contacts.setPresence(2, true, 1000);
  contacts.setPresence(2, false, 2000);
  assert.deepEqual(contacts.presence.value.get(2), { online: false, last_seen_at: 2000 });
  contacts.setPresence(2, false, null);
  assert.equal(contacts.presence.value.get(2), undefined);
});
