/* Above a feed or an album: whose it is, on a cover of their colour. */
import type { User } from '../../api/account';
import { Avatar } from '../../design/avatar';
import { Link } from '../../design/link';
import { useUser } from '../session';

const HUES = 8;

export function Cover({ person }: { person: User }) {
  const user = useUser();
  return (
    <div class={`cover cover--${person.id % HUES}`}>
      <Link to={{ screen: 'album', id: person.id }} class="cover__who">
        <span class="cover__name">{user.nameOf(person)}</span>
        <Avatar user={person} size="l" />
      </Link>
      {person.bio && <p class="cover__bio">{person.bio}</p>}
    </div>
  );
}
