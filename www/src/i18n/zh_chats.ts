/* 简体中文：整个会话的操作与会话内的跳转。 */
import type { Catalogue } from './en';
import type { enChats } from './en_chats';

export const zhChats: Pick<Catalogue, keyof typeof enChats> = {
  'chats.menu': (name) => `选项：${name}`,
  'chats.actions': '会话操作',
  'chats.pin': '置顶',
  'chats.unpin': '取消置顶',
  'chats.pinned': '已置顶',
  'chats.mute': '消息免打扰',
  'chats.unmute': '取消免打扰',
  'chats.muted': '免打扰',
  'chats.mark_read': '标为已读',
  'chats.mark_unread': '标为未读',
  'chats.marked': '已标为未读',
  'chats.hide': '不显示，直到有新消息',
  'chats.clear': '清空聊天记录',
  'chats.clear.title': (name) => `清空与“${name}”的聊天记录？`,
  'chats.clear.text': '到目前为止的消息将从你的所有设备上消失，其他人的不受影响。此操作无法撤销。',
  'chats.mentioned': (count) => `有 ${count} 条消息提到你`,

  'date.title': '跳到日期',
  'date.label': '日期',
  'date.submit': '前往',
  'date.open': (day) => `${day}：跳到其他日期`,

  'jump.mention': (count) =>
    count === 1 ? '跳到提到你的消息' : `跳到下一条提到你的消息，共 ${count} 条`,
  'jump.unread': (count) => `${count} 条新消息，跳到第一条`,
};
