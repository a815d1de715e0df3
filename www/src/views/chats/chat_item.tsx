/* One conversation in the list: who, what was said last, when, and how much is unread. */
import { useMemo } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { Avatar } from '../../design/avatar';
import { Badge } from '../../design/badge';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { show } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import { isCounted, isReadable } from '../../store/stream';
import { useNames, whoIn } from '../conversation/names';
import { previewOf } from '../conversation/preview';
import { recalledBy } from '../conversation/recalled';
import { GroupAvatar } from '../groups/group_avatar';
import { useUser } from '../session';
import { minute } from '../clock';

export function ChatItem({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const user = useUser();
  const head = conversation.head.value;
  const name = user.names.ofConversation(head);
  if (name === null) return null;
  const online = head.peer ? (user.presenceOf(head.peer.id)?.online ?? false) : false;
  const time = head.last_message?.created_at ?? head.updated_at;
  return (
    <li>
      <Link
        to={{ screen: 'conversation', id: conversation.id }}
        open={show}
        class="chat-item"
        aria-current={open ? 'page' : undefined}
      >
        {head.peer && <Avatar user={head.peer} online={online} />}
        {head.group && <GroupAvatar group={head.group} />}
        <span class="chat-item__name">{name}</span>
        {online && <span class="visually-hidden">{t('presence.online')}</span>}
        <time class="chat-item__time" dateTime={new Date(time).toISOString()}>
          {listTime(time, minute.value)}
        </time>
        <span class="chat-item__text">
          <Preview conversation={conversation} open={open} />
        </span>
        <Badge count={head.unread} label={t('nav.unread', head.unread)} muted={!head.notify} />
      </Link>
    </li>
  );
}

function Preview({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const user = useUser();
  const { group, mentioned } = conversation.head.value;
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
  const draft = open ? undefined : user.drafts.texts.value.get(conversation.id);
  if (draft)
    return (
      <>
        <b class="chat-item__draft">{t('chats.draft')}</b> {draft}
      </>
    );
  const pending = user.outbox.of(conversation.id).at(-1);
  if (pending) {
    return (
      <>
        <b class={pending.failure ? 'chat-item__draft' : ''}>
          {t(pending.failure ? 'chats.failed' : 'chats.sending')}
        </b>{' '}
        {pending.text}
      </>
    );
  }
  if (!last) return <>{t('chats.empty')}</>;
  const mine = last.sender_id === user.id;
  return (
    <>
      {Boolean(mentioned) && <b class="chat-item__mention">[{t('group.mentioned')}] </b>}
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
