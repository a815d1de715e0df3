/* 简体中文：谁读过消息，以及对他人公开的状态。 */
import type { Catalogue } from './en';
import type { enReaders } from './en_readers';

export const zhReaders: Pick<Catalogue, keyof typeof enReaders> = {
  'actions.readers': '谁读过',
  'readers.title': (read, all) => `已读 ${read}/${all}`,
  'readers.read': (count) => `已读（${count}）`,
  'readers.delivered': (count) => `已送达（${count}）`,
  'readers.sent': (count) => `尚未送达（${count}）`,
  'readers.untold': (count) => `${count} 位成员未公开阅读状态。`,

  'openness.title': '他人可见的状态',
  'openness.hint': '你隐藏的状态，你也看不到他人的。',
  'openness.sends_read_receipts': '已读回执',
  'openness.sends_read_receipts.hint': '对方能看到你读过哪些消息，你也能看到对方的。',
  'openness.shows_presence': '在线与最近上线',
  'openness.shows_presence.hint': '好友和同群成员能看到你何时在线。',
  'openness.sends_typing': '正在输入',
  'openness.sends_typing.hint': '对方能看到你正在给他们写消息。',
};
