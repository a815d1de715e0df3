import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../src/api/errors';
import type { Sticker, StickerShelf } from '../src/api/media';
import { enclosedIn, type Enclosed } from '../src/store/enclosed';
import { Stickers } from '../src/store/stickers';

const sticker = (id: number, emoji = ''): Sticker => ({
  id,
  pack_id: null,
  media_id: 100 + id,
  emoji,
  keywords: [],
  width: 10,
  height: 10,
  animated: false,
});

function shelf(more: Partial<StickerShelf> = {}): StickerShelf {
  return { packs: [], own: [], favourites: [], recent: [], ...more };
}

function stickersOf(answer: StickerShelf, gone: readonly number[] = []) {
  const sent: Enclosed[] = [];
  const asked: string[] = [];
  const stickers = new Stickers({
    media: {
      stickers: () => Promise.resolve(answer),
      makeSticker: (media) => {
        asked.push(`make ${media}`);
        return Promise.resolve(sticker(media));
      },
      favourSticker: (id) => {
        asked.push(`favour ${id}`);
        return gone.includes(id)
          ? Promise.reject(new ApiError(404, 'not_found', ''))
          : Promise.resolve(sticker(id));
      },
      unfavourSticker: () => Promise.resolve(),
      removeSticker: () => Promise.resolve(),
    },
    outbox: () => ({
      enclose: (_conversation, enclosed) => {
        sent.push(enclosed);
        return Promise.resolve();
      },
    }),
  });
  return { stickers, sent, asked };
}

const ids = (list: readonly Sticker[] | undefined) => list?.map(({ id }) => id);

test('what is sent says all that its message shows, and is the first of the recent ones', async () => {
  const { stickers, sent } = stickersOf(shelf({ recent: [sticker(1), sticker(2)] }));
  await stickers.refresh();
  await stickers.send(7, sticker(2, '😀'), null);
  assert.deepEqual(ids(stickers.shelf.value?.recent), [2, 1]);
  const [enclosed] = sent;
  assert.deepEqual(enclosed && enclosedIn(enclosed as never), enclosed);
});

test('what is done shows at once', async () => {
  const { stickers } = stickersOf(shelf({ own: [sticker(1)], recent: [sticker(1)] }));
  await stickers.refresh();
  await stickers.favour(1);
  assert.ok(stickers.favourites.value.has(1));
  await stickers.unfavour(1);
  assert.ok(!stickers.favourites.value.has(1));
  await stickers.make(9);
  assert.deepEqual(ids(stickers.shelf.value?.own), [9, 1]);
  await stickers.remove(1);
  assert.deepEqual(ids(stickers.shelf.value?.own), [9]);
  assert.deepEqual(ids(stickers.shelf.value?.recent), []);
});

test('of a message a sticker becomes a favourite, or one of mine when it is gone', async () => {
  const { stickers, asked } = stickersOf(shelf(), [2]);
  await stickers.take({ kind: 'sticker', body: { sticker_id: 1, media_id: 101 } });
  await stickers.take({ kind: 'sticker', body: { sticker_id: 2, media_id: 102 } });
  await stickers.take({ kind: 'image', body: { media_id: 103 } });
  assert.deepEqual(asked, ['favour 1', 'favour 2', 'make 102', 'make 103']);
});

test('an emoji finds what stands for it, mine first, each once', async () => {
  const heart = sticker(3, '❤️');
  const packs = [
    {
      id: 1,
      name: 'a',
      title: { en: 'A' },
      author: '',
      licence: '',
      stickers: [heart, sticker(4)],
    },
  ];
  const { stickers } = stickersOf(shelf({ packs, own: [sticker(5, '❤')], recent: [heart] }));
  await stickers.refresh();
  assert.deepEqual(ids(stickers.matching('❤')), [3, 5]);
  assert.deepEqual(ids(stickers.matching('😀')), []);
});
