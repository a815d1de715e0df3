/* Where the bytes of media are to be had: signed addresses that end after a while.  They are asked
 * for many at a time, for what is on the screen, and again before they end. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { SessionEnded } from '../api/errors';
import type { Addresses, Media, MediaApi } from '../api/media';
import { backOff, jitter, type Timers } from './environment';

export interface AddressBookOptions {
  media: Pick<MediaApi, 'addresses'>;
  timers: Timers;
}

/* null: it is not to be had; undefined: not known yet. */
export type Whereabouts = Addresses | null | undefined;

const MOST_AT_ONCE = 100;
const GATHER_MS = 20; // what one screen needs comes within this
const EARLY_MS = 60_000;
const SOONEST_MS = 5_000;
const FIRST_RETRY_MS = 2_000;
const SLOWEST_RETRY_MS = 60_000;
const KEPT = 500; // of what is out of sight

interface Place {
  readonly known: Signal<Whereabouts>;
  holders: number;
}

export class AddressBook {
  readonly #options: AddressBookOptions;
  readonly #places = new Map<number, Place>();
  readonly #wanted = new Set<number>();
  #calledOff: (() => void) | null = null;
  #asking = false;
  #failures = 0;
  #stopped = false;

  constructor(options: AddressBookOptions) {
    this.#options = options;
  }

  /* Without asking for it: see hold(). */
  of(id: number): ReadonlySignal<Whereabouts> {
    return this.#place(id).known;
  }

  /* Is on the screen until the returned function says otherwise. */
  hold(id: number): () => void {
    const place = this.#place(id);
    place.holders += 1;
    if (!this.#isFresh(place)) this.#want(id);
    return () => {
      place.holders -= 1;
    };
  }

  /* The address did not work: it may have ended, or its session was renewed. */
  failed(id: number, address: string): void {
    const known = this.#place(id).known.peek();
    const current = known && [known.url, known.thumbnail_url, known.preview_url].includes(address);
    if (current) this.#want(id);
  }

  /* What came with another answer. */
  adopt({ id, url, thumbnail_url, preview_url, urls_expire_at }: Media): void {
    const known = { media_id: id, url, thumbnail_url, preview_url, expires_at: urls_expire_at };
    this.#place(id).known.value = known;
  }

  stop(): void {
    this.#stopped = true;
    this.#calledOff?.();
  }

  #place(id: number): Place {
    let place = this.#places.get(id);
    if (!place) {
      this.#forgetSome();
      place = { known: signal<Whereabouts>(undefined), holders: 0 };
      this.#places.set(id, place);
    }
    return place;
  }

  #forgetSome(): void {
    if (this.#places.size < KEPT) return;
    for (const [id, { holders }] of this.#places) if (holders === 0) this.#places.delete(id);
  }

  #isFresh({ known }: Place): boolean {
    const now = known.peek();
    return Boolean(now && now.expires_at - EARLY_MS > this.#options.timers.now());
  }

  #want(id: number): void {
    this.#wanted.add(id);
    if (!this.#asking) this.#schedule(GATHER_MS);
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#calledOff?.();
    this.#calledOff = this.#options.timers.after(ms, () => {
      this.#calledOff = null;
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#takeEnding();
    const ids = [...this.#wanted].slice(0, MOST_AT_ONCE);
    if (ids.length === 0) return this.#scheduleNext();
    this.#asking = true;
    for (const id of ids) this.#wanted.delete(id);
    try {
      const found = await this.#options.media.addresses(ids);
      this.#failures = 0;
      const known = new Map(found.map((one) => [one.media_id, one]));
      for (const id of ids) this.#place(id).known.value = known.get(id) ?? null;
    } catch (error) {
      if (error instanceof SessionEnded) return this.stop();
      for (const id of ids) if (this.#place(id).holders > 0) this.#wanted.add(id);
      this.#failures += 1;
    } finally {
      this.#asking = false;
    }
    this.#scheduleNext();
  }

  /* What is on the screen and ends soon. */
  #takeEnding(): void {
    for (const [id, place] of this.#places)
      if (place.holders > 0 && place.known.peek() && !this.#isFresh(place)) this.#wanted.add(id);
  }

  #scheduleNext(): void {
    const { timers } = this.#options;
    if (this.#failures > 0)
      this.#schedule(backOff(timers, this.#failures - 1, FIRST_RETRY_MS, SLOWEST_RETRY_MS));
    else if (this.#wanted.size > 0) this.#schedule(GATHER_MS);
    else {
      const ends = [...this.#places.values()].flatMap(({ known, holders }) =>
        holders > 0 && known.peek() ? [known.peek()?.expires_at ?? 0] : [],
      );
      if (ends.length === 0) return;
      const left = Math.min(...ends) - EARLY_MS - timers.now();
      this.#schedule(Math.max(SOONEST_MS, jitter(timers, left, 0.02)));
    }
  }
}
