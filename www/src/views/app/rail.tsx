/* The sections, with what waits in each. */
import { Icon, type IconName } from '../../design/icons';
import { Badge } from '../../design/badge';
import { Link } from '../../design/link';
import { Avatar } from '../../design/avatar';
import { t } from '../../i18n';
import { route, type Route } from '../../platform/router';
import { useUser } from '../session';
import './rail.css';

export type Section = 'chats' | 'contacts' | 'moments' | 'activity' | 'me';

const SECTIONS: readonly [Section, IconName][] = [
  ['chats', 'chats'],
  ['contacts', 'contacts'],
  ['moments', 'moments'],
  ['activity', 'bell'],
  ['me', 'person'],
];

export function sectionOf(current: Route): Section {
  switch (current.screen) {
    case 'contacts':
    case 'find':
    case 'requests':
    case 'blocks':
    case 'tags':
    case 'person':
    case 'groups':
    case 'new_group':
    case 'find_group':
    case 'group':
      return 'contacts';
    case 'moments':
    case 'moments_new':
    case 'moments_news':
    case 'moments_privacy':
    case 'album':
    case 'post':
      return 'moments';
    case 'activity':
      return 'activity';
    case 'me':
    case 'profile':
    case 'preferences':
    case 'devices':
      return 'me';
    default:
      return 'chats';
  }
}

export function Rail() {
  const user = useUser();
  const section = sectionOf(route.value);
  const me = user.me.value;
  const pending = user.contacts.pending.value;
  const waitingPeople = user.waiting.value;
  const news = user.notifications.unread.value;
  const said = user.momentNews.unread.value;
  const waiting: Record<Section, [number, string]> = {
    chats: [user.conversations.unread.value, t('nav.unread', user.conversations.unread.value)],
    contacts: [
      waitingPeople,
      t(waitingPeople === pending ? 'nav.pending' : 'contacts.waiting', waitingPeople),
    ],
    moments: [said, said > 0 ? t('nav.moments.said', said) : t('nav.moments.new')],
    activity: [news, t('nav.news', news)],
    me: [0, ''],
  };
  return (
    <nav class="rail" aria-label={t('app.navigation')}>
      {me && (
        <span class="rail__me">
          <Avatar user={me} />
        </span>
      )}
      <ul class="rail__sections">
        {SECTIONS.map(([name, icon]) => (
          <li key={name}>
            <Link
              to={{ screen: name }}
              class="rail__link"
              aria-current={section === name ? 'page' : undefined}
            >
              <span class="rail__icon">
                <Icon name={icon} />
                <Badge
                  count={waiting[name][0]}
                  label={waiting[name][1]}
                  dot={name === 'moments' && user.moments.fresh.value}
                />
              </span>
              <span class="rail__text">{t(`nav.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
