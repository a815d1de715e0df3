/* Leads to a message that somebody chose elsewhere, as history.place says. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { go } from '../../platform/router';
import type { Talk } from './talk';

export function usePlace(talk: Talk, list: RefObject<HTMLElement | null>): void {
  const { user, conversation } = talk;
  const place = user.history.place.value;
  useEffect(() => {
    if (place?.conversation !== conversation.id) return;
    user.history.place.value = null;
    // On a phone the search covers the conversation.
    if (list.current?.offsetParent === null) go({ screen: 'conversation', id: conversation.id });
    void talk.jump(place.seq);
  }, [place, conversation]);
}
