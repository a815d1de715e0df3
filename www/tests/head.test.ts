import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromServer, merge, withMessage, withPeerReceipt, withRead } from '../src/store/head';
import { head, message } from './fakes';

const ME = 1;
const read4 = { read_seq: 4, unread: 0 };

test('a message by somebody else is unread, one of mine makes all read', () => {
  const quiet = fromServer(head(7, message(7, 4), read4));
  const one = withMessage(quiet, message(7, 5), ME);
  assert.equal(one.unread, 1);
  assert.equal(withMessage(one, message(7, 6), ME).unread, 2);
  const answered = withMessage(one, message(7, 6, ME), ME);
  assert.equal(answered.unread, 0);
  assert.equal(answered.read_seq, 6);
});

test('after a gap unread is counted by ordinals, not by events', () => {
  const quiet = fromServer(head(7, message(7, 4), read4));
  assert.equal(withMessage(quiet, message(7, 9), ME).unread, 5);
});

test('a repeated or late row changes nothing', () => {
  const now = fromServer(head(7, message(7, 4), read4));
  assert.equal(withMessage(now, message(7, 4), ME), now);
  assert.equal(withMessage(now, message(7, 2), ME), now);
});

test('a row that people do not read moves last_seq only', () => {
  const now = fromServer(head(7, message(7, 4), read4));
  const next = withMessage(now, { ...message(7, 5), kind: 'reaction', ordinal: 4 }, ME);
  assert.equal(next.last_seq, 5);
  assert.equal(next.unread, 0);
  assert.equal(next.last_message?.seq, 4);
});

test('reading a part leaves the rest unread', () => {
  const now = fromServer(head(7, message(7, 10), { read_seq: 4, unread: 6 }));
  assert.equal(withRead(now, 7, 7).unread, 3);
  assert.equal(withRead(now, 10, 10).unread, 0);
  assert.equal(withRead(now, 3, 3), now);
});

test('an answer that is older than what is known here takes nothing back', () => {
  const local = withMessage(fromServer(head(7, message(7, 4), read4)), message(7, 5), ME);
  const merged = merge(local, head(7, message(7, 4), read4));
  assert.equal(merged.last_seq, 5);
  assert.equal(merged.last_message?.seq, 5);
  assert.equal(merged.unread, 1);
});

test('what was read here and is not yet told stays read', () => {
  const local = withRead(fromServer(head(7, message(7, 10), { read_seq: 4, unread: 6 })), 10, 10);
  const merged = merge(local, head(7, message(7, 12), { read_seq: 4, unread: 8 }));
  assert.equal(merged.read_seq, 10);
  assert.equal(merged.unread, 2);
});

test('what another device has read counts here', () => {
  const local = fromServer(head(7, message(7, 10), { read_seq: 4, unread: 6 }));
  assert.equal(merge(local, head(7, message(7, 10), { read_seq: 8, unread: 2 })).unread, 2);
});

test('receipts of the other one only go forward; what is read was delivered', () => {
  const now = fromServer(head(7, message(7, 10), { peer_read_seq: 3, peer_delivered_seq: 5 }));
  assert.equal(withPeerReceipt(now, 4, 2), now);
  const next = withPeerReceipt(now, 0, 8);
  assert.deepEqual([next.peer_read_seq, next.peer_delivered_seq], [8, 8]);
});

test('who answers has read what was said before', () => {
  const now = fromServer(head(7, message(7, 4, ME), read4));
  assert.equal(withMessage(now, message(7, 5), ME).peer_read_seq, 5);
  assert.equal(withMessage(now, message(7, 5, ME), ME).peer_read_seq, 0);
});

test('a conversation whose past is hidden from me counts from its first new row', () => {
  const cleared = fromServer(head(7, null, { last_seq: 40, read_seq: 40 }));
  assert.equal(withMessage(cleared, message(7, 41), ME).unread, 1);
});
