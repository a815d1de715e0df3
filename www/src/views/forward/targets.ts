/* Where something can be sent: conversations, the latest first, then friends whom one has none
 * with. */
import { language } from '../../i18n';
import type { User } from '../../api/account';
import type { GroupHead } from '../../api/groups';
import { silenceOf } from '../../store/group_rights';
import type { UserStore } from '../../store/user_store';

export interface Target {
  key: string;
  name: string;
  words: string; // what it is found by
  person: User | null;
  group: GroupHead | null;
  conversation: number | null; // null: to be opened
}

export function targetsOf(user: UserStore): Target[] {
  const chats = user.conversations.sorted.value.flatMap(({ id, head }): Target[] => {
    const { peer = null, group = null } = head.value;
    const name = user.names.ofConversation(head.value);
    if (name === null || !isOpen(user, peer, group)) return [];
    return [targetOf(name, peer, group, id)];
  });
  const known = new Set(chats.map(({ person }) => person?.id));
  const order = new Intl.Collator(language.value);
  const friends = [...user.contacts.friends.value.values()]
    .filter(({ user: { id } }) => !known.has(id) && !user.contacts.blocks.value.has(id))
    .map(({ user: person }) => targetOf(user.nameOf(person), person, null, null))
    .sort((a, b) => order.compare(a.name, b.name));
  return [...chats, ...friends];
}

function isOpen(user: UserStore, peer: User | null, group: GroupHead | null): boolean {
  if (group) return silenceOf(group, Date.now()) === null;
  return peer !== null && !user.contacts.blocks.value.has(peer.id);
}

function targetOf(
  name: string,
  person: User | null,
  group: GroupHead | null,
  conversation: number | null,
): Target {
  const key = conversation === null ? `person ${person?.id}` : `chat ${conversation}`;
  const words = [name, person?.nickname, person?.username].join(' ').toLocaleLowerCase();
  return { key, name, words, person, group, conversation };
}

/* The conversations of these, opened where there are none yet. */
export async function conversationsOf(
  user: UserStore,
  targets: readonly Target[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const { conversation, person } of targets) {
    if (conversation !== null) ids.push(conversation);
    else if (person) ids.push((await user.openWith(person)).id);
  }
  return ids;
}
