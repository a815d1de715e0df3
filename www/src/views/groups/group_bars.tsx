/* Above the messages of a group: what waits for this member. */
import { useEffect } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { may } from '../../store/group_rights';
import { useUser } from '../session';
import './group_bars.css';

export function GroupBars({ group }: { group: GroupHead }) {
  return (
    <>
      {group.announcement_unread && <AnnouncementBar group={group} />}
      {may(group.role, 'answer_requests') && group.dissolved_at === null && (
        <RequestBar group={group} />
      )}
    </>
  );
}

function AnnouncementBar({ group: { id, changed_seq } }: { group: GroupHead }) {
  const { groups } = useUser();
  const text = groups.details.value.get(id)?.announcement ?? '';
  useEffect(() => {
    void groups.load(id).catch(() => undefined);
  }, [id, changed_seq]);
  return (
    <aside class="group-bar group-bar--notice" aria-label={t('announcement.title')}>
      <Icon name="megaphone" size={20} />
      <Link to={{ screen: 'announcement', id }} class="group-bar__link">
        <b>{t('announcement.title')}</b> <span class="group-bar__text">{text}</span>
      </Link>
      <IconButton
        icon="check"
        size={20}
        name={t('announcement.seen')}
        onClick={() => {
          void groups.readAnnouncement(id).catch(() => undefined);
        }}
      />
    </aside>
  );
}

function RequestBar({ group: { id } }: { group: GroupHead }) {
  const { joining, connection } = useUser();
  const count = joining.requests.value.get(id)?.length ?? 0;
  const up = connection.state.value !== 'offline';
  useEffect(() => {
    if (up) void joining.loadRequests(id).catch(() => undefined);
  }, [id, up]);
  if (count === 0) return null;
  return (
    <Link to={{ screen: 'joining', id }} class="group-bar group-bar--link">
      <Icon name="groupAdd" size={20} />
      <span class="group-bar__link">{t('joining.count', count)}</span>
      <Icon name="next" size={16} />
    </Link>
  );
}
