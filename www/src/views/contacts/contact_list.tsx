/* Friends, by the initials of their names; above them what leads to new ones. */
import { useState } from 'preact/hooks';
import { Badge } from '../../design/badge';
import { Filter } from '../../design/filter';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { route } from '../../platform/router';
import { useUser } from '../session';
import { Friends } from './friends';
import './contact_list.css';

const FILTER_FROM = 7;

export function ContactList() {
  const { contacts, joining } = useUser();
  const [filter, setFilter] = useState('');
  const pending = contacts.pending.value;
  const invitations = joining.invitations.value.length;
  return (
    <>
      <PaneHead title={t('contacts.title')} />
      {contacts.friends.value.size >= FILTER_FROM && (
        <Filter label={t('contacts.filter')} value={filter} onInput={setFilter} />
      )}
      <div
        class="contact-list scroll"
        onKeyDown={(event) => {
          moveFocus(event, '.contact-item');
        }}
      >
        <ul aria-label={t('contacts.doors')}>
          <Door to="find" icon="search" title={t('find.title')} />
          <Door
            to="requests"
            icon="add"
            title={t('requests.title')}
            count={pending}
            label={t('nav.pending', pending)}
          />
          <Door
            to="groups"
            icon="group"
            title={t('group.mine')}
            count={invitations}
            label={t('contacts.waiting', invitations)}
          />
          {contacts.blocks.value.size > 0 && (
            <Door to="blocks" icon="block" title={t('blocks.title')} />
          )}
        </ul>
        <Friends filter={filter} />
      </div>
    </>
  );
}

interface DoorProps {
  to: 'find' | 'requests' | 'groups' | 'blocks';
  icon: IconName;
  title: string;
  count?: number;
  label?: string;
}

function Door({ to, icon, title, count = 0, label = '' }: DoorProps) {
  return (
    <li>
      <Link
        to={{ screen: to }}
        class="contact-item contact-item--door"
        aria-current={route.value.screen === to ? 'page' : undefined}
      >
        <span class="contact-item__icon">
          <Icon name={icon} size={20} />
        </span>
        <span class="contact-item__name">{title}</span>
        <Badge count={count} label={label} />
      </Link>
    </li>
  );
}
