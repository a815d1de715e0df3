/* One row of the list: a day, what happened, or a message with who said it. */
import type { Message } from '../../api/chat';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { dayLabel } from '../../i18n/format';
import type { Conversation } from '../../store/conversations';
import type { UserStore } from '../../store/user_store';
import { minute } from '../clock';
import { AlbumRow } from './album_row';
import { Pending } from './message';
import { whoIn } from './names';
import { announcementOf, noteOf } from './note';
import { recalledBy } from './recalled';
import {
  PickOf,
  placing,
  Said,
  Sender,
  senderIn,
  theirsClass,
  type Place,
  type Spoken,
} from './said';
import { useTalk } from './talk';
import type { Item } from './timeline';

interface RowProps {
  item: Item;
  place: Place;
  user: UserStore;
  conversation: Conversation;
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
    case 'album':
      return <AlbumRow item={item} place={place} user={user} conversation={conversation} />;
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

function Theirs({ item, place, user, conversation }: RowProps & { item: Spoken }) {
  const { first, message } = item;
  const sender = senderIn(user, conversation, message.sender_id);
  return (
    <li class={theirsClass(conversation, first)} data-of={message.seq} {...placing(place)}>
      <PickOf item={item} user={user} conversation={conversation} sender={sender} />
      {first && <Sender id={message.sender_id} user={user} conversation={conversation} />}
      <Said item={item} user={user} id={conversation.id} sender={sender} />
    </li>
  );
}

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
