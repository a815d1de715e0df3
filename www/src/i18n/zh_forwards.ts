/* 简体中文：转发消息与名片。 */
import type { Catalogue } from './en';
import type { enForwards } from './en_forwards';

export const zhForwards: Pick<Catalogue, keyof typeof enForwards> = {
  'actions.forward': '转发',
  'actions.select': '多选',
  'message.forwarded': '转发的消息',

  'card.kind': '个人名片',
  'card.preview': (name) => `个人名片：${name}`,
  'card.share': '推荐给朋友',
  'merged.title': (of) => `${of}的聊天记录`,
  'merged.title.none': '聊天记录',
  'merged.count': (count) => `${count} 条消息`,

  'forward.title': '转发给',
  'forward.title.merged': '合并转发给',
  'forward.done': (count) => `已发送到 ${count} 个会话`,
  'forward.done.one': (name) => `已发送给${name}`,
  'forward.refused': (name, others, why) =>
    others === 0 ? `未能发送给${name}：${why}` : `未能发送给${name}等 ${others + 1} 个会话：${why}`,
  'send_to.legend': '会话与好友',
  'send_to.filter': '搜索会话与好友',
  'send_to.submit': (count) => (count < 2 ? '发送' : `发送（${count}）`),
  'send_to.most': (most) => `一次最多 ${most} 个`,

  'select.title': '选中的消息',
  'select.count': (count) => `已选 ${count} 条消息`,
  'select.actions': '对选中的消息',
  'select.singly': '逐条转发',
  'select.merged': '合并转发',
  'select.copy': '复制',
  'select.most': (most) => `一次最多选择 ${most} 条消息。`,

  'attach.title': '添加内容',
  'attach.card': '发送名片',
  'attach.friends': '发送谁的名片？',
};
