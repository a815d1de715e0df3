/* What my friends and I have posted, newest first. */
import { useEffect, useState } from 'preact/hooks';
import { Badge } from '../../design/badge';
import { Empty } from '../../design/empty';
import { Icon, type IconName } from '../../design/icons';
import { Link } from '../../design/link';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import type { Route } from '../../platform/router';
import { useUser } from '../session';
import { Cover } from './cover';
import { PostEnd, PostItems, olderNearEnd } from './post_items';
import './moments.css';

export function Feed() {
  const user = useUser();
  const { feed } = user.moments;
  const me = user.me.value;
  useEffect(() => {
    void feed.refresh();
  }, []);
  useLook();
  const said = user.momentNews.unread.value;
  return (
    <>
      <PaneHead title={t('moments.title')}>
        <HeadLink to={{ screen: 'moments_news' }} icon="bell" name={t('moments.news')} elsewhere>
          <Badge count={said} label={t('nav.moments.said', said)} />
        </HeadLink>
        <HeadLink
          to={{ screen: 'moments_privacy' }}
          icon="shield"
          name={t('moments.privacy')}
          elsewhere
        />
        <HeadLink to={{ screen: 'moments_new' }} icon="plus" name={t('moments.new')} />
      </PaneHead>
      <div
        class="moments scroll"
        onScroll={({ currentTarget }) => {
          olderNearEnd(currentTarget, feed);
        }}
      >
        {me && <Cover person={me} list={feed} to={{ screen: 'album', id: me.id }} />}
        <PostItems list={feed} label={t('moments.feed')} />
        {feed.known.value && feed.ids.value.length === 0 && (
          <Empty icon="moments" title={t('moments.none.title')} text={t('moments.none.text')}>
            <Link to={{ screen: 'moments_new' }} class="button button--primary">
              {t('moments.new')}
            </Link>
          </Empty>
        )}
        <PostEnd list={feed} />
      </div>
    </>
  );
}

interface HeadLinkProps {
  to: Route;
  icon: IconName;
  name: string;
  elsewhere?: boolean; // it stands in the menu beside it where there is room for that
  children?: preact.ComponentChildren;
}

function HeadLink({ to, icon, name, elsewhere = false, children }: HeadLinkProps) {
  return (
    <Link
      to={to}
      class={`icon-button moments__link ${elsewhere ? 'moments__link--elsewhere' : ''}`}
      title={name}
    >
      <Icon name={icon} size={22} />
      <span class="visually-hidden">{name}</span>
      {children}
    </Link>
  );
}

/* Seen is what stands in a window that somebody looks at. */
function useLook(): void {
  const { moments, environment } = useUser();
  const [looks, setLooks] = useState(0);
  useEffect(
    () =>
      environment.watch((change) => {
        if (change === 'attention') setLooks((count) => count + 1);
      }),
    [],
  );
  const newest = moments.feed.ids.value[0];
  const fresh = moments.fresh.value;
  useEffect(() => {
    if (moments.feed.known.peek() && environment.attended()) void moments.look();
  }, [newest, fresh, looks]);
}
