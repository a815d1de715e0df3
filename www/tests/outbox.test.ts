import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Message } from '../src/api/chat';
import { Outbox } from '../src/store/outbox';
import { leadAlone } from './fake_room';
import { FakeServer, FakeTimers, MemoryCache, noNetwork, refusal, settle } from './fakes';
import { NO_UPLOADS } from './fake_media';

let timers: FakeTimers;
let server: FakeServer;
let cache: MemoryCache;
let sent: Message[];
let keys: number;

function makeOutbox(): Outbox {
  return new Outbox({
    lead: leadAlone(timers),
    chat: server.chat,
    cache,
    timers,
    newKey: () => `key-${++keys}`,
    uploads: NO_UPLOADS,
    onSent: (message) => {
      sent.push(message);
      return Promise.resolve();
    },
  });
}
const texts = () => server.rows.map((row) => row.body?.['text']);

beforeEach(() => {
  timers = new FakeTimers();
  server = new FakeServer();
  cache = new MemoryCache();
  sent = [];
  keys = 0;
});

test('a message is on the device before it is sent, and gone from there afterwards', async () => {
  const outbox = makeOutbox();
  let stored = 0;
  server.chat.send = ((original) => (conversation, draft) => {
    stored = cache.outbox.size;
    return original(conversation, draft);
  })(server.chat.send);
  await outbox.add(7, '你好 🦊');
  await settle();
  assert.equal(stored, 1);
  assert.equal(cache.outbox.size, 0);
  assert.deepEqual(texts(), ['你好 🦊']);
  assert.equal(outbox.entries.value.length, 0);
  assert.equal(sent.length, 1);
});

test('without a network it is tried again with the same key, waiting longer each time', async () => {
  const outbox = makeOutbox();
  server.down = noNetwork;
  await outbox.add(7, 'a');
  await timers.advance(3500); // at 0, 1 and 3 s
  assert.deepEqual(server.sends, ['key-1', 'key-1', 'key-1']);
  server.down = null;
  await timers.advance(4000);
  assert.deepEqual(texts(), ['a']);
  assert.equal(outbox.entries.value.length, 0);
});

test('an answer that got lost makes no second message', async () => {
  const outbox = makeOutbox();
  const send = server.chat.send;
  server.chat.send = async (conversation, draft) => {
    await send(conversation, draft);
    server.chat.send = send;
    throw noNetwork;
  };
  await outbox.add(7, 'once');
  await timers.advance(2000);
  assert.deepEqual(server.sends, ['key-1', 'key-1']);
  assert.deepEqual(texts(), ['once']);
});

test('messages of a conversation leave in order, each after the one before', async () => {
  const outbox = makeOutbox();
  server.down = noNetwork;
  for (const text of ['1', '2', '3']) await outbox.add(7, text);
  await timers.advance(10_000);
  assert.deepEqual(new Set(server.sends), new Set(['key-1']));
  server.down = null;
  outbox.kick();
  await settle();
  assert.deepEqual(texts(), ['1', '2', '3']);
});

test('at most one send of a conversation is under way, in order; others do not wait for it', async () => {
  const outbox = makeOutbox();
  const started: string[] = [];
  const release = new Map<string, () => void>();
  server.chat.send = (conversation, { client_key, body }) =>
    new Promise((resolve) => {
      const text = 'text' in body ? body.text : '';
      started.push(`${conversation} ${text}`);
      release.set(text, () => {
        resolve(server.write(1, client_key, text));
      });
    });
  for (const text of ['1', '2', '3']) await outbox.add(7, text);
  await outbox.add(8, 'elsewhere');
  outbox.kick(); // as every focus and reconnect does
  await settle();
  assert.deepEqual(started, ['7 1', '8 elsewhere']);
  release.get('1')?.();
  await settle();
  assert.deepEqual(started, ['7 1', '8 elsewhere', '7 2']);
  outbox.kick();
  await outbox.add(7, '4');
  await settle();
  assert.equal(started.length, 3);
  for (const text of ['2', '3', '4']) {
    release.get(text)?.();
    await settle();
  }
  assert.deepEqual(started.slice(3), ['7 3', '7 4']);
  assert.deepEqual(texts(), ['1', '2', '3', '4']);
});

test('the next one waits until the answer to the one before is in its stream', async () => {
  let placed = (): void => undefined;
  const outbox = new Outbox({
    lead: leadAlone(timers),
    chat: server.chat,
    cache,
    timers,
    newKey: () => `key-${++keys}`,
    uploads: NO_UPLOADS,
    onSent: () =>
      new Promise((resolve) => {
        placed = resolve;
      }),
  });
  await outbox.add(7, '1');
  await outbox.add(7, '2');
  outbox.kick();
  await settle();
  assert.deepEqual(texts(), ['1']);
  placed();
  await settle();
  assert.deepEqual(texts(), ['1', '2']);
});

test('a refused message waits for the person; the ones after it go on', async () => {
  const outbox = makeOutbox();
  server.down = refusal(403, 'not_friends');
  await outbox.add(7, 'no');
  await settle();
  assert.equal(outbox.entries.value[0]?.failure, 'not_friends');
  assert.equal(cache.outbox.get('key-1')?.failure, 'not_friends');
  await timers.advance(60_000);
  assert.equal(server.sends.length, 1);
  server.down = null;
  await outbox.add(7, 'yes');
  await settle();
  assert.deepEqual(texts(), ['yes']);
  outbox.retry('key-1');
  await settle();
  assert.deepEqual(texts(), ['yes', 'no']);
  assert.deepEqual(server.sends, ['key-1', 'key-2', 'key-1']);
});

test('Retry-After is honoured, and 503 is no refusal', async () => {
  const outbox = makeOutbox();
  server.down = refusal(429, 'rate_limited', 20);
  await outbox.add(7, 'a');
  await timers.advance(19_000);
  assert.equal(server.sends.length, 1);
  server.down = refusal(503, 'unavailable');
  await timers.advance(2000);
  assert.equal(server.sends.length, 2);
  server.down = null;
  await timers.advance(5000);
  assert.deepEqual(texts(), ['a']);
});

test('what an earlier visit left is sent first, in its order', async () => {
  server.down = noNetwork;
  const before = makeOutbox();
  await before.add(7, 'old 1');
  await before.add(7, 'old 2');
  before.stop();
  server.down = null;
  const after = makeOutbox();
  after.restore([...cache.outbox.values()].reverse());
  await after.add(7, 'new');
  await settle();
  assert.deepEqual(texts(), ['old 1', 'old 2', 'new']);
  assert.equal(cache.outbox.size, 0);
});

test('a removed message is not sent any more', async () => {
  const outbox = makeOutbox();
  server.down = noNetwork;
  await outbox.add(7, 'a');
  await settle();
  outbox.remove('key-1');
  server.down = null;
  await timers.advance(60_000);
  assert.deepEqual(texts(), []);
  assert.equal(cache.outbox.size, 0);
});

test('the card of a person is kept and sent as what it is', async () => {
  const outbox = makeOutbox();
  server.down = noNetwork;
  await outbox.addCard(7, 5);
  assert.equal([...cache.outbox.values()][0]?.contact, 5);
  server.down = null;
  outbox.kick();
  await settle();
  assert.deepEqual(
    server.rows.map(({ kind, body }) => ({ kind, body })),
    [{ kind: 'contact', body: { user_id: 5 } }],
  );
});
