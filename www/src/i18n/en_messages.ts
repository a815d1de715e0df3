/* English: what can be done to messages that were sent. */

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

export const enMessages = {
  'message.edited': 'edited',
  'message.pinned': 'Pinned',
  'message.hidden': 'You deleted this message',
  'message.recalled.by': (who: string) => `${who} recalled a message`,
  'message.recalled.of': (who: string, whose: string) => `${who} recalled a message by ${whose}`,
  'message.name': (who: string, text: string) => `${who}: ${text}`,
  'message.hint':
    'Arrow keys move from message to message. Enter opens what can be done with one of them.',

  'actions.menu': (who: string) => `Message by ${who}`,
  'actions.more': 'More',
  'actions.react': 'React',
  'actions.react.other': 'Another emoji',
  'actions.reply': 'Reply',
  'actions.copy': 'Copy text',
  'actions.copied': 'Copied',
  'actions.edit': 'Edit',
  'actions.pin': 'Pin',
  'actions.unpin': 'Unpin',
  'actions.reactions': 'Who reacted',
  'actions.history': 'Earlier versions',
  'actions.recall': 'Recall',
  'actions.hide': 'Delete for me',

  'recall.title': 'Recall this message?',
  'recall.text.read': (who: string) => `${who} has read it already. It is removed for everybody.`,
  'recall.text.group': 'Others may have read it already. It is removed for everybody.',
  'recall.text.of': (who: string) => `This message by ${who} is removed for everybody.`,
  'hide.title': (count: number) =>
    count === 1 ? 'Delete this message for you?' : `Delete ${count} messages for you?`,
  'hide.text': (count: number) =>
    count === 1
      ? 'It disappears from all your devices. Everybody else still sees it.'
      : 'They disappear from all your devices. Everybody else still sees them.',
  'history.title': 'Earlier versions',
  'history.until': (time: string) => `Until ${time}`,
  'history.now': 'Now',

  'reply.to': (who: string) => `Reply to ${who}`,
  'reply.own': 'Reply to yourself',
  'reply.cancel': 'Do not reply',
  'reply.gone': 'This message is not here any more',
  'reply.in': 'In reply to',
  'edit.title': 'Edit message',
  'edit.cancel': 'Do not edit',

  'reactions.title': 'Reactions',
  'reactions.you': 'you',

  'pins.title': 'Pinned messages',
  'pins.one': 'Pinned message',
  'pins.position': (at: number, count: number) => `${at} of ${count}`,
  'pins.list': (count: number) => `All ${counted(count, 'pinned message', 'pinned messages')}`,
  'pins.unpin': (text: string) => `Unpin: ${text}`,

  'error.not_yours': 'This message is not yours.',
  'error.too_late': 'It is too late for that.',
  'error.recalled': 'This message was recalled.',
  'error.too_many_reactions': 'This message has as many different reactions as it can have.',
  'error.too_many_pins': 'There are as many pinned messages as there can be. Unpin one first.',
};
