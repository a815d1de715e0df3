/* What this person calls others, and their conversations. */
import type { User } from '../api/account';
import type { ContactBook } from './contacts';
import type { Head } from './head';
import type { Members } from './members';
import type { People } from './people';

export class Names {
  constructor(
    private readonly sources: { contacts: ContactBook; people: People; members: Members },
    private readonly goneName: () => string,
  ) {}

  of(user: User): string {
    if (user.deleted) return this.goneName();
    const { friends } = this.sources.contacts;
    return friends.value.get(user.id)?.remark || user.nickname || user.username;
  }

  /* In a group people may have a name of its own.  null: not known (yet). */
  inGroup(group: number, id: number): string | null {
    const nickname = this.sources.members.of(group).value.get(id)?.nickname;
    if (nickname) return nickname;
    const user = this.user(id);
    return user ? this.of(user) : null;
  }

  user(id: number): User | undefined {
    const { contacts, people } = this.sources;
    return contacts.friends.value.get(id)?.user ?? people.get(id);
  }

  /* The title of a conversation; null: of nobody and nothing. */
  ofConversation({ peer, group }: Head): string | null {
    return group?.name ?? (peer ? this.of(peer) : null);
  }
}
