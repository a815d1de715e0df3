/* Cards of people who are no friends: members of groups, those who ask to join.  Fetched by id,
 * many at once, and kept while the page is open. */
import { signal, type Signal } from '@preact/signals-core';
import type { AccountApi, User } from '../api/account';
import type { Timers } from './environment';

const GATHER_MS = 20;
const MOST_AT_ONCE = 100;

export interface PeopleOptions {
  account: Pick<AccountApi, 'users'>;
  timers: Timers;
}

export class People {
  readonly known: Signal<ReadonlyMap<number, User>> = signal(new Map());
  readonly #options: PeopleOptions;
  readonly #wanted = new Set<number>();
  readonly #asked = new Set<number>(); // gone people are not asked for again and again
  #gathering = false;

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  get(id: number): User | undefined {
    return this.known.value.get(id);
  }

  put(users: readonly User[]): void {
    if (users.length === 0) return;
    const known = new Map(this.known.peek());
    for (const user of users) known.set(user.id, user);
    this.known.value = known;
  }

  /* Somebody whom a view shows changed their profile. */
  profile(user: User): void {
    if (this.known.peek().has(user.id)) this.put([user]);
  }

  /* Fetches who is not known yet, soon. */
  need(ids: Iterable<number>): void {
    for (const id of ids) {
      if (!this.known.peek().has(id) && !this.#asked.has(id)) this.#wanted.add(id);
    }
    if (this.#wanted.size === 0 || this.#gathering) return;
    this.#gathering = true;
    this.#options.timers.after(GATHER_MS, () => {
      this.#gathering = false;
      void this.#fetch();
    });
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#wanted].slice(0, MOST_AT_ONCE);
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    try {
      this.put(await this.#options.account.users(ids));
    } catch {
      for (const id of ids) this.#asked.delete(id); // whoever needs them asks again
      return;
    }
    if (this.#wanted.size > 0) this.need([]);
  }
}
