/* A person in a list of people, with what can be done about them. */
import type { ComponentChildren } from 'preact';
import type { User } from '../../api/account';
import { Avatar } from '../../design/avatar';
import { Link } from '../../design/link';
import { useUser } from '../session';
import './person_row.css';

interface PersonRowProps {
  person: User;
  text?: string; // instead of the username
  children?: ComponentChildren;
}

export function PersonRow({ person, text, children }: PersonRowProps) {
  const user = useUser();
  return (
    <div class="person-row">
      <Avatar user={person} />
      <div class="person-row__text">
        <Link to={{ screen: 'person', id: person.id }} class="person-row__name">
          {user.nameOf(person)}
        </Link>
        <p class="person-row__more">{text ?? `@${person.username}`}</p>
      </div>
      <div class="person-row__actions">{children}</div>
    </div>
  );
}
