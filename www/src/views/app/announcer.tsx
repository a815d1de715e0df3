/* Says new messages aloud to those who hear the page. */
import type { Message } from '../../api/chat';
import { t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import type { UserStore } from '../../store/user_store';
import { whoIn } from '../conversation/names';
import { previewOf } from '../conversation/preview';

export function Announcer({ user }: { user: UserStore }) {
  const message = user.arrival.value;
  const conversation = message && user.conversations.get(message.conversation_id);
  const text = message && conversation?.head.peek().notify ? said(user, conversation, message) : '';
  return (
    <div class="visually-hidden" role="log" aria-live="polite">
      {text && <p key={`${message?.conversation_id}.${message?.seq}`}>{text}</p>}
    </div>
  );
}

function said(user: UserStore, { id, head }: Conversation, message: Message): string {
  const { peer, group } = head.value;
  const who = whoIn(user, id);
  const preview = previewOf(message, who);
  if (message.kind === 'system') return t('conversation.arrived', group?.name ?? '', preview);
  if (group)
    return t(
      'conversation.arrived',
      group.name,
      t('conversation.arrived', who(message.sender_id), preview),
    );
  return peer ? t('conversation.arrived', user.nameOf(peer), preview) : '';
}
