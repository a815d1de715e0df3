/* A person's face: their picture, the emoji they chose, or the first letter of their name, on a
 * colour that is always theirs.  With a dot when they are online. */
import type { User } from '../api/account';
import { AvatarPicture, mediaOf } from './avatar_picture';
import './avatar.css';
import { Icon } from './icons';

const HUES = 8;
const ICON = { s: 16, m: 22, l: 28, xl: 48 };

interface AvatarProps {
  user: Pick<User, 'id' | 'nickname' | 'username' | 'avatar' | 'deleted'>;
  size?: 's' | 'm' | 'l' | 'xl';
  online?: boolean;
  group?: boolean; // of several people: a second face stands behind the first
}

export function Avatar({ user, size = 'm', online = false, group = false }: AvatarProps) {
  const emoji = emojiOf(user.avatar);
  const picture = mediaOf(user.avatar);
  return (
    <span class={`avatar avatar--${size} ${group ? 'avatar--group' : ''}`} aria-hidden="true">
      <span
        class={`avatar__face avatar__face--${user.deleted ? 'gone' : user.id % HUES} ${emoji ? 'avatar__face--emoji' : ''}`}
      >
        {user.deleted ? (
          <Icon name="person" size={ICON[size]} />
        ) : (
          (emoji ?? initial(user.nickname || user.username))
        )}
        {picture !== null && <AvatarPicture key={picture} id={picture} />}
      </span>
      {online && <span class="avatar__dot" />}
    </span>
  );
}

export function emojiOf(avatar: string | null): string | null {
  return avatar?.startsWith('emoji:') ? avatar.slice('emoji:'.length) : null;
}

function initial(name: string): string {
  return ([...name.trim()][0] ?? '?').toUpperCase();
}
