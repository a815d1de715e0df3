/* Everything about media for one person: where they are, those on their way, what may be sent. */
import { signal, type Signal } from '@preact/signals-core';
import { ApiError } from '../api/errors';
import type { Declaration, Media, MediaApi, MediaLimits } from '../api/media';
import { AddressBook } from './addresses';
import { NO_CACHE, type Cache } from './cache';
import type { Enclosed } from './enclosed';
import type { Timers } from './environment';
import type { Outbox } from './outbox';
import type { OutboxEntry } from './outbox_entry';
import { Stickers } from './stickers';
import { transfer } from './transfer';
import { Uploads, type StoredUpload, type UploadFiles, type UploadsOptions } from './uploads';

export interface MediaStoreOptions {
  media: MediaApi;
  cache: Cache;
  timers: Timers;
  newKey: () => string;
  exclusive: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  outbox: () => Outbox;
}

type UploadsEnd = Pick<UploadsOptions, 'onComplete' | 'onRefused'>;

const LIMITS_MS = 10 * 60_000;
const OWN = 60;

export class MediaStore {
  readonly addresses: AddressBook;
  readonly uploads: Uploads;
  readonly stickers: Stickers;
  /* What was sent from here lately: it need not come back to be shown. */
  readonly own: Signal<ReadonlyMap<number, Blob>> = signal(new Map());
  readonly #options: MediaStoreOptions;
  readonly #apart: Uploads[] = [];
  #limits: { asked: number; answer: Promise<MediaLimits> } | null = null;

  constructor(options: MediaStoreOptions) {
    const { media, cache, timers, exclusive, outbox } = options;
    this.#options = options;
    this.addresses = new AddressBook({ media, timers });
    this.stickers = new Stickers({ media, outbox });
    this.uploads = new Uploads({
      media,
      pieceSize: async () => (await this.limits()).piece_size,
      cache,
      timers,
      exclusive,
      onComplete: (key, made, file) => {
        this.#keep(made, file);
        return outbox().complete(key, made.id);
      },
      onRefused: (key, code) => {
        outbox().refuse(key, code);
      },
    });
  }

  /* What an earlier visit left behind: of what was written down only by half, nothing is sent. */
  restore(stored: readonly StoredUpload[], entries: readonly OutboxEntry[]): void {
    const keys = new Set(entries.map(({ client_key }) => client_key));
    const failed = entries.filter(({ failure }) => failure !== null);
    this.uploads.restore(
      stored.filter(({ record }) => keys.has(record.key)),
      new Set(failed.map(({ client_key }) => client_key)),
    );
    for (const { record } of stored)
      if (!keys.has(record.key)) this.#options.cache.removeUpload(record.key);
  }

  stop(): void {
    this.addresses.stop();
    for (const uploads of this.#apart) uploads.stop();
  }

  limits(): Promise<MediaLimits> {
    const now = this.#options.timers.now();
    if (!this.#limits || now - this.#limits.asked > LIMITS_MS) {
      const answer = this.#options.media.limits();
      this.#limits = { asked: now, answer };
      answer.catch(() => {
        this.#limits = null;
      });
    }
    return this.#limits.answer;
  }

  /* A message that holds a file: it leaves when the file is there. */
  async send(
    conversation: number,
    { kind, body }: Enclosed,
    declared: Declaration,
    files: UploadFiles,
    replyTo: number | null = null,
  ): Promise<void> {
    const key = this.#options.newKey();
    await this.uploads.add(key, declared, files);
    await this.#options.outbox().enclose(conversation, { kind, body }, replyTo, key);
    this.uploads.start();
  }

  /* Files that go with no message: the page alone keeps them. */
  uploadsApart({ onComplete, onRefused }: UploadsEnd): Uploads {
    const { media, timers, exclusive } = this.#options;
    const uploads = new Uploads({
      media,
      pieceSize: async () => (await this.limits()).piece_size,
      cache: NO_CACHE,
      timers,
      exclusive,
      onComplete: (key, made, file) => {
        this.#keep(made, file);
        return onComplete(key, made, file);
      },
      onRefused,
    });
    this.#apart.push(uploads);
    return uploads;
  }

  /* What somebody waits for: a refusal is for them to see. */
  async upload(file: Blob, declared: Declaration, signal: AbortSignal): Promise<Media> {
    const { piece_size } = await this.limits();
    const made = await transfer(this.#options.media, {
      file,
      declared,
      pieceSize: piece_size,
      upload: null,
      signal,
      onBegun: () => Promise.resolve(),
      onSent: () => undefined,
    });
    this.#keep(made, file);
    return made;
  }

  /* A smaller picture of what was uploaded; where the server makes its own it wants none. */
  async supply(made: Media, variant: 'thumbnail' | 'preview', picture: Blob): Promise<void> {
    if (made[`${variant}_url`] !== null) return;
    try {
      this.addresses.adopt(await this.#options.media.supply(made.id, variant, picture));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
    }
  }

  #keep(media: Media, file: Blob): void {
    this.addresses.adopt(media);
    this.own.value = new Map([...this.own.peek(), [media.id, file] as const].slice(-OWN));
  }
}
