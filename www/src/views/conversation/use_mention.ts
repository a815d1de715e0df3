/* Choosing whom a text mentions, while it is written. */
import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { may } from '../../store/group_rights';
import { EVERYBODY } from '../../store/head';
import type { UserStore } from '../../store/user_store';
import { complete, matching, mentionsIn, queryAt, type Candidate, type Query } from './mention';

const SHOWN = 8;
const PAGES = 5; // of a hundred members; beyond, those who were met here can be mentioned

export interface Mention {
  id: string; // of the list
  options: readonly Candidate[];
  active: number;
  look: () => void; // the text or the caret changed
  close: () => void;
  choose: (candidate: Candidate) => void;
  /* true: the key was for the list. */
  pressed: (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => boolean;
  namedIn: (text: string) => number[];
}

interface MentionOptions {
  user: UserStore;
  conversation: number;
  input: RefObject<HTMLTextAreaElement | null>;
  onComplete: (text: string, caret: number) => void;
}

export function useMention({ user, conversation, input, onComplete }: MentionOptions): Mention {
  const id = useId();
  const [query, setQuery] = useState<Query | null>(null);
  const [active, setActive] = useState(0);
  const chosen = useRef(new Map<string, number>());
  const group = user.conversations.all.value.get(conversation)?.head.value.group;
  const candidates = candidatesIn(user, conversation);
  const options = query ? matching(candidates, query.text, SHOWN) : [];
  const asking = query !== null;
  useEffect(() => {
    if (asking) void loadMembers(user, conversation).catch(() => undefined);
  }, [asking, group?.changed_seq]);

  const close = (): void => {
    setQuery(null);
  };
  const look = (): void => {
    const element = input.current;
    if (!group || !element) return;
    setQuery(queryAt(element.value, element.selectionStart));
    setActive(0);
  };
  const choose = (candidate: Candidate): void => {
    const element = input.current;
    if (!query || !element) return;
    chosen.current.set(candidate.name, candidate.id);
    const done = complete(element.value, query, element.selectionStart, candidate);
    onComplete(done.text, done.caret);
    close();
  };
  const pressed = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean => {
    const candidate = options[active];
    if (!candidate) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + options.length) % options.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(candidate);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  };
  const namedIn = (text: string): number[] =>
    group ? mentionsIn(text, candidatesIn(user, conversation), chosen.current) : [];
  return { id, options, active, look, close, choose, pressed, namedIn };
}

function candidatesIn(user: UserStore, conversation: number): Candidate[] {
  const role = user.conversations.all.value.get(conversation)?.head.value.group?.role;
  const all = role && may(role, 'mention_all');
  const people = [...user.members.of(conversation).value.values()].flatMap((member) =>
    member && member.user.id !== user.id
      ? { id: member.user.id, name: user.names.inGroup(conversation, member.user.id) ?? '' }
      : [],
  );
  return [...(all ? [{ id: EVERYBODY, name: t('mention.all') }] : []), ...people];
}

async function loadMembers(user: UserStore, conversation: number): Promise<void> {
  let after = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const { members, more } = await user.members.page(conversation, { after, limit: 100 });
    after = members.at(-1)?.user.id ?? after;
    if (!more) return;
  }
}
