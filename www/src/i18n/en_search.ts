/* English: searching conversations and messages. */

export const enSearch = {
  'search.label': 'Search',
  'search.messages': 'Search messages',
  'search.inside': 'Search in this conversation',
  'search.chats': 'Conversations with this name',
  'search.results': 'Messages',
  'search.busy': 'Searching …',
  'search.none': 'No message contains this.',
  'search.more': 'Older results',
  'search.hidden': 'Hidden conversation',
  'search.incomplete':
    'Older messages are still being prepared for searching. Try again in a moment.',
  'search.count': (count: number, more: boolean) =>
    more
      ? `${count} messages found, and more`
      : `${count === 1 ? '1 message' : `${count} messages`} found`,
};
