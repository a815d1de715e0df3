/* English: what one does with a conversation as a whole, and finding the way in it. */

export const enChats = {
  'chats.menu': (name: string) => `Options: ${name}`,
  'chats.actions': 'What to do with it',
  'chats.pin': 'Pin to the top',
  'chats.unpin': 'Unpin',
  'chats.pinned': 'Pinned',
  'chats.mute': 'Mute',
  'chats.unmute': 'Unmute',
  'chats.muted': 'Muted',
  'chats.mark_read': 'Mark as read',
  'chats.mark_unread': 'Mark as unread',
  'chats.marked': 'Marked as unread',
  'chats.hide': 'Hide until the next message',
  'chats.clear': 'Clear history',
  'chats.clear.title': (name: string) => `Clear your history with ${name}?`,
  'chats.clear.text':
    'All messages so far disappear for you, on all your devices. Others keep theirs. This cannot be undone.',
  'chats.mentioned': (count: number) =>
    count === 1 ? 'You were mentioned' : `You were mentioned ${count} times`,

  'date.title': 'Go to a date',
  'date.label': 'Date',
  'date.submit': 'Go',
  'date.open': (day: string) => `${day}: go to another date`,

  'jump.mention': (count: number) =>
    count === 1 ? 'To the message that mentions you' : `To the next of ${count} mentions`,
  'jump.unread': (count: number) =>
    count === 1 ? '1 new message: go to it' : `${count} new messages: go to the first`,
};
