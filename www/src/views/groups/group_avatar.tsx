/* The picture of a group. */
import type { PublicGroup } from '../../api/groups';
import { Avatar } from '../../design/avatar';

interface GroupAvatarProps {
  group: Pick<PublicGroup, 'id' | 'name' | 'avatar'>;
  size?: 's' | 'm' | 'l' | 'xl';
}

export function GroupAvatar({ group: { id, name, avatar }, size = 'm' }: GroupAvatarProps) {
  return <Avatar group size={size} user={{ id, avatar, nickname: name, username: '' }} />;
}
