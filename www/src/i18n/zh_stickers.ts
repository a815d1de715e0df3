/* 简体中文：贴图表情。 */
import type { Catalogue } from './en';
import type { enStickers } from './en_stickers';

export const zhStickers: Pick<Catalogue, keyof typeof enStickers> = {
  'stickers.choice': '表情符号或表情包',
  'stickers.title': '表情包',
  'stickers.sections': '表情包列表',
  'stickers.recent': '最近使用',
  'stickers.favourites': '收藏',
  'stickers.own': '我的表情',
  'stickers.by': (author, licence) => `${author} · ${licence}`,
  'stickers.name': (words) => (words === '' ? '表情' : `表情 ${words}`),
  'stickers.options': (name) => `${name}：更多操作`,
  'stickers.send': '发送',
  'stickers.favour': '添加到收藏',
  'stickers.unfavour': '取消收藏',
  'stickers.remove': '删除表情',
  'stickers.make': '制作表情',
  'stickers.crop': '裁剪表情',
  'stickers.matching': '匹配的表情',
  'stickers.added': '已添加到我的表情。',
  'actions.sticker': '添加到表情',

  'error.too_many_stickers': '表情数量已达上限，请先删除一些。',
};
