/* 简体中文：对已发送消息的操作。 */
import type { Catalogue } from './en';
import type { enMessages } from './en_messages';

export const zhMessages: Pick<Catalogue, keyof typeof enMessages> = {
  'message.edited': '已编辑',
  'message.pinned': '已置顶',
  'message.hidden': '你删除了这条消息',
  'message.recalled.by': (who) => `${who}撤回了一条消息`,
  'message.recalled.of': (who, whose) => `${who}撤回了${whose}的一条消息`,
  'message.name': (who, text) => `${who}：${text}`,
  'message.hint': '用方向键在消息之间移动，按回车键查看可以对它做什么。',

  'actions.menu': (who) => `${who}的消息`,
  'actions.more': '更多',
  'actions.react': '回应表情',
  'actions.react.other': '其他表情',
  'actions.reply': '回复',
  'actions.copy': '复制文字',
  'actions.copied': '已复制',
  'actions.edit': '编辑',
  'actions.pin': '置顶',
  'actions.unpin': '取消置顶',
  'actions.reactions': '谁回应了',
  'actions.history': '编辑记录',
  'actions.recall': '撤回',
  'actions.hide': '为我删除',

  'recall.title': '撤回这条消息？',
  'recall.text.read': (who) => `${who}已经读过它。撤回后，所有人都看不到它。`,
  'recall.text.group': '可能已经有人读过它。撤回后，所有人都看不到它。',
  'recall.text.of': (who) => `${who}的这条消息将对所有人撤回。`,
  'hide.title': (count) =>
    count === 1 ? '为自己删除这条消息？' : `为自己删除这 ${count} 条消息？`,
  'hide.text': (count) => `${count === 1 ? '它' : '它们'}会从你的所有设备上消失，其他人仍能看到。`,
  'history.title': '编辑记录',
  'history.until': (time) => `${time}之前`,
  'history.now': '现在',

  'reply.to': (who) => `回复${who}`,
  'reply.own': '回复自己',
  'reply.cancel': '取消回复',
  'reply.gone': '这条消息已不在这里',
  'reply.in': '回复',
  'edit.title': '编辑消息',
  'edit.cancel': '取消编辑',

  'reactions.title': '表情回应',
  'reactions.you': '你',

  'pins.title': '置顶消息',
  'pins.one': '置顶消息',
  'pins.position': (at, count) => `第 ${at} 条，共 ${count} 条`,
  'pins.list': (count) => `全部 ${count} 条置顶消息`,
  'pins.unpin': (text) => `取消置顶：${text}`,

  'error.not_yours': '这不是你的消息。',
  'error.too_late': '已经超过时限了。',
  'error.recalled': '这条消息已被撤回。',
  'error.too_many_reactions': '这条消息上的表情种类已达上限。',
  'error.too_many_pins': '置顶消息已达上限，请先取消一条。',
};
