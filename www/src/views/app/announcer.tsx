/* Says new messages aloud to those who hear the page. */
import { t } from '../../i18n';
import type { UserStore } from '../../store/user_store';
import { previewOf } from '../conversation/preview';

export function Announcer({ user }: { user: UserStore }) {
  const message = user.arrival.value;
  const head = message && user.conversations.get(message.conversation_id)?.head.value;
  const text =
    message && head?.peer
      ? t('conversation.arrived', user.nameOf(head.peer), previewOf(message))
      : '';
  return (
    <div class="visually-hidden" role="log" aria-live="polite">
      {text && <p key={`${message?.conversation_id}.${message?.seq}`}>{text}</p>}
    </div>
  );
}
