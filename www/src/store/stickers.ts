/* The stickers at this person's hand: packs, their own, favourites, and those that they sent lately. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { ApiError } from '../api/errors';
import type { MediaApi, Sticker, StickerShelf } from '../api/media';
import type { Enclosed } from './enclosed';
import type { Outbox } from './outbox';

const RECENT = 24; // as many as the server names
const MATCHING = 8;

export interface StickersOptions {
  media: Pick<
    MediaApi,
    'stickers' | 'makeSticker' | 'favourSticker' | 'unfavourSticker' | 'removeSticker'
  >;
  outbox: () => Pick<Outbox, 'enclose'>;
}

type Own = Pick<StickerShelf, 'own' | 'favourites' | 'recent'>;

export class Stickers {
  /* null: not asked for yet. */
  readonly shelf: Signal<StickerShelf | null> = signal(null);
  readonly favourites: ReadonlySignal<ReadonlySet<number>> = computed(
    () => new Set(this.shelf.value?.favourites.map(({ id }) => id)),
  );
  #asked: Promise<void> | null = null;

  constructor(private readonly options: StickersOptions) {}

  /* As the server has them now. */
  refresh(): Promise<void> {
    this.#asked ??= this.options.media
      .stickers()
      .then((shelf) => {
        this.shelf.value = shelf;
      })
      .finally(() => {
        this.#asked = null;
      });
    return this.#asked;
  }

  send(conversation: number, sticker: Sticker, replyTo: number | null): Promise<void> {
    const { id: sticker_id, media_id, width, height, animated, emoji } = sticker;
    const body = { sticker_id, media_id, width, height, animated, emoji };
    this.#change(({ recent }) => ({ recent: first(sticker, recent).slice(0, RECENT) }));
    return this.options.outbox().enclose(conversation, { kind: 'sticker', body }, replyTo);
  }

  async make(media: number): Promise<void> {
    const made = await this.options.media.makeSticker(media);
    this.#change(({ own }) => ({ own: first(made, own) }));
  }

  async favour(id: number): Promise<void> {
    const sticker = await this.options.media.favourSticker(id);
    this.#change(({ favourites }) => ({ favourites: first(sticker, favourites) }));
  }

  async unfavour(id: number): Promise<void> {
    await this.options.media.unfavourSticker(id);
    this.#change(({ favourites }) => ({ favourites: without(id, favourites) }));
  }

  async remove(id: number): Promise<void> {
    await this.options.media.removeSticker(id);
    this.#change(({ own, favourites, recent }) => ({
      own: without(id, own),
      favourites: without(id, favourites),
      recent: without(id, recent),
    }));
  }

  /* What a message shows: a sticker as a favourite, unless it is gone; a picture as one of mine. */
  async take({ body: { sticker_id, media_id } }: Enclosed): Promise<void> {
    try {
      if (sticker_id !== undefined) return await this.favour(sticker_id);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
    if (media_id !== undefined) await this.make(media_id);
  }

  /* Those that stand for this emoji, mine first. */
  matching(emoji: string): Sticker[] {
    const { recent = [], favourites = [], own = [], packs = [] } = this.shelf.value ?? {};
    const all = [recent, favourites, own, ...packs.map(({ stickers }) => stickers)].flat();
    const found = new Map<number, Sticker>();
    for (const one of all) if (same(one.emoji, emoji) && !found.has(one.id)) found.set(one.id, one);
    return [...found.values()].slice(0, MATCHING);
  }

  #change(how: (shelf: StickerShelf) => Partial<Own>): void {
    const shelf = this.shelf.peek();
    if (shelf) this.shelf.value = { ...shelf, ...how(shelf) };
  }
}

function first(sticker: Sticker, list: readonly Sticker[]): Sticker[] {
  return [sticker, ...without(sticker.id, list)];
}

function without(id: number, list: readonly Sticker[]): Sticker[] {
  return list.filter((one) => one.id !== id);
}

/* With or without what only says that it is to be shown in colour. */
function same(one: string, other: string): boolean {
  const plain = (emoji: string): string => emoji.replaceAll('\uFE0F', '');
  return one !== '' && plain(one) === plain(other);
}
