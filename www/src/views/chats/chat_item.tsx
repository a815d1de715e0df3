/* One conversation in the list: who, what was said last, when, how much is unread, and what can be
 * done with it. */
import { useMemo, useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { Avatar } from '../../design/avatar';
import { Badge } from '../../design/badge';
import { IconButton } from '../../design/button';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { useLongPress } from '../../design/long_press';
import type { Place } from '../../design/overlay';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { show } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import type { Head } from '../../store/head';
import type { OutboxEntry } from '../../store/outbox_entry';
import { isCounted, isReadable } from '../../store/stream';
import { useNames, whoIn } from '../conversation/names';
import { previewOf } from '../conversation/preview';
import { recalledBy } from '../conversation/recalled';
import { GroupAvatar } from '../groups/group_avatar';
import { enclosedText } from '../media/words';
import { useUser } from '../session';
import { minute } from '../clock';
import { ConversationMenu, placeAt } from './conversation_menu';

interface ChatItemProps {
  conversation: Conversation;
  open: boolean;
}

export function ChatItem({ conversation, open }: ChatItemProps) {
  const user = useUser();
  const [menu, setMenu] = useState<Place | null>(null);
  const press = useLongPress(() => {
    setMenu('sheet');
  });
  const head = conversation.head.value;
  const name = user.names.ofConversation(head);
  if (name === null) return null;
  const online = head.peer ? (user.presenceOf(head.peer.id)?.online ?? false) : false;
  const time = head.last_message?.created_at ?? head.updated_at;
  const ask = (element: Element): void => {
    setMenu(placeAt(element.getBoundingClientRect()));
  };
  return (
    <li
      class={`chat-row ${head.pinned ? 'chat-row--pinned' : ''}`}
      data-open={menu !== null}
      {...press}
      onContextMenu={(event) => {
        event.preventDefault();
        const { clientX: x, clientY: y } = event;
        setMenu(placeAt({ left: x, right: x, top: y, bottom: y }));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
        event.preventDefault();
        ask(event.target as Element);
      }}
    >
      <Link
        to={{ screen: 'conversation', id: conversation.id }}
        open={show}
        class="chat-item"
        aria-current={open ? 'page' : undefined}
      >
        {head.peer && <Avatar user={head.peer} online={online} />}
        {head.group && <GroupAvatar group={head.group} />}
        <span class="chat-item__name">
          <span>{name}</span>
          {!head.notify && <Sign icon="bellOff" label={t('chats.muted')} />}
        </span>
        {online && <span class="visually-hidden">{t('presence.online')}</span>}
        <time class="chat-item__time" dateTime={new Date(time).toISOString()}>
          {listTime(time, minute.value)}
        </time>
        <span class="chat-item__text">
          <Preview conversation={conversation} open={open} />
        </span>
        <Signs head={head} />
      </Link>
      <IconButton
        icon="dots"
        size={20}
        name={t('chats.menu', name)}
        class="chat-row__more"
        expanded={menu !== null}
        onClick={(event) => {
          ask(event.currentTarget);
        }}
      />
      {menu !== null && (
        <ConversationMenu
          conversation={conversation}
          at={menu}
          onClose={() => {
            setMenu(null);
          }}
        />
      )}
    </li>
  );
}

/* What calls for attention, and what is so. */
function Signs({ head }: { head: Head }) {
  const { unread, mentioned, marked_unread, notify, pinned } = head;
  const count = t('nav.unread', unread);
  return (
    <span class="chat-item__signs">
      {mentioned > 0 && (
        <span class="chat-item__at">
          <Icon name="at" size={16} />
          <span class="visually-hidden">{t('chats.mentioned', mentioned)}</span>
        </span>
      )}
      <Badge
        count={unread}
        label={unread > 0 ? count : t('chats.marked')}
        muted={!notify}
        dot={marked_unread}
      />
      {pinned && <Sign icon="pin" label={t('chats.pinned')} />}
    </span>
  );
}

function Sign({ icon, label }: { icon: IconName; label: string }) {
  return (
    <span class="chat-item__sign">
      <Icon name={icon} size={14} />
      <span class="visually-hidden">{label}</span>
    </span>
  );
}

function Preview({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const user = useUser();
  const { group } = conversation.head.value;
  const last = lastShown(conversation);
  const who = whoIn(user, conversation.id);
  useNames(
    user,
    conversation,
    useMemo(() => (last ? [last] : []), [last]),
  );
  const typing = user.typing.now.value.get(conversation.id);
  if (typing !== undefined && !open) {
    const text = group ? t('group.typing', who(typing)) : t('presence.typing');
    return <b class="chat-item__typing">{text}</b>;
  }
  const draft = open ? undefined : user.drafts.all.value.get(conversation.id)?.text.trim();
  if (draft)
    return (
      <>
        <b class="chat-item__draft">{t('chats.draft')}</b> {draft.replace(/\s+/g, ' ')}
      </>
    );
  const pending = user.outbox.of(conversation.id).at(-1);
  if (pending) {
    return (
      <>
        <b class={pending.failure ? 'chat-item__draft' : ''}>
          {t(pending.failure ? 'chats.failed' : 'chats.sending')}
        </b>{' '}
        {pendingText(pending)}
      </>
    );
  }
  if (!last) return <>{t('chats.empty')}</>;
  const mine = last.sender_id === user.id;
  return (
    <>
      {last.kind !== 'system' && last.body !== null && (group ?? mine) && (
        <span class={group ? '' : 'visually-hidden'}>
          {mine ? t('chats.you') : who(last.sender_id)}:{' '}
        </span>
      )}
      {previewOf(last, who, recalledBy(conversation, last))}
    </>
  );
}

/* What I deleted for myself gives way to what stands above it, where that is known. */
function lastShown({ head, stream }: Conversation): Message | null {
  const { last_message: last } = head.value;
  if (!last?.hidden) return last;
  return stream.value.rows.filter((row) => isReadable(row) && isCounted(row)).at(-1) ?? last;
}

function pendingText({ text, contact, enclosed }: OutboxEntry): string {
  if (enclosed) return enclosedText(enclosed);
  return contact === undefined ? text : t('card.kind');
}
