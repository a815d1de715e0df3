import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Declaration } from '../src/api/media';
import { Outbox } from '../src/store/outbox';
import { Uploads, type UploadFiles } from '../src/store/uploads';
import { FakeMedia, PIECE } from './fake_media';
import { leadAlone } from './fake_room';
import { FakeServer, FakeTimers, MemoryCache, noNetwork, refusal, settle } from './fakes';

const IMAGE: Declaration = { purpose: 'image', name: 'a.png', type: null };
const LONG = 'abcdefghijklmnopqrstuvwxyz'; // three pieces

let timers: FakeTimers;
let server: FakeMedia;
let cache: MemoryCache;
let chat: FakeServer;
let keys: number;

beforeEach(() => {
  timers = new FakeTimers();
  server = new FakeMedia();
  cache = new MemoryCache();
  chat = new FakeServer();
  keys = 0;
});

const files = (text: string): UploadFiles => ({ file: new Blob([text]) });

/* Reading a blob takes real turns of the loop. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) {
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(condition(), 'it never came to that');
}

function makePair() {
  const uploads: Uploads = new Uploads({
    media: server.api,
    pieceSize: () => Promise.resolve(PIECE),
    cache,
    timers,
    exclusive: (_, work) => work(),
    onComplete: (key, media) => outbox.complete(key, media.id),
    onRefused: (key, code) => {
      outbox.refuse(key, code);
    },
  });
  const outbox: Outbox = new Outbox({
    lead: leadAlone(timers),
    chat: chat.chat,
    cache,
    timers,
    newKey: () => `text-${++keys}`,
    uploads,
    onSent: () => Promise.resolve(),
  });
  const send = async (key: string, text: string, declared = IMAGE): Promise<void> => {
    const { purpose } = declared;
    await uploads.add(key, declared, files(text));
    await outbox.enclose(7, { kind: purpose as 'image', body: { size: text.length } }, null, key);
    uploads.start();
  };
  const restore = (): void => {
    const stored = [...cache.uploads.values()].map((record) => ({
      record,
      files: cache.files.get(record.key) as UploadFiles,
    }));
    uploads.restore(stored, new Set());
    outbox.restore([...cache.outbox.values()]);
  };
  return { uploads, outbox, send, restore };
}

const sent = () => chat.rows.map(({ client_key, kind, body }) => ({ client_key, kind, body }));

test('what fits into one request goes in one, and the message leaves once it is there', async () => {
  const { outbox, send } = makePair();
  await send('k', 'short');
  await until(() => outbox.entries.value.length === 0);
  assert.deepEqual(server.whole, ['short']);
  assert.deepEqual(sent(), [{ client_key: 'k', kind: 'image', body: { media_id: 1 } }]);
  assert.equal(cache.uploads.size + cache.files.size + cache.outbox.size, 0);
});

test('what is larger goes in pieces, and tells how far it is', async () => {
  const { uploads, outbox, send } = makePair();
  const seen: (number | undefined)[] = [];
  server.onPiece = () => {
    seen.push(uploads.sent.value.get('k'));
  };
  await send('k', LONG);
  await until(() => outbox.entries.value.length === 0);
  assert.equal(server.uploads.get(1)?.bytes, LONG);
  assert.deepEqual(seen, [0, 10, 20]);
  assert.equal(uploads.sent.value.size, 0);
});

test('after a cut it goes on where the server stands, waiting longer each time', async () => {
  const { outbox, send } = makePair();
  server.onPiece = (offset) => {
    if (offset === 10) throw noNetwork;
  };
  await send('k', LONG);
  await until(() => server.pieces === 2);
  await timers.advance(500);
  assert.equal(server.pieces, 2);
  await timers.advance(600);
  await until(() => server.pieces === 3);
  await timers.advance(1500);
  assert.equal(server.pieces, 3, 'two seconds after the second time');
  server.onPiece = () => undefined;
  await timers.advance(600);
  await until(() => outbox.entries.value.length === 0);
  assert.equal(server.uploads.get(1)?.bytes, LONG);
  assert.equal(server.uploads.size, 1);
});

test('a lost answer of the last piece makes no second media', async () => {
  const { outbox, send } = makePair();
  server.onPiece = (offset) => {
    server.losesAnswer = offset === 20;
  };
  await send('k', LONG);
  await until(() => server.lost === 1);
  await timers.advance(1100);
  await until(() => outbox.entries.value.length === 0);
  assert.equal(server.uploads.size, 1);
  assert.deepEqual(sent()[0]?.body, { media_id: 1 });
});

test('a reload in between: the same upload goes on, under the same key', async () => {
  const first = makePair();
  server.onPiece = (offset) => {
    if (offset === 20) throw noNetwork;
  };
  await first.send('k', LONG);
  await until(() => server.pieces === 3);
  first.outbox.stop();
  server.onPiece = () => undefined;
  const second = makePair();
  second.restore();
  await until(() => second.outbox.entries.value.length === 0);
  assert.equal(server.uploads.size, 1);
  assert.equal(server.pieces, 4);
  assert.deepEqual(sent(), [{ client_key: 'k', kind: 'image', body: { media_id: 1 } }]);
});

test('an upload that rested too long begins anew', async () => {
  const first = makePair();
  server.onPiece = () => {
    throw noNetwork;
  };
  await first.send('k', LONG);
  await until(() => server.pieces === 1);
  first.outbox.stop();
  server.uploads.clear();
  server.onPiece = () => undefined;
  const second = makePair();
  second.restore();
  await until(() => second.outbox.entries.value.length === 0);
  assert.equal(server.uploads.get(2)?.bytes, LONG);
});

test('a refusal is told, holds up nothing, and can be tried again', async () => {
  const { outbox, send } = makePair();
  server.onPiece = () => {
    throw refusal(415, 'unsupported_type');
  };
  await send('k', LONG);
  await until(() => outbox.entries.value[0]?.failure === 'unsupported_type');
  await send('l', 'short');
  await until(() => chat.rows.length === 1);
  server.onPiece = () => undefined;
  server.uploads.clear();
  outbox.retry('k');
  await until(() => outbox.entries.value.length === 0);
  assert.deepEqual(
    sent().map(({ client_key }) => client_key),
    ['l', 'k'],
  );
});

test('a full store is a refusal, a busy one is not', async () => {
  const { outbox, send } = makePair();
  server.down = refusal(503, 'unavailable');
  await send('k', 'short');
  await until(() => server.requests === 1);
  assert.equal(outbox.entries.value[0]?.failure, null);
  server.down = refusal(507, 'quota_exceeded');
  await timers.advance(1100);
  await until(() => outbox.entries.value[0]?.failure === 'quota_exceeded');
});

test('a cancelled one stops, and is gone here and there', async () => {
  const { outbox, send } = makePair();
  let release = (): void => undefined;
  server.onPiece = (offset) =>
    offset === 10 ? new Promise<void>((resolve) => (release = resolve)) : undefined;
  await send('k', LONG);
  await until(() => server.pieces === 2);
  outbox.remove('k');
  release();
  await settle();
  assert.deepEqual(server.abandoned, [1]);
  assert.equal(cache.uploads.size + cache.files.size + cache.outbox.size, 0);
  assert.deepEqual(sent(), []);
});

test('images leave in order; a text does not wait for them', async () => {
  const { outbox, send } = makePair();
  server.onPiece = () => {
    throw noNetwork;
  };
  await send('large', LONG);
  await send('small', 'short');
  await outbox.add(7, 'a text');
  await until(() => chat.rows.length === 1 && server.whole.length === 1);
  server.onPiece = () => undefined;
  outbox.kick();
  await until(() => outbox.entries.value.length === 0);
  assert.deepEqual(
    sent().map(({ client_key }) => client_key),
    ['text-1', 'large', 'small'],
  );
});

test('what another tab has brought to its end is not brought again', async () => {
  const { uploads, send } = makePair();
  server.down = noNetwork;
  await send('k', 'short');
  await until(() => server.requests === 1);
  server.down = null;
  cache.removeUpload('k');
  uploads.kick();
  await until(() => !uploads.has('k'));
  assert.deepEqual(server.whole, []);
});

test('a server that makes no pictures is given them', async () => {
  const { uploads, outbox } = makePair();
  const [thumbnail, preview] = [new Blob(['t']), new Blob(['p'])];
  await uploads.add('k', IMAGE, { file: new Blob(['short']), thumbnail, preview });
  await outbox.enclose(7, { kind: 'image', body: {} }, null, 'k');
  uploads.start();
  await until(() => outbox.entries.value.length === 0);
  assert.deepEqual(server.supplied, ['1 thumbnail', '1 preview']);
});

test('what was not kept on this device cannot be tried again', async () => {
  const { outbox } = makePair();
  await outbox.enclose(7, { kind: 'image', body: {} }, null, 'k');
  outbox.refuse('k', 'too_large');
  outbox.retry('k');
  assert.equal(outbox.entries.value[0]?.failure, 'file_gone');
});
