/* A member in the list: who, what they are in the group, and what can be done with them. */
import type { GroupHead, Member } from '../../api/groups';
import { Avatar } from '../../design/avatar';
import { IconButton } from '../../design/button';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { governs, may } from '../../store/group_rights';
import { minute } from '../clock';
import { useUser } from '../session';
import './member_row.css';

interface MemberRowProps {
  group: GroupHead;
  member: Member;
  onAct: (member: Member) => void;
}

export function MemberRow({ group, member, onAct }: MemberRowProps) {
  const user = useUser();
  const { id } = member.user;
  const own = id === user.id;
  const name = user.names.inGroup(group.id, id) ?? member.user.nickname;
  const online = own || (user.presenceOf(id)?.online ?? member.online);
  const muted = member.muted_until > minute.value;
  const subtitle = [
    own && t('members.you'),
    name !== member.user.nickname && member.user.nickname,
    online && t('presence.online'),
  ].filter(Boolean);
  const acts =
    !own &&
    group.dissolved_at === null &&
    (governs(group.role, member.role) || may(group.role, 'transfer'));
  return (
    <div class="member">
      <Avatar user={member.user} size="m" online={online} />
      <div class="member__text">
        <Link to={{ screen: 'person', id }} class="member__name">
          {name}
        </Link>
        <span class="member__more">{subtitle.join(' · ')}</span>
      </div>
      {muted && <span class="tag tag--danger">{t('members.muted')}</span>}
      {member.role !== 'member' && (
        <span class={`tag tag--${member.role}`}>{t('group.role', member.role)}</span>
      )}
      {acts && (
        <IconButton
          icon="dots"
          size={20}
          name={t('members.actions', name)}
          onClick={() => {
            onAct(member);
          }}
        />
      )}
    </div>
  );
}
