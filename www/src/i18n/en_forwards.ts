/* English: messages sent on, and cards of people. */

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);

export const enForwards = {
  'actions.forward': 'Forward',
  'actions.select': 'Select',
  'message.forwarded': 'Forwarded',

  'card.kind': 'Contact card',
  'card.preview': (name: string) => `Contact card: ${name}`,
  'card.share': 'Share contact',
  'merged.title': (of: string) => `Messages of ${of}`,
  'merged.title.none': 'Messages',
  'merged.count': (count: number) => messages(count),

  'forward.title': 'Forward to',
  'forward.title.merged': 'Forward as one message to',
  'forward.done': (count: number) => `Sent to ${count} chats`,
  'forward.done.one': (name: string) => `Sent to ${name}`,
  'forward.refused': (name: string, others: number, why: string) =>
    others === 0 ? `Not sent to ${name}: ${why}` : `Not sent to ${name} and ${others} more: ${why}`,
  'send_to.legend': 'Chats and friends',
  'send_to.filter': 'Search chats and friends',
  'send_to.submit': (count: number) => (count < 2 ? 'Send' : `Send to ${count}`),
  'send_to.most': (most: number) => `${most} at once at most`,

  'select.title': 'Selected messages',
  'select.count': (count: number) => `${messages(count)} selected`,
  'select.actions': 'With the selected messages',
  'select.singly': 'Forward one by one',
  'select.merged': 'Forward merged',
  'select.copy': 'Copy',
  'select.most': (most: number) => `${most} messages at once at most.`,

  'attach.title': 'Add to the conversation',
  'attach.card': 'Send a contact card',
  'attach.friends': 'Whose card?',
};
