/* The people of a conversation by name, in lists and sentences. */
import { useEffect } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { language, t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import { EVERYBODY } from '../../store/head';
import type { UserStore } from '../../store/user_store';

/* Somebody as the subject of a sentence, or as what it is done to; 'own': not by the name that
 * they have in the group. */
export type Who = (id: number, as?: 'subject' | 'object' | 'own') => string;

export function whoIn(user: UserStore, conversation: number): Who {
  return (id, as = 'subject') => {
    if (id === user.id) return t(as === 'object' ? 'row.you.object' : 'row.you');
    const person = as === 'own' ? user.names.user(id) : undefined;
    if (person) return user.nameOf(person);
    const { peer } = user.conversations.get(conversation)?.head.value ?? {};
    if (peer?.id === id) return user.nameOf(peer);
    return user.names.inGroup(conversation, id) ?? t('group.someone');
  };
}

const NAMED = 3;

/* Ann, Bob, Cat and 5 others. */
export function namesOf(
  ids: readonly number[],
  count: number,
  name: (id: number) => string,
): string {
  const named = ids.slice(0, ids.length <= NAMED + 1 && ids.length === count ? NAMED + 1 : NAMED);
  const others = count - named.length;
  const all = named.map(name);
  if (others > 0) all.push(t('row.others', others));
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(all);
}

/* All who have to be known by name to show this row. */
export function idsIn(message: Message): number[] {
  const { user_id, user_ids } = message.body ?? {};
  return [
    message.sender_id,
    ...(typeof user_id === 'number' ? [user_id] : []),
    ...(Array.isArray(user_ids) ? user_ids.slice(0, NAMED + 1).map(Number) : []),
    ...(message.mentions ?? []).filter((id) => id !== EVERYBODY),
    ...message.reactions.flatMap((reaction) => reaction.user_ids.slice(0, NAMED + 1)),
  ];
}

/* Sees to it that they are known, sooner or later. */
export function useNames(
  user: UserStore,
  conversation: Conversation,
  messages: readonly Message[],
): void {
  const { id, head } = conversation;
  const { group, peer } = head.value;
  const up = ['live', 'polling'].includes(user.connection.state.value);
  const seq = group?.changed_seq;
  useEffect(() => {
    if (!up) return;
    const ids = new Set(messages.flatMap(idsIn));
    ids.delete(user.id);
    if (seq !== undefined) user.members.need(id, seq, ids);
    else user.people.need([...ids].filter((one) => one !== peer?.id && !user.names.user(one)));
  }, [id, messages, seq, up]);
}
