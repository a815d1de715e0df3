/* What a row consists of that says something: who, what, and the mark where one chooses. */
import type { Message } from '../../api/chat';
import { Avatar } from '../../design/avatar';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import { EVERYBODY } from '../../store/head';
import type { UserStore } from '../../store/user_store';
import type { Candidate } from './mention';
import { Stored } from './message';
import { whoIn } from './names';
import { noteOf } from './note';
import { Pick } from './pick';
import { previewOf } from './preview';
import { useSelecting } from './selection';
import { useTalk } from './talk';
import type { Item } from './timeline';

export type Spoken = Extract<Item, { kind: 'message' }>;

/* Where it stands among all rows, of which the document has only some; null: nobody knows of how
 * many. */
export interface Place {
  at: number;
  of: number | null;
}

export function placing({ at, of }: Place) {
  return { 'aria-posinset': at, 'aria-setsize': of ?? -1 };
}

export function theirsClass({ head }: Conversation, first: boolean): string {
  const group = head.value.group ? 'row--of-many' : '';
  return `row row--theirs ${first ? 'row--first' : ''} ${group}`;
}

export function senderIn(user: UserStore, { id, head }: Conversation, sender: number): string {
  const { peer, group } = head.value;
  if (group) return whoIn(user, id)(sender);
  return peer ? user.nameOf(peer) : '';
}

interface SenderProps {
  id: number;
  user: UserStore;
  conversation: Conversation;
}

/* Above what somebody says among many. */
export function Sender({ id, user, conversation }: SenderProps) {
  const selecting = useSelecting(useTalk());
  if (!conversation.head.value.group) return null;
  const name = whoIn(user, conversation.id)(id);
  const person = user.names.user(id);
  return (
    <>
      {person && (
        <Link
          to={{ screen: 'person', id }}
          class="row__face"
          inert={selecting}
          aria-label={`${t('members.profile')}: ${name}`}
        >
          <Avatar user={person} size="s" />
        </Link>
      )}
      <span class={`row__sender row__sender--${id % 8}`} aria-hidden="true">
        {name}
      </span>
    </>
  );
}

interface PickOfProps {
  item: Spoken;
  user: UserStore;
  conversation: Conversation;
  sender: string;
}

export function PickOf({ item, user, conversation, sender }: PickOfProps) {
  const { message } = item;
  const text = previewOf(message, whoIn(user, conversation.id));
  return <Pick seq={message.seq} name={t('message.name', sender, text)} />;
}

interface SaidProps {
  item: Spoken;
  user: UserStore;
  id: number;
  sender: string;
}

export function Said({ item: { message, mark, first, last }, user, id, sender }: SaidProps) {
  return (
    <Stored
      message={message}
      note={noteOf(message, whoIn(user, id))}
      mentioned={mentionedBy(message, user, id)}
      sender={sender}
      mine={message.sender_id === user.id}
      mark={mark}
      first={first}
      last={last}
    />
  );
}

/* Under which names people may stand in the text, besides the one I know them by. */
function mentionedBy(message: Message, user: UserStore, id: number): Candidate[] {
  const me = user.me.value;
  return (message.mentions ?? []).flatMap((mention) => {
    if (mention === EVERYBODY) return EVERYBODY_NAMES.map((name) => ({ id: mention, name }));
    const person = mention === user.id ? me : user.names.user(mention);
    const own = user.conversations.get(id)?.head.value.group?.nickname ?? null;
    const names = [
      mention === user.id ? own : user.names.inGroup(id, mention),
      user.members.of(id).value.get(mention)?.nickname ?? null,
      person?.nickname ?? null,
      person?.username ?? null,
    ];
    return names.flatMap((name) => (name ? [{ id: mention, name }] : []));
  });
}

/* The sender's language may be another one than mine. */
const EVERYBODY_NAMES = ['Everybody', '所有人'];
