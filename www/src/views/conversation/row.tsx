/* One row of the list: a day, what happened, or a message with who said it. */
import type { Message } from '../../api/chat';
import { Avatar } from '../../design/avatar';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { dayLabel } from '../../i18n/format';
import type { Conversation } from '../../store/conversations';
import { EVERYBODY } from '../../store/head';
import type { UserStore } from '../../store/user_store';
import { minute } from '../clock';
import type { Candidate } from './mention';
import { Pending, Stored } from './message';
import { whoIn } from './names';
import { announcementOf, noteOf } from './note';
import { Pick } from './pick';
import { previewOf } from './preview';
import { recalledBy } from './recalled';
import { useSelecting } from './selection';
import { useTalk } from './talk';
import type { Item } from './timeline';

interface RowProps {
  item: Item;
  place: Place;
  user: UserStore;
  conversation: Conversation;
}

/* Where it stands among all rows, of which the document has only some; null: nobody knows of how
 * many. */
interface Place {
  at: number;
  of: number | null;
}

function placing({ at, of }: Place) {
  return { 'aria-posinset': at, 'aria-setsize': of ?? -1 };
}

export function Row({ item, place, user, conversation }: RowProps) {
  const placed = placing(place);
  switch (item.kind) {
    case 'day':
      return (
        <li class="row row--middle" {...placed}>
          <h2 class="day">
            <Day time={item.time} />
          </h2>
        </li>
      );
    case 'unread':
      return (
        <li class="row row--middle" data-unread {...placed}>
          <p class="unread-line">
            <span>{t('conversation.unread')}</span>
          </p>
        </li>
      );
    case 'note':
      return (
        <li
          class="row row--middle"
          data-seq={item.message.seq}
          data-of={item.message.seq}
          {...placed}
        >
          <Note message={item.message} user={user} conversation={conversation} />
        </li>
      );
    case 'pending':
      return (
        <li class={`row row--mine ${item.first ? 'row--first' : ''}`} {...placed}>
          <Pending entry={item.entry} mark={item.mark} first={item.first} last={item.last} />
        </li>
      );
    case 'message':
      return item.message.sender_id === user.id ? (
        <li
          class={`row row--mine ${item.first ? 'row--first' : ''}`}
          data-of={item.message.seq}
          {...placed}
        >
          <PickOf item={item} user={user} conversation={conversation} sender={t('message.you')} />
          <Said item={item} user={user} id={conversation.id} sender={t('message.you')} />
        </li>
      ) : (
        <Theirs item={item} place={place} user={user} conversation={conversation} />
      );
  }
}

function Day({ time }: { time: number }) {
  const talk = useTalk();
  const label = dayLabel(time, minute.value);
  return (
    <button
      type="button"
      class="day__button"
      aria-haspopup="dialog"
      aria-label={t('date.open', label)}
      onClick={() => {
        talk.asked.value = time;
      }}
    >
      {label}
    </button>
  );
}

type Spoken = Extract<Item, { kind: 'message' }>;

function Theirs({ item, place, user, conversation }: RowProps & { item: Spoken }) {
  const { peer, group } = conversation.head.value;
  const sender = item.message.sender_id;
  const name = group ? whoIn(user, conversation.id)(sender) : peer ? user.nameOf(peer) : '';
  const selecting = useSelecting(useTalk());
  const person = group && item.first ? user.names.user(sender) : undefined;
  return (
    <li
      class={`row row--theirs ${item.first ? 'row--first' : ''} ${group ? 'row--of-many' : ''}`}
      data-of={item.message.seq}
      {...placing(place)}
    >
      <PickOf item={item} user={user} conversation={conversation} sender={name} />
      {person && (
        <Link
          to={{ screen: 'person', id: sender }}
          class="row__face"
          inert={selecting}
          aria-label={`${t('members.profile')}: ${name}`}
        >
          <Avatar user={person} size="s" />
        </Link>
      )}
      {group && item.first && (
        <span class={`row__sender row__sender--${sender % 8}`} aria-hidden="true">
          {name}
        </span>
      )}
      <Said item={item} user={user} id={conversation.id} sender={name} />
    </li>
  );
}

function PickOf({
  item,
  user,
  conversation,
  sender,
}: Omit<RowProps, 'place'> & { item: Spoken; sender: string }) {
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

function Said({ item: { message, mark, first, last }, user, id, sender }: SaidProps) {
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

interface NoteProps {
  message: Message;
  user: UserStore;
  conversation: Conversation;
}

function Note({ message, user, conversation }: NoteProps) {
  const { id } = conversation;
  const announcement = announcementOf(message);
  const who = whoIn(user, id);
  if (announcement === null) {
    // What was a message before may have the focus, and can still be deleted.
    return (
      <p class="note" tabIndex={message.body === null ? -1 : undefined}>
        {noteOf(message, who, recalledBy(conversation, message))}
      </p>
    );
  }
  return (
    <Link to={{ screen: 'announcement', id }} class="notice">
      <span class="notice__title">
        <Icon name="megaphone" size={18} />
        {t('announcement.title')} · {who(message.sender_id)}
      </span>
      <span class="notice__text">{announcement}</span>
    </Link>
  );
}
