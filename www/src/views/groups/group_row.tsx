/* A group in a list of groups, with what can be done about it. */
import type { ComponentChildren } from 'preact';
import type { PublicGroup } from '../../api/groups';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import type { Route } from '../../platform/router';
import { GroupAvatar } from './group_avatar';
import '../person/person_row.css';

interface GroupRowProps {
  group: Pick<PublicGroup, 'id' | 'name' | 'avatar' | 'member_count'>;
  text?: string; // instead of how many are in it
  to?: Route;
  children?: ComponentChildren;
}

export function GroupRow({ group, text, to, children }: GroupRowProps) {
  return (
    <div class="person-row">
      <GroupAvatar group={group} />
      <div class="person-row__text">
        <Link to={to ?? { screen: 'group', id: group.id }} class="person-row__name">
          {group.name}
        </Link>
        <p class="person-row__more">{text ?? t('group.members', group.member_count)}</p>
      </div>
      <div class="person-row__actions">{children}</div>
    </div>
  );
}
