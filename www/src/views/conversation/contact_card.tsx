/* The card of a person in a message: opens what there is to know about them. */
import { useEffect } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { t } from '../../i18n';
import { go } from '../../platform/router';
import { useUser } from '../session';
import './cards.css';

interface ContactCardProps {
  id: number;
  active?: boolean; // reached by Tab only while its message is
  onOpen?: () => void;
}

export function ContactCard({ id, active = true, onOpen }: ContactCardProps) {
  const user = useUser();
  const me = user.me.value;
  const person = me?.id === id ? me : user.names.user(id);
  const up = ['live', 'polling'].includes(user.connection.state.value);
  useEffect(() => {
    if (!person && up) user.people.need([id]);
  }, [id, person === undefined, up]);
  return (
    <button
      type="button"
      class="card"
      tabIndex={active ? 0 : -1}
      onClick={() => {
        onOpen?.();
        go({ screen: 'person', id });
      }}
    >
      <span class="card__person">
        <Avatar user={person ?? { id, nickname: '', username: '', avatar: null }} size="m" />
        <span class="card__name" dir="auto">
          {person ? user.nameOf(person) : t('group.someone')}
        </span>
        <span class="card__more">{person && `@${person.username}`}</span>
      </span>
      <span class="card__kind">{t('card.kind')}</span>
    </button>
  );
}
