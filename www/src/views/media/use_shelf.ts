/* A shelf of the conversation for as long as it is looked at. */
import { useEffect, useState } from 'preact/hooks';
import type { MediaKind } from '../../api/media';
import type { Conversation } from '../../store/conversations';
import type { Shelf } from '../../store/shelf';
import { useUser } from '../session';

export const PICTURES: readonly MediaKind[] = ['image', 'video'];
export const FILES: readonly MediaKind[] = ['file'];

/* null: it begins when the conversation is loaded, or not at all because there is one already. */
export function useShelf(
  conversation: Conversation,
  kinds: readonly MediaKind[],
  from: 'stream' | 'shown',
  wanted = true,
): Shelf | null {
  const { history } = useUser();
  const [shelf, setShelf] = useState<Shelf | null>(null);
  const ready = wanted && conversation.stream.value.loaded;
  useEffect(() => {
    if (!ready) return undefined;
    const made = history.shelf(conversation, kinds, from);
    setShelf(made);
    const leave = made.follow();
    return () => {
      leave();
      setShelf(null);
    };
  }, [conversation, kinds, from, ready]);
  return shelf;
}
