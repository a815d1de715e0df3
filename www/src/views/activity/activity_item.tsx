/* One thing that happened, as a sentence that leads to where it did. */
import type { Notification } from '../../api/social';
import { Avatar } from '../../design/avatar';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { clockTime } from '../../i18n/format';
import { GroupAvatar } from '../groups/group_avatar';
import { useUser } from '../session';
import { iconOf, isOfAdministrator, partsOf, placeOf, sentenceOf } from './sentence';

export function ActivityItem({
  notification,
  isNew,
}: {
  notification: Notification;
  isNew: boolean;
}) {
  const user = useUser();
  const { actor, subject, created_at } = notification;
  const parts = partsOf(sentenceOf(notification, actor && user.nameOf(actor)));
  return (
    <li>
      <Link
        to={placeOf(user, notification)}
        class={`activity-item ${isNew ? 'activity-item--new' : ''}`}
      >
        <span class="activity-item__face">
          <Face notification={notification} />
          <span class="activity-item__kind">
            <Icon name={iconOf(notification)} size={13} />
          </span>
        </span>
        <span class="activity-item__text">
          <span>
            {isNew && <span class="visually-hidden">{t('activity.new')}: </span>}
            {parts.map(({ text, isName }, index) =>
              isName ? <b key={index}>{text}</b> : <span key={index}>{text}</span>,
            )}
          </span>
          {subject?.text && <span class="activity-item__quote">{subject.text}</span>}
        </span>
        <time class="activity-item__time" dateTime={new Date(created_at).toISOString()}>
          {clockTime(created_at)}
        </time>
      </Link>
    </li>
  );
}

function Face({ notification: { kind, actor, subject } }: { notification: Notification }) {
  if (actor) return <Avatar user={actor} />;
  if (isOfAdministrator(kind))
    return (
      <span class="activity-item__seal">
        <Icon name="shield" size={24} />
      </span>
    );
  const group = { id: subject?.group_id ?? 0, name: subject?.name ?? '?', avatar: null };
  return <GroupAvatar group={group} />;
}
