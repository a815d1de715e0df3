/* Beside the feed: the ways to everything else of moments. */
import { Badge } from '../../design/badge';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { href, route, type Route } from '../../platform/router';
import { useUser } from '../session';
import '../me/me_menu.css';

export function MomentsMenu() {
  const user = useUser();
  const said = user.momentNews.unread.value;
  const here = href(route.value);
  const items: readonly [Route, IconName, string][] = [
    [{ screen: 'moments' }, 'moments', t('moments.feed')],
    [{ screen: 'moments_new' }, 'plus', t('moments.new')],
    [{ screen: 'moments_news' }, 'bell', t('moments.news')],
    [{ screen: 'album', id: user.id }, 'person', t('moments.mine')],
    [{ screen: 'moments_privacy' }, 'shield', t('moments.privacy')],
  ];
  return (
    <>
      <PaneHead title={t('moments.title')} />
      <ul
        class="me-menu"
        aria-label={t('moments.title')}
        onKeyDown={(event) => {
          moveFocus(event, '.me-menu__item');
        }}
      >
        {items.map(([to, icon, text]) => (
          <li key={to.screen}>
            <Link
              to={to}
              class="me-menu__item"
              aria-current={here === href(to) ? 'page' : undefined}
            >
              <Icon name={icon} size={20} />
              <span>{text}</span>
              {to.screen === 'moments_news' ? (
                <Badge count={said} label={t('nav.moments.said', said)} />
              ) : (
                <Icon name="next" size={16} />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
