/* English: who has read what, and what people show of themselves. */

export const enReaders = {
  'actions.readers': 'Who has read it',
  'readers.title': (read: number, all: number) => `Read by ${read} of ${all}`,
  'readers.read': (count: number) => `Read (${count})`,
  'readers.delivered': (count: number) => `Delivered (${count})`,
  'readers.sent': (count: number) => `Not delivered yet (${count})`,
  'readers.untold': (count: number) =>
    count === 1 ? '1 member does not show it.' : `${count} members do not show it.`,
};
