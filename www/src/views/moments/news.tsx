/* What was said to my posts and comments, newest first.  Whoever looks at it has seen it. */
import { useEffect, useRef } from 'preact/hooks';
import type { MomentNotification } from '../../api/moments';
import { Avatar } from '../../design/avatar';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { Screen } from '../../design/screen';
import { errorText, t } from '../../i18n';
import { fullTime, pastTime } from '../../i18n/format';
import { minute } from '../clock';
import { useUser } from '../session';
import { Thumb } from './thumb';
import './moments.css';

export function News() {
  const { momentNews, environment } = useUser();
  const items = momentNews.items.value;
  const unread = momentNews.unread.value;
  const fresh = useRef(new Set<number>());
  for (const { id, read } of items) if (!read) fresh.current.add(id);
  useEffect(() => {
    void momentNews.refresh();
  }, []);
  useEffect(() => {
    if (momentNews.known.peek() && environment.attended()) void momentNews.seen();
  }, [items, unread]);
  return (
    <Screen title={t('moments.news')} above={{ screen: 'moments' }}>
      {items.length > 0 && (
        <ul class="news" aria-label={t('moments.news')}>
          {items.map((one) => (
            <NewsItem key={one.id} news={one} isNew={fresh.current.has(one.id)} />
          ))}
        </ul>
      )}
      {momentNews.known.value && items.length === 0 && (
        <Empty icon="bell" title={t('news.none.title')} text={t('news.none.text')} />
      )}
      <End />
    </Screen>
  );
}

function End() {
  const { momentNews } = useUser();
  const failure = momentNews.failure.value;
  if (momentNews.loading.value && !momentNews.known.value)
    return <Waiting label={t('common.loading')} />;
  if (failure === null && !momentNews.more.value) return null;
  return (
    <div class="posts__end">
      {failure !== null && <p role="alert">{errorText(failure)}</p>}
      <Button
        busy={momentNews.loading.value}
        onClick={() => void (momentNews.known.peek() ? momentNews.older() : momentNews.refresh())}
      >
        {t(failure !== null ? 'common.retry' : 'moments.older')}
      </Button>
    </div>
  );
}

function NewsItem({ news, isNew }: { news: MomentNotification; isNew: boolean }) {
  const user = useUser();
  const { actor, kind, created_at } = news;
  return (
    <li>
      <Link
        to={{ screen: 'post', id: news.post_id }}
        class={`news__item ${isNew ? 'news__item--new' : ''}`}
      >
        {actor && <Avatar user={actor} />}
        <span class="news__text">
          <span>
            {isNew && <span class="visually-hidden">{t('activity.new')}: </span>}
            <b>{actor ? user.nameOf(actor) : t('moments.somebody')}</b> {t(`news.${kind}`)}
          </span>
          {kind === 'moment_liked' ? (
            <span class="news__like">
              <Icon name="heart" size={16} />
            </span>
          ) : (
            <span class="news__comment">{news.comment_text}</span>
          )}
          <time
            class="news__time"
            dateTime={new Date(created_at).toISOString()}
            title={fullTime(created_at)}
          >
            {pastTime(created_at, minute.value)}
          </time>
        </span>
        {news.post_media_id === null ? (
          <span class="news__post">{news.post_text}</span>
        ) : (
          <span class="news__picture">
            <Thumb body={{ media_id: news.post_media_id }} video />
          </span>
        )}
      </Link>
    </li>
  );
}
