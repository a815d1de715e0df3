/* What happened, newest first, by day.  Whoever looks at it has seen it, on all their devices. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Notification } from '../../api/social';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { dayLabel } from '../../i18n/format';
import { minute } from '../clock';
import { useUser } from '../session';
import { ActivityItem } from './activity_item';
import './activity.css';

const NEAR_END_PX = 300;

export function ActivityList() {
  const { notifications } = useUser();
  const items = notifications.items.value;
  const known = notifications.known.value;
  const fresh = useFresh(items);
  useEffect(() => {
    void notifications.refresh();
  }, []);
  useSeen();
  return (
    <>
      <PaneHead title={t('activity.title')} />
      <div
        class="activity-list scroll"
        onKeyDown={(event) => {
          moveFocus(event, '.activity-item');
        }}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) void notifications.older();
        }}
      >
        {days(items, minute.value).map(([day, those]) => (
          <section key={day} aria-label={day}>
            <h2 class="activity-list__day">{day}</h2>
            <ul aria-label={`${t('activity.list')}: ${day}`}>
              {those.map((one) => (
                <ActivityItem key={one.id} notification={one} isNew={fresh.has(one.id)} />
              ))}
            </ul>
          </section>
        ))}
        {known && items.length === 0 && (
          <Empty icon="bell" title={t('activity.none.title')} text={t('activity.none.text')} />
        )}
        <End />
      </div>
    </>
  );
}

function End() {
  const { notifications } = useUser();
  if (notifications.loading.value && !notifications.known.value)
    return <Waiting label={t('common.loading')} />;
  if (notifications.failure.value) {
    return (
      <div class="activity-list__end">
        <p role="alert">{t('activity.failed')}</p>
        <Button
          onClick={() => {
            void (notifications.known.peek() ? notifications.older() : notifications.refresh());
          }}
        >
          {t('common.retry')}
        </Button>
      </div>
    );
  }
  if (!notifications.known.value || !notifications.more.value) return null;
  return (
    <div class="activity-list__end">
      <Button busy={notifications.loading.value} onClick={() => void notifications.older()}>
        {t('activity.older')}
      </Button>
    </div>
  );
}

/* Those that were unread when they came into sight: they stay marked as long as one looks. */
function useFresh(items: readonly Notification[]): ReadonlySet<number> {
  const fresh = useRef(new Set<number>());
  for (const { id, read } of items) if (!read) fresh.current.add(id);
  return fresh.current;
}

/* Seen is what stands in a window that somebody looks at. */
function useSeen(): void {
  const { notifications, environment } = useUser();
  const [looks, setLooks] = useState(0);
  useEffect(
    () =>
      environment.watch((change) => {
        if (change === 'attention') setLooks((count) => count + 1);
      }),
    [],
  );
  const newest = notifications.items.value[0]?.id;
  const unread = notifications.unread.value;
  const known = notifications.known.value;
  useEffect(() => {
    if (known && environment.attended()) void notifications.seen();
  }, [newest, unread, known, looks]);
}

function days(items: readonly Notification[], now: number): [string, Notification[]][] {
  const all = new Map<string, Notification[]>();
  for (const one of items) {
    const day = dayLabel(one.created_at, now);
    const those = all.get(day);
    if (those) those.push(one);
    else all.set(day, [one]);
  }
  return [...all];
}
