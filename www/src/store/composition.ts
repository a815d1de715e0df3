/* A post that is being written.  It stays until it is posted, wherever one looks meanwhile: its text,
 * whom it is for, and its pictures or its video, which are on their way as soon as they are chosen. */
import { effect, signal, type Signal } from '@preact/signals-core';
import { codeOf } from '../api/errors';
import type { Audience, AudienceKind, Draft } from '../api/moments';
import type { MediaStore } from './media';
import type { UploadFiles, Uploads } from './uploads';

export const MOST_PIECES = 9;

export interface Chosen {
  kind: AudienceKind;
  people: ReadonlySet<number>;
  tags: ReadonlySet<string>;
}

export const TO_FRIENDS: Chosen = { kind: 'friends', people: new Set(), tags: new Set() };

export function namesPeople(kind: AudienceKind): boolean {
  return kind === 'only' || kind === 'except';
}

/* Whether it says enough. */
export function isComplete({ kind, people, tags }: Chosen): boolean {
  return !namesPeople(kind) || people.size + tags.size > 0;
}

export function audienceOf({ kind, people, tags }: Chosen): Audience {
  if (!namesPeople(kind)) return { audience: kind };
  return { audience: kind, user_ids: [...people], tags: [...tags] };
}

export type PieceKind = 'image' | 'video';

export interface Piece {
  key: string;
  kind: PieceKind;
  file: Blob;
  media: number | null; // null: the server does not have it yet
  failure: string | null; // a code of the API
}

/* What the browser makes of a file; null: it cannot read it. */
export type Reader = (
  kind: PieceKind,
  file: Blob,
) => Promise<(Omit<UploadFiles, 'file'> & { placeholder: string }) | null>;

export interface CompositionOptions {
  media: Pick<MediaStore, 'uploadsApart'>;
  newKey: () => string;
  publish: (draft: Draft) => Promise<void>;
}

export class Composition {
  readonly text = signal('');
  readonly audience: Signal<Chosen> = signal(TO_FRIENDS);
  readonly pieces: Signal<readonly Piece[]> = signal([]);
  readonly publishing = signal(false);
  readonly uploads: Uploads;
  readonly #options: CompositionOptions;
  #key: string; // the same for another try

  constructor(options: CompositionOptions) {
    this.#options = options;
    this.#key = options.newKey();
    this.uploads = options.media.uploadsApart({
      onComplete: (key, { id }) => {
        this.#change(key, { media: id, failure: null });
        return Promise.resolve();
      },
      onRefused: (key, code) => {
        this.#change(key, { failure: code });
      },
    });
  }

  async add(files: readonly { kind: PieceKind; file: Blob }[], read: Reader): Promise<void> {
    const pieces = files.map(({ kind, file }) => {
      const key = this.#options.newKey();
      return { key, kind, file, media: null, failure: null };
    });
    this.pieces.value = [...this.pieces.peek(), ...pieces];
    for (const piece of pieces) await this.#begin(piece, read); // one large picture at a time
  }

  remove(key: string): void {
    this.uploads.cancel(key);
    this.pieces.value = this.pieces.peek().filter((piece) => piece.key !== key);
  }

  /* To where another stands. */
  move(key: string, place: number): void {
    const moved = this.pieces.peek().find((piece) => piece.key === key);
    const others = this.pieces.peek().filter((piece) => piece.key !== key);
    if (moved) this.pieces.value = [...others.slice(0, place), moved, ...others.slice(place)];
  }

  retry(key: string): void {
    this.#change(key, { failure: null });
    this.uploads.retry(key);
  }

  /* Once everything is there; false: something was refused, and all is as it was. */
  async publish(): Promise<boolean> {
    if (this.publishing.peek()) return false;
    this.publishing.value = true;
    try {
      if (!(await this.#settled())) return false;
      await this.#options.publish({
        client_key: this.#key,
        text: this.text.peek().trim(),
        media_ids: this.pieces.peek().flatMap(({ media }) => media ?? []),
        ...audienceOf(this.audience.peek()),
      });
      this.clear();
      return true;
    } catch (error) {
      // It was posted as it was before it was changed: this is another one.
      if (codeOf(error) === 'conflict') this.#key = this.#options.newKey();
      throw error;
    } finally {
      this.publishing.value = false;
    }
  }

  clear(): void {
    for (const { key } of this.pieces.peek()) this.uploads.cancel(key);
    this.pieces.value = [];
    this.text.value = '';
    this.audience.value = TO_FRIENDS;
    this.#key = this.#options.newKey();
  }

  async #begin({ key, kind, file }: Piece, read: Reader): Promise<void> {
    const found = await read(kind, file);
    if (!this.pieces.peek().some((piece) => piece.key === key)) return; // taken out again
    if (found === null && kind === 'image') return this.#change(key, { failure: 'bad_media' });
    const { placeholder, ...smaller } = found ?? { placeholder: '' };
    // Nobody has to know what the file is called.
    const declared = { purpose: kind, name: null, type: null, ...(placeholder && { placeholder }) };
    await this.uploads.add(key, declared, { file, ...smaller });
    this.uploads.start();
  }

  #settled(): Promise<boolean> {
    return new Promise((resolve) => {
      const dispose = effect(() => {
        const pieces = this.pieces.value;
        if (pieces.some(({ media, failure }) => media === null && failure === null)) return;
        resolve(pieces.every(({ media }) => media !== null));
        queueMicrotask(() => {
          dispose();
        });
      });
    });
  }

  #change(key: string, change: Partial<Piece>): void {
    this.pieces.value = this.pieces
      .peek()
      .map((piece) => (piece.key === key ? { ...piece, ...change } : piece));
  }
}
