/* A conversation by its number, also one that is hidden from the list. */
import { useEffect, useState } from 'preact/hooks';
import type { Conversation } from '../../store/conversations';
import { useUser } from '../session';

export interface Wanted {
  conversation: Conversation | undefined;
  waiting: boolean; // it is not said yet that there is none
}

export function useConversation(id: number): Wanted {
  const user = useUser();
  const conversation = user.conversations.all.value.get(id);
  const missing = user.conversations.known.value && conversation === undefined;
  const [absent, setAbsent] = useState<number | null>(null);
  useEffect(() => {
    if (!missing) return;
    user.find(id).catch(() => {
      setAbsent(id);
    });
  }, [id, missing]);
  return { conversation, waiting: absent !== id };
}
