/* What happened to this person, newest first, and how much of it they have not seen yet.
 *
 * The count is the server's: it comes with a sync, with a page, and when something was seen on any
 * device.  Between those each live notification adds one.  One that comes close after a count may be
 * in it already, or not: then the server is asked once more, and what it says holds. */
import { signal, type Signal } from '@preact/signals-core';
import { codeOf } from '../api/errors';
import type { Notification, NotificationPage, SocialApi } from '../api/social';
import { jitter, type Timers } from './environment';

export interface NotificationCentreOptions {
  social: Pick<SocialApi, 'notifications' | 'readNotifications'>;
  timers: Timers;
  /* Asks the server how everything is. */
  sync: () => void;
  /* There is something new; null: nobody knows what. */
  onNews: (notification: Notification | null) => void;
}

const PAGE = 30;
const DOUBTFUL_MS = 5000;
const ASK_AFTER_MS = 400;

export class NotificationCentre {
  readonly items: Signal<readonly Notification[]> = signal([]);
  readonly unread = signal(0);
  readonly more = signal(false);
  /* false until a page has come: `items` then holds what came live, at most. */
  readonly known = signal(false);
  readonly loading = signal(false);
  readonly failure: Signal<string | null> = signal(null); // a code of the API
  readonly #options: NotificationCentreOptions;
  #version = 0; // counts what changed the count
  #toldAt = Number.NEGATIVE_INFINITY; // when the server last said how many
  #synced = 0; // what the last sync with an answer said
  #cancel: (() => void) | null = null;
  #marking = false;

  constructor(options: NotificationCentreOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#cancel?.();
  }

  /* To be handed back with the answer to a question that is asked now. */
  version(): number {
    return this.#version;
  }

  /* A sync says how many are unread; null: as many as the last one said. */
  synced(count: number | null, version: number): void {
    this.#synced = count ?? this.#synced;
    const grown = this.#synced > this.unread.peek();
    if (!this.#told(this.#synced, version) || !grown) return;
    this.#options.onNews(null);
    if (this.known.peek()) void this.refresh();
  }

  /* One came live. */
  arrived(notification: Notification): void {
    if (this.items.peek().some(({ id }) => id === notification.id)) return;
    this.items.value = union([notification], this.items.peek());
    if (!notification.read) this.#add();
    this.#options.onNews(notification);
  }

  /* They were seen on some device. */
  seenUpTo(upTo: number, unread: number): void {
    this.#markRead(upTo);
    if (unread === this.unread.peek()) return;
    const doubtful = this.#isDoubtful();
    this.#version += 1;
    this.#told(unread, this.#version);
    if (doubtful) this.#ask();
  }

  /* The newest page, as the server has it. */
  async refresh(): Promise<void> {
    await this.#load(undefined, (page) => {
      const known = this.items.peek();
      const oldest = page.notifications.at(-1)?.id ?? 0;
      // What is known goes on only where no hole lies between it and the page.
      const joined = !page.more || known.some(({ id }) => id === oldest);
      const kept = joined ? known : known.filter(({ id }) => id > oldest);
      this.items.value = union(page.notifications, kept);
      if (!joined || !page.more || !this.known.peek()) this.more.value = page.more;
      this.known.value = true;
    });
  }

  async older(): Promise<void> {
    const last = this.items.peek().at(-1);
    if (!this.known.peek() || !this.more.peek() || !last) return;
    await this.#load(last.id, (page) => {
      this.items.value = union(page.notifications, this.items.peek());
      this.more.value = page.more;
    });
  }

  /* The person has looked at the list. */
  async seen(): Promise<void> {
    const newest = this.items.peek()[0];
    const waiting = this.unread.peek() > 0 || this.items.peek().some(({ read }) => !read);
    if (this.#marking || !newest || !waiting) return;
    this.#marking = true;
    const version = this.#version;
    try {
      const unread = await this.#options.social.readNotifications(newest.id);
      this.#markRead(newest.id);
      this.#told(unread, version);
    } catch {
      // The badge stays, and the next look tries again.
    } finally {
      this.#marking = false;
    }
  }

  async #load(before: number | undefined, adopt: (page: NotificationPage) => void): Promise<void> {
    if (this.loading.peek()) return;
    this.loading.value = true;
    this.failure.value = null;
    const version = this.#version;
    try {
      const page = await this.#options.social.notifications(before, PAGE);
      adopt(page);
      this.#told(page.unread, version);
    } catch (error) {
      this.failure.value = codeOf(error);
    } finally {
      this.loading.value = false;
    }
  }

  #markRead(upTo: number): void {
    const items = this.items.peek();
    if (items.some(({ id, read }) => !read && id <= upTo))
      this.items.value = items.map((one) => (one.id <= upTo ? { ...one, read: true } : one));
  }

  #add(): void {
    this.#version += 1;
    this.unread.value += 1;
    if (this.#isDoubtful()) this.#ask();
  }

  /* The server's count, unless something changed it since the server was asked. */
  #told(count: number, version: number): boolean {
    if (version !== this.#version && count !== this.unread.peek()) {
      this.#ask();
      return false;
    }
    this.#toldAt = this.#options.timers.now();
    this.unread.value = count;
    return true;
  }

  #isDoubtful(): boolean {
    return this.#options.timers.now() - this.#toldAt < DOUBTFUL_MS;
  }

  #ask(): void {
    const { timers, sync } = this.#options;
    this.#cancel ??= timers.after(jitter(timers, ASK_AFTER_MS), () => {
      this.#cancel = null;
      sync();
    });
  }
}

/* Newest first; where both have one, the first says how it is. */
function union(one: readonly Notification[], other: readonly Notification[]): Notification[] {
  const all = new Map([...other, ...one].map((notification) => [notification.id, notification]));
  return [...all.values()].sort((a, b) => b.id - a.id);
}
