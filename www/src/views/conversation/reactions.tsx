/* Under a message: with what people reacted, how many and who; choosing one joins in, or takes
 * one's own back. */
import type { Message, Reaction } from '../../api/chat';
import { t } from '../../i18n';
import { namesOf, whoIn } from './names';
import { useTalk, type Talk } from './talk';
import './reactions.css';

interface ReactionsProps {
  message: Message;
  active: boolean; // reached by Tab only while the message is
}

export function Reactions({ message, active }: ReactionsProps) {
  const talk = useTalk();
  const all = talk.user.reactions.of(message);
  if (all.length === 0) return null;
  return (
    <ul class="reactions" aria-label={t('reactions.title')}>
      {all.map((reaction) => (
        <li key={reaction.emoji}>
          <button
            type="button"
            class="reaction"
            aria-pressed={reaction.mine}
            title={whoReacted(talk, reaction)}
            tabIndex={active ? 0 : -1}
            onClick={() => void talk.react(message, reaction.emoji)}
          >
            <span class="reaction__emoji">{reaction.emoji}</span>{' '}
            <span class="reaction__count">{reaction.count}</span>{' '}
            <span class="visually-hidden">{whoReacted(talk, reaction)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function whoReacted({ user, conversation }: Talk, { user_ids, count }: Reaction): string {
  const who = whoIn(user, conversation.id);
  return namesOf(user_ids, count, (id) => (id === user.id ? t('reactions.you') : who(id)));
}
