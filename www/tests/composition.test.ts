import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Draft } from '../src/api/moments';
import { NO_CACHE } from '../src/store/cache';
import { Composition, TO_FRIENDS, type Reader } from '../src/store/composition';
import { Uploads } from '../src/store/uploads';
import { FakeMedia, PIECE } from './fake_media';
import { FakeTimers, noNetwork, refusal, settle } from './fakes';

let server: FakeMedia;
let timers: FakeTimers;
let posted: Draft[];
let refuse: Error | null;
let keys: number;
let composition: Composition;

const read: Reader = () => Promise.resolve({ placeholder: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' });
const image = (text: string) => ({ kind: 'image' as const, file: new Blob([text]) });

/* Reading a blob takes real turns of the loop. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !condition(); turn += 1) {
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(condition(), 'it never came to that');
}

beforeEach(() => {
  server = new FakeMedia();
  timers = new FakeTimers();
  posted = [];
  refuse = null;
  keys = 0;
  composition = new Composition({
    newKey: () => `key-${++keys}`,
    publish: (draft) => {
      posted.push(draft);
      return refuse ? Promise.reject(refuse) : Promise.resolve();
    },
    media: {
      uploadsApart: (end) =>
        new Uploads({
          ...end,
          media: server.api,
          pieceSize: () => Promise.resolve(PIECE),
          cache: NO_CACHE,
          timers,
          exclusive: (_, work) => work(),
        }),
    },
  });
});

const medias = () => composition.pieces.value.map(({ media }) => media);

test('what is chosen is on its way at once, and is posted in the order that it was put in', async () => {
  await composition.add([image('one'), image('two'), image('three')], read);
  await until(() => medias().every((media) => media !== null));
  const [one, two, three] = composition.pieces.value;
  composition.move(three?.key ?? '', 0);
  composition.remove(two?.key ?? '');
  composition.text.value = ' with a text ';
  composition.audience.value = { ...TO_FRIENDS, kind: 'private' };
  assert.equal(await composition.publish(), true);
  assert.deepEqual(posted, [
    {
      client_key: 'key-1',
      text: 'with a text',
      media_ids: [three, one].map((piece) =>
        piece ? server.whole.indexOf(piece === one ? 'one' : 'three') + 1 : 0,
      ),
      audience: 'private',
    },
  ]);
  const { text, pieces, audience } = composition;
  assert.deepEqual([text.value, pieces.value, audience.value], ['', [], TO_FRIENDS]);
});

test('posting waits for what is on its way, once however often it is asked for', async () => {
  server.down = noNetwork;
  await composition.add([image('one')], read);
  const publishing = composition.publish();
  assert.equal(composition.publishing.value, true);
  assert.equal(await composition.publish(), false);
  await settle();
  assert.equal(posted.length, 0);
  server.down = null;
  composition.uploads.kick();
  await until(() => posted.length === 1);
  assert.equal(await publishing, true);
  assert.deepEqual(posted[0]?.media_ids, [1]);
});

test('what is refused takes nothing with it, and can be tried again or left out', async () => {
  server.down = refusal(415, 'type_mismatch');
  composition.text.value = 'kept';
  await composition.add([image('one'), image('two')], read);
  assert.equal(await composition.publish(), false);
  const failures = () => composition.pieces.value.map(({ failure }) => failure);
  assert.deepEqual(failures(), ['type_mismatch', 'type_mismatch']);
  assert.deepEqual([composition.text.value, posted.length], ['kept', 0]);
  server.down = null;
  const [one, two] = composition.pieces.value;
  composition.retry(one?.key ?? '');
  composition.remove(two?.key ?? '');
  assert.equal(await composition.publish(), true);
  assert.deepEqual([posted[0]?.text, posted[0]?.media_ids], ['kept', [1]]);
});

test('a picture that cannot be read is not sent; one that is taken out meanwhile neither', async () => {
  await composition.add([image('one')], () => Promise.resolve(null));
  assert.equal(composition.pieces.value[0]?.failure, 'bad_media');
  composition.remove('key-2');
  await composition.add([image('two')], (kind, file) => {
    composition.remove('key-3');
    return read(kind, file);
  });
  await settle();
  assert.deepEqual([server.requests, composition.pieces.value], [0, []]);
});

test('another try has the same key, until the server knows it for something else', async () => {
  composition.text.value = 'one';
  refuse = noNetwork;
  await assert.rejects(composition.publish());
  refuse = refusal(409, 'conflict');
  await assert.rejects(composition.publish());
  refuse = null;
  assert.equal(await composition.publish(), true);
  const sent = posted.map(({ client_key, text }) => [client_key, text]);
  assert.deepEqual(sent, [
    ['key-1', 'one'],
    ['key-1', 'one'],
    ['key-2', 'one'],
  ]);
});
