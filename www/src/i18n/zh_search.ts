/* 简体中文：搜索会话和消息。 */
import type { Catalogue } from './en';
import type { enSearch } from './en_search';

export const zhSearch: Pick<Catalogue, keyof typeof enSearch> = {
  'search.label': '搜索',
  'search.messages': '搜索消息',
  'search.inside': '在此会话中搜索',
  'search.chats': '名称匹配的会话',
  'search.results': '消息',
  'search.busy': '正在搜索…',
  'search.none': '没有包含该内容的消息。',
  'search.more': '更早的结果',
  'search.hidden': '已隐藏的会话',
  'search.incomplete': '较早的消息仍在建立索引，请稍后再试。',
  'search.count': (count, more) =>
    more ? `已找到 ${count} 条消息，还有更多` : `找到 ${count} 条消息`,
};
