/* English: who has read what, and what people show of themselves. */

export const enReaders = {
  'actions.readers': 'Who has read it',
  'readers.title': (read: number, all: number) => `Read by ${read} of ${all}`,
  'readers.read': (count: number) => `Read (${count})`,
  'readers.delivered': (count: number) => `Delivered (${count})`,
  'readers.sent': (count: number) => `Not delivered yet (${count})`,
  'readers.untold': (count: number) =>
    count === 1 ? '1 member does not show it.' : `${count} members do not show it.`,

  'openness.title': 'What others see',
  'openness.hint': 'What you hide, you do not see of others either.',
  'openness.sends_read_receipts': 'Read receipts',
  'openness.sends_read_receipts.hint': 'Others see what you have read, and you what they have.',
  'openness.shows_presence': 'Online and last seen',
  'openness.shows_presence.hint': 'Friends and members of your groups see when you are here.',
  'openness.sends_typing': 'Typing',
  'openness.sends_typing.hint': 'Others see that you are writing to them.',
};
