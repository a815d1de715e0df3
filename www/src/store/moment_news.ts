/* What was said to this person's posts and comments.  The count is the server's, which leaves out
 * what was taken back or is hidden by now: whatever happens, it is asked. */
import { signal, type Signal } from '@preact/signals-core';
import { codeOf } from '../api/errors';
import type { MomentNotification, MomentNotificationPage, MomentsApi } from '../api/moments';

const PAGE = 30;

export class MomentNews {
  readonly items: Signal<readonly MomentNotification[]> = signal([]);
  readonly unread = signal(0);
  readonly more = signal(false);
  readonly known = signal(false);
  readonly loading = signal(false);
  readonly failure: Signal<string | null> = signal(null); // a code of the API
  readonly #api: Pick<MomentsApi, 'notifications' | 'readNotifications'>;
  #marking = false;

  constructor(api: Pick<MomentsApi, 'notifications' | 'readNotifications'>) {
    this.#api = api;
  }

  /* A sync, or another device, says how many are unread. */
  synced(count: number): void {
    const changed = count !== this.unread.peek();
    this.unread.value = count;
    if (changed && this.known.peek()) void this.refresh();
  }

  /* One came live. */
  arrived(notification: MomentNotification): void {
    if (this.items.peek().some(({ id }) => id === notification.id)) return;
    this.items.value = [notification, ...this.items.peek()];
    this.unread.value += 1;
  }

  async refresh(): Promise<void> {
    await this.#load(undefined, (page) => {
      this.items.value = page.notifications;
      this.known.value = true;
    });
  }

  async older(): Promise<void> {
    const last = this.items.peek().at(-1);
    if (!this.known.peek() || !this.more.peek() || !last) return;
    await this.#load(last.id, (page) => {
      this.items.value = [...this.items.peek(), ...page.notifications];
    });
  }

  /* The person has looked at the list. */
  async seen(): Promise<void> {
    const newest = this.items.peek()[0];
    if (this.#marking || !newest || this.unread.peek() === 0) return;
    this.#marking = true;
    try {
      this.unread.value = await this.#api.readNotifications(newest.id);
    } catch {
      // The badge stays, and the next look tries again.
    } finally {
      this.#marking = false;
    }
  }

  async #load(
    before: number | undefined,
    adopt: (page: MomentNotificationPage) => void,
  ): Promise<void> {
    if (this.loading.peek()) return;
    this.loading.value = true;
    this.failure.value = null;
    try {
      const page = await this.#api.notifications(before, PAGE);
      adopt(page);
      this.more.value = page.more;
      this.unread.value = page.unread;
    } catch (error) {
      this.failure.value = codeOf(error);
    } finally {
      this.loading.value = false;
    }
  }
}
