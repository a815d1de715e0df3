/* The people of this user: friends and their presence, requests in both directions. */
import { computed, signal, type Signal } from '@preact/signals-core';
import type { Me, User } from '../api/account';
import type { Friend, FriendRequest, Notification, SocialApi } from '../api/social';
import type { Cache, Contacts } from './cache';

export interface Presence {
  online: boolean;
  last_seen_at: number | null;
}

export interface ContactBookOptions {
  me: Signal<Me | null>;
  social: SocialApi;
  cache: Cache;
}

export class ContactBook {
  readonly friends: Signal<ReadonlyMap<number, Friend>> = signal(new Map());
  readonly incoming: Signal<readonly FriendRequest[]> = signal([]);
  readonly outgoing: Signal<readonly FriendRequest[]> = signal([]);
  readonly presence: Signal<ReadonlyMap<number, Presence>> = signal(new Map());
  readonly notificationsUnread = signal(0);
  /* false until the server or the cache has said who there is. */
  readonly known = signal(false);
  readonly pending = computed(
    () => this.incoming.value.filter((request) => request.status === 'pending').length,
  );
  readonly #options: ContactBookOptions;
  #refreshing: Promise<void> | null = null;
  #again = false;

  constructor(options: ContactBookOptions) {
    this.#options = options;
  }

  restore(contacts: Contacts): void {
    this.#adoptFriends(contacts.friends.map((friend) => ({ ...friend, online: false })));
    this.incoming.value = contacts.incoming;
    this.outgoing.value = contacts.outgoing;
    this.known.value = true;
  }

  /* Asks for everything once more; failures are left to the next occasion. */
  refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true; // what changed since the running one began may be missing in it
      return this.#refreshing;
    }
    this.#refreshing = this.#fetch()
      .catch(() => undefined)
      .finally(() => {
        this.#refreshing = null;
        if (!this.#again) return;
        this.#again = false;
        void this.refresh();
      });
    return this.#refreshing;
  }

  setPresence(user: number, online: boolean, lastSeen: number | null): void {
    const known = this.presence.peek().get(user);
    const last_seen_at = lastSeen ?? known?.last_seen_at ?? null;
    this.presence.value = new Map(this.presence.peek()).set(user, { online, last_seen_at });
  }

  notified(notification: Notification): void {
    if (!notification.read) this.notificationsUnread.value += 1;
    void this.refresh();
  }

  setUnread(count: number): void {
    const grown = count > this.notificationsUnread.peek();
    this.notificationsUnread.value = count;
    if (grown) void this.refresh();
  }

  /* The requests were looked at. */
  async seen(): Promise<void> {
    if (this.notificationsUnread.peek() === 0) return;
    const [newest] = await this.#options.social.notifications();
    if (newest) await this.#options.social.readNotifications(newest.id);
    this.notificationsUnread.value = 0;
  }

  async ask(user: User, message: string): Promise<FriendRequest> {
    const request = await this.#options.social.ask(user.id, message);
    this.outgoing.value = withRequest(this.outgoing.peek(), request);
    if (request.status === 'accepted') await this.refresh(); // they had asked, too
    this.#keep();
    return request;
  }

  async answer(id: number, status: 'accepted' | 'declined'): Promise<void> {
    const request = await this.#options.social.answer(id, status);
    this.incoming.value = withRequest(this.incoming.peek(), request);
    this.#keep();
    if (status === 'accepted') await this.refresh();
  }

  profile(user: User): void {
    const me = this.#options.me.peek();
    if (me?.id === user.id) this.#options.me.value = { ...me, ...user };
    const friend = this.friends.peek().get(user.id);
    if (friend) this.friends.value = new Map(this.friends.peek()).set(user.id, { ...friend, user });
    this.#keep();
  }

  async #fetch(): Promise<void> {
    const { social } = this.#options;
    const [friends, incoming, outgoing] = await Promise.all([
      social.friends(),
      social.requests('in'),
      social.requests('out'),
    ]);
    this.#adoptFriends(friends);
    this.incoming.value = incoming;
    this.outgoing.value = outgoing;
    this.known.value = true;
    this.#keep();
  }

  #adoptFriends(friends: readonly Friend[]): void {
    this.friends.value = new Map(friends.map((friend) => [friend.user.id, friend]));
    this.presence.value = new Map(
      friends.map(({ user, online, last_seen_at }) => [user.id, { online, last_seen_at }]),
    );
  }

  #keep(): void {
    this.#options.cache.putContacts({
      friends: [...this.friends.peek().values()],
      incoming: [...this.incoming.peek()],
      outgoing: [...this.outgoing.peek()],
    });
  }
}

function withRequest(list: readonly FriendRequest[], request: FriendRequest): FriendRequest[] {
  return [request, ...list.filter((other) => other.id !== request.id)].sort((a, b) => b.id - a.id);
}
