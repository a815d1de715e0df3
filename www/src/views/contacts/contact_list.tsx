/* Friends, by name; above them what leads to new ones. */
import { useState } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { Badge } from '../../design/badge';
import { Empty, Waiting } from '../../design/empty';
import { Filter } from '../../design/filter';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import type { Friend } from '../../api/social';
import { language, t } from '../../i18n';
import { route, show } from '../../platform/router';
import { useUser } from '../session';
import './contact_list.css';

const FILTER_FROM = 7;

export function ContactList() {
  const { contacts } = useUser();
  const [filter, setFilter] = useState('');
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
        <ul>
          <Door to="find" icon="search" title={t('find.title')} />
          <Door
            to="requests"
            icon="bell"
            title={t('requests.title')}
            count={contacts.pending.value}
          />
        </ul>
        <Friends filter={filter} />
      </div>
    </>
  );
}

function Door({
  to,
  icon,
  title,
  count = 0,
}: {
  to: 'find' | 'requests';
  icon: IconName;
  title: string;
  count?: number;
}) {
  return (
    <li>
      <Link
        to={{ screen: to }}
        class="contact-item"
        aria-current={route.value.screen === to ? 'page' : undefined}
      >
        <span class="contact-item__icon">
          <Icon name={icon} size={22} />
        </span>
        <span class="contact-item__name">{title}</span>
        <Badge count={count} label={t('nav.pending', count)} />
      </Link>
    </li>
  );
}

function Friends({ filter }: { filter: string }) {
  const user = useUser();
  const { contacts } = user;
  if (!contacts.known.value) return <Waiting label={t('common.loading')} />;
  const order = new Intl.Collator(language.value);
  const friends = [...contacts.friends.value.values()].sort((a, b) =>
    order.compare(user.nameOf(a.user), user.nameOf(b.user)),
  );
  if (friends.length === 0) {
    return (
      <Empty icon="contacts" title={t('contacts.none.title')} text={t('contacts.none.text')} />
    );
  }
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = friends.filter(({ user: { nickname, username }, remark }) =>
    `${remark} ${nickname} ${username}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <>
      <h2 class="contact-list__heading">{t('contacts.count', friends.length)}</h2>
      <ul aria-label={t('contacts.list')}>
        {shown.map((friend) => (
          <FriendItem key={friend.user.id} friend={friend} />
        ))}
      </ul>
    </>
  );
}

function FriendItem({ friend: { user: person } }: { friend: Friend }) {
  const user = useUser();
  const online = user.presenceOf(person.id)?.online ?? false;
  const current = route.value;
  const open = current.screen === 'person' && current.id === person.id;
  return (
    <li>
      <Link
        to={{ screen: 'person', id: person.id }}
        open={show}
        class="contact-item"
        aria-current={open ? 'page' : undefined}
      >
        <Avatar user={person} online={online} />
        <span class="contact-item__name">{user.nameOf(person)}</span>
        {online && <span class="contact-item__online">{t('presence.online')}</span>}
      </Link>
    </li>
  );
}
