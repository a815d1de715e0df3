/* English: stickers. */

export const enStickers = {
  'stickers.choice': 'Emoji or stickers',
  'stickers.title': 'Stickers',
  'stickers.sections': 'Packs',
  'stickers.recent': 'Recently used',
  'stickers.favourites': 'Favourites',
  'stickers.own': 'My stickers',
  'stickers.by': (author: string, licence: string) => `${author} · ${licence}`,
  'stickers.name': (words: string) => (words === '' ? 'Sticker' : `Sticker ${words}`),
  'stickers.options': (name: string) => `${name}: options`,
  'stickers.send': 'Send',
  'stickers.favour': 'Add to favourites',
  'stickers.unfavour': 'Remove from favourites',
  'stickers.remove': 'Delete sticker',
  'stickers.make': 'Make a sticker',
  'stickers.crop': 'Your sticker',
  'stickers.matching': 'Matching stickers',
  'stickers.added': 'It is among your stickers.',
  'actions.sticker': 'Add to stickers',

  'error.too_many_stickers': 'You have as many stickers as you can. Delete one first.',
};
