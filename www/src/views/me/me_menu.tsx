/* Me, and the settings. */
import { useState } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { route, show, type Route } from '../../platform/router';
import { useUser } from '../session';
import { LogOutDialog } from './log_out';
import './me_menu.css';

const ITEMS: readonly ['profile' | 'preferences' | 'devices', IconName][] = [
  ['profile', 'person'],
  ['preferences', 'sliders'],
  ['devices', 'lock'],
];

export function MeMenu() {
  const me = useUser().me.value;
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <PaneHead title={t('me.title')} />
      {me && (
        <div class="me-card">
          <Avatar user={me} size="l" />
          <div>
            <p class="me-card__name">{me.nickname}</p>
            <p class="me-card__username">@{me.username}</p>
          </div>
        </div>
      )}
      <ul
        class="me-menu"
        aria-label={t('me.menu')}
        onKeyDown={(event) => {
          moveFocus(event, '.me-menu__item');
        }}
      >
        {ITEMS.map(([screen, icon]) => (
          <li key={screen}>
            <Link
              to={{ screen } as Route}
              open={show}
              class="me-menu__item"
              aria-current={route.value.screen === screen ? 'page' : undefined}
            >
              <Icon name={icon} size={20} />
              <span>{t(`me.${screen}`)}</span>
              <Icon name="next" size={16} />
            </Link>
          </li>
        ))}
        <li>
          <button
            type="button"
            class="me-menu__item me-menu__item--leave"
            onClick={() => {
              setLeaving(true);
            }}
          >
            <Icon name="leave" size={20} />
            <span>{t('me.logout')}</span>
          </button>
        </li>
      </ul>
      {leaving && (
        <LogOutDialog
          onClose={() => {
            setLeaving(false);
          }}
        />
      )}
    </>
  );
}
