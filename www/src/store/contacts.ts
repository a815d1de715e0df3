/* The people of this user: friends and their presence, requests in both directions, and whom they
 * have blocked. */
import { computed, signal, type Signal } from '@preact/signals-core';
import type { Me, User } from '../api/account';
import type {
  Block,
  Friend,
  FriendNote,
  FriendRequest,
  RequestAnswer,
  SocialApi,
} from '../api/social';
import type { Cache, Contacts } from './cache';

/* Of those who show it. */
export type Presence =
  { online: true; last_seen_at: number | null } | { online: false; last_seen_at: number };

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
  readonly blocks: Signal<ReadonlyMap<number, Block>> = signal(new Map());
  /* false until the server or the cache has said who there is. */
  readonly known = signal(false);
  readonly pending = computed(
    () => this.incoming.value.filter((request) => request.status === 'pending').length,
  );
  /* Friends by the tags that they were given. */
  readonly tags = computed(() => {
    const byTag = new Map<string, Friend[]>();
    for (const friend of this.friends.value.values())
      for (const tag of friend.tags) byTag.set(tag, [...(byTag.get(tag) ?? []), friend]);
    return byTag;
  });
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
    this.#adoptBlocks(contacts.blocks ?? []);
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
    const all = new Map(this.presence.peek());
    const presence = presenceOf(online, lastSeen);
    if (presence) all.set(user, presence);
    else all.delete(user);
    this.presence.value = all;
  }

  async ask(user: User, message: string, remark: string): Promise<FriendRequest> {
    const request = await this.#options.social.ask(user.id, message, remark);
    this.outgoing.value = withRequest(this.outgoing.peek(), request);
    if (request.status === 'accepted') await this.refresh(); // they had asked, too
    this.#keep();
    return request;
  }

  async answer(id: number, status: RequestAnswer): Promise<void> {
    const request = await this.#options.social.answer(id, status);
    this.incoming.value = withRequest(this.incoming.peek(), request);
    this.#keep();
    if (status === 'accepted') await this.refresh();
  }

  async withdraw(request: FriendRequest): Promise<void> {
    await this.#options.social.withdraw(request.id);
    this.outgoing.value = withRequest(this.outgoing.peek(), { ...request, status: 'withdrawn' });
    this.#keep();
  }

  profile(user: User): void {
    const me = this.#options.me.peek();
    if (me?.id === user.id) this.#options.me.value = { ...me, ...user };
    const friend = this.friends.peek().get(user.id);
    if (friend) this.friends.value = new Map(this.friends.peek()).set(user.id, { ...friend, user });
    this.#keep();
  }

  async note(userId: number, note: Partial<FriendNote>): Promise<void> {
    const friend = await this.#options.social.changeFriend(userId, note);
    this.noted(userId, { remark: friend.remark, tags: friend.tags });
  }

  /* What I keep about a friend was changed, here or on another device. */
  noted(userId: number, note: FriendNote): void {
    const friend = this.friends.peek().get(userId);
    if (!friend) return;
    this.friends.value = new Map(this.friends.peek()).set(userId, { ...friend, ...note });
    this.#keep();
  }

  /* Gives a tag another name, for all who have it; '' takes it away. */
  async renameTag(tag: string, name: string): Promise<void> {
    for (const friend of this.tags.peek().get(tag) ?? []) {
      const tags = friend.tags.map((other) => (other === tag ? name : other));
      await this.note(friend.user.id, { tags: [...new Set(tags)].filter((other) => other !== '') });
    }
  }

  async remove(userId: number): Promise<void> {
    await this.#options.social.deleteFriend(userId);
    const rest = new Map(this.friends.peek());
    rest.delete(userId);
    this.friends.value = rest;
    this.#keep();
  }

  async block(userId: number): Promise<void> {
    const block = await this.#options.social.block(userId);
    this.blocks.value = new Map(this.blocks.peek()).set(userId, block);
    this.#keep();
    void this.refresh(); // their presence, and a request of theirs, are gone
  }

  async unblock(userId: number): Promise<void> {
    await this.#options.social.unblock(userId);
    const rest = new Map(this.blocks.peek());
    rest.delete(userId);
    this.blocks.value = rest;
    this.#keep();
    void this.refresh();
  }

  /* Somebody was blocked or unblocked on another device of mine. */
  blocked(user: User, on: boolean): void {
    if (this.blocks.peek().has(user.id) === on) return;
    const blocks = new Map(this.blocks.peek());
    if (on) blocks.set(user.id, { user, created_at: Date.now() });
    else blocks.delete(user.id);
    this.blocks.value = blocks;
    void this.refresh();
  }

  /* Each part is taken as it comes: one that fails does not keep the others from being current. */
  async #fetch(): Promise<void> {
    const { social } = this.#options;
    const friends = social.friends().then((list) => {
      this.#adoptFriends(list);
      this.known.value = true;
    });
    const requests = Promise.all([social.requests('in'), social.requests('out')]).then((boxes) => {
      [this.incoming.value, this.outgoing.value] = boxes;
    });
    const blocks = social.blocks().then((list) => {
      this.#adoptBlocks(list);
    });
    await Promise.allSettled([friends, requests, blocks]);
    this.#keep();
  }

  #adoptFriends(friends: readonly Friend[]): void {
    this.friends.value = new Map(
      friends.map((friend) => [friend.user.id, { ...friend, tags: friend.tags ?? [] }]),
    );
    this.presence.value = new Map(
      friends.flatMap(({ user, online, last_seen_at }) => {
        const presence = presenceOf(online, last_seen_at);
        return presence ? [[user.id, presence] as const] : [];
      }),
    );
  }

  #adoptBlocks(blocks: readonly Block[]): void {
    this.blocks.value = new Map(blocks.map((block) => [block.user.id, block]));
  }

  #keep(): void {
    this.#options.cache.putContacts({
      friends: [...this.friends.peek().values()],
      incoming: [...this.incoming.peek()],
      outgoing: [...this.outgoing.peek()],
      blocks: [...this.blocks.peek().values()],
    });
  }
}

function presenceOf(online: boolean, lastSeen: number | null): Presence | null {
  if (online) return { online, last_seen_at: lastSeen };
  return lastSeen === null ? null : { online, last_seen_at: lastSeen };
}

function withRequest(list: readonly FriendRequest[], request: FriendRequest): FriendRequest[] {
  return [request, ...list.filter((other) => other.id !== request.id)].sort((a, b) => b.id - a.id);
}
