/* What messages that become one are from, in the words of nobody's own address book. */
import { language } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import type { UserStore } from '../../store/user_store';

const MOST = 100; // characters

export function mergedTitle(user: UserStore, { head }: Conversation): string {
  const { group, peer } = head.peek();
  const people = [user.me.peek()?.nickname, peer?.nickname].filter((name) => name !== undefined);
  const title =
    group?.name ?? new Intl.ListFormat(language.peek(), { type: 'conjunction' }).format(people);
  return [...title].slice(0, MOST).join('');
}
