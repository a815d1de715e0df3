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
};
