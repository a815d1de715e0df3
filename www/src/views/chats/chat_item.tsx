/* One conversation in the list: who, what was said last, when, and how much is unread. */
import { Avatar } from '../../design/avatar';
import { Badge } from '../../design/badge';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { show } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import { previewOf } from '../conversation/preview';
import { useUser } from '../session';
import { minute } from '../clock';

export function ChatItem({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const user = useUser();
  const head = conversation.head.value;
  const { peer } = head;
  if (!peer) return null;
  const online = user.presenceOf(peer.id)?.online ?? false;
  const time = head.last_message?.created_at ?? head.updated_at;
  return (
    <li>
      <Link
        to={{ screen: 'conversation', id: conversation.id }}
        open={show}
        class="chat-item"
        aria-current={open ? 'page' : undefined}
      >
        <Avatar user={peer} online={online} />
        <span class="chat-item__name">{user.nameOf(peer)}</span>
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
  const typing = user.typing.now.value.has(conversation.id);
  if (typing && !open) return <b class="chat-item__typing">{t('presence.typing')}</b>;
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
  const last = conversation.head.value.last_message;
  if (!last) return <>{t('chats.empty')}</>;
  const mine = last.sender_id === user.id && last.kind !== 'system';
  return (
    <>
      {mine && <span class="visually-hidden">{t('chats.you')}: </span>}
      {previewOf(last)}
    </>
  );
}
