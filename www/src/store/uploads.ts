/* Files on their way to the server.  Each is on the device before its first byte leaves, goes on
 * after a cut or a reload where it stood, and is tried again until it is taken or refused.  Small
 * ones do not wait for large ones. */
import { signal, type Signal } from '@preact/signals-core';
import { ApiError, codeOf, SessionEnded } from '../api/errors';
import type { Declaration, Media, MediaApi } from '../api/media';
import type { Cache } from './cache';
import { backOff, type Timers } from './environment';
import { transfer, type TransferApi } from './transfer';

/* What is kept of one, beside its files. */
export interface UploadRecord {
  key: string;
  declared: Declaration;
  size: number;
  upload: number | null; // the server's number of it, where it goes in pieces
}

export interface UploadFiles {
  file: Blob;
  thumbnail?: Blob; // for a server that makes none
  preview?: Blob;
}

export interface StoredUpload {
  record: UploadRecord;
  files: UploadFiles;
}

export interface UploadsOptions {
  media: TransferApi & Pick<MediaApi, 'abandon' | 'supply'>;
  pieceSize: () => Promise<number>;
  cache: Pick<Cache, 'putUpload' | 'removeUpload' | 'upload'>;
  timers: Timers;
  /* Runs work alone among all tabs of this browser. */
  exclusive: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  onComplete: (key: string, media: Media, file: Blob) => Promise<void>;
  onRefused: (key: string, code: string) => void;
}

interface Job extends StoredUpload {
  kept: boolean; // on the device, too
  refused: boolean;
  attempts: number;
  abort: AbortController | null; // while it is under way
  callOff: (() => void) | null; // while it pauses
}

const LARGE = 1_048_576;
const LANES = 2; // one of them for large ones
const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 30_000;

export class Uploads {
  /* How many bytes of each the server has. */
  readonly sent: Signal<ReadonlyMap<string, number>> = signal(new Map());
  readonly #options: UploadsOptions;
  readonly #jobs = new Map<string, Job>();
  #stopped = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /* What an earlier visit left behind. */
  restore(stored: readonly StoredUpload[], refused: ReadonlySet<string>): void {
    for (const { record, files } of stored) {
      if (this.#jobs.has(record.key)) continue;
      this.#jobs.set(record.key, {
        ...jobOf(record, files, true),
        refused: refused.has(record.key),
      });
    }
    this.#pump();
  }

  has(key: string): boolean {
    return this.#jobs.has(key);
  }

  fileOf(key: string): UploadFiles | undefined {
    return this.#jobs.get(key)?.files;
  }

  async add(key: string, declared: Declaration, files: UploadFiles): Promise<void> {
    const record = { key, declared, size: files.file.size, upload: null };
    const job = jobOf(record, files, false);
    this.#jobs.set(key, job);
    job.kept = await this.#options.cache.putUpload(record, files).then(
      () => true,
      () => false, // it can still be sent while the page is open
    );
  }

  /* Once everything is said that goes with it. */
  start(): void {
    this.#pump();
  }

  retry(key: string): void {
    const job = this.#jobs.get(key);
    if (!job) return this.#options.onRefused(key, 'file_gone');
    job.refused = false;
    this.#pump();
  }

  cancel(key: string): void {
    const job = this.#jobs.get(key);
    if (!job) return;
    this.#forget(key);
    job.abort?.abort();
    job.callOff?.();
    // Else the server removes it when it has rested long enough.
    const { upload } = job.record;
    if (upload !== null) void this.#options.media.abandon(upload).catch(() => undefined);
  }

  /* The network or the server is back, or may be. */
  kick(): void {
    for (const job of this.#jobs.values()) {
      job.callOff?.();
      job.callOff = null;
    }
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    for (const job of this.#jobs.values()) {
      job.abort?.abort();
      job.callOff?.();
    }
  }

  #pump(): void {
    if (this.#stopped) return;
    const all = [...this.#jobs.values()];
    const running = all.filter(({ abort }) => abort !== null);
    let large = running.some(isLarge);
    let free = LANES - running.length;
    for (const job of all) {
      if (free === 0) return;
      if (job.abort !== null || job.callOff !== null || job.refused) continue;
      if (isLarge(job) && large) continue;
      large ||= isLarge(job);
      free -= 1;
      void this.#run(job);
    }
  }

  async #run(job: Job): Promise<void> {
    const { key } = job.record;
    const abort = new AbortController();
    job.abort = abort;
    try {
      await this.#options.exclusive(`hichat.upload.${key}`, () => this.#attempt(job, abort.signal));
    } catch (error) {
      if (!abort.signal.aborted) this.#failed(job, error);
    } finally {
      job.abort = null;
      this.#pump();
    }
  }

  async #attempt(job: Job, signal: AbortSignal): Promise<void> {
    const { media: api, pieceSize, cache, onComplete } = this.#options;
    const { key } = job.record;
    if (job.kept) {
      // Another tab may have brought it further, or to its end.
      const record = await cache.upload(key);
      if (signal.aborted) return;
      if (!record) return this.#forget(key); // it has seen to it
      job.record = record;
    }
    const media = await transfer(api, {
      file: job.files.file,
      declared: job.record.declared,
      pieceSize: await pieceSize(),
      upload: job.record.upload,
      signal,
      onBegun: (upload) => this.#begun(job, upload),
      onSent: (bytes) => {
        if (bytes > (this.sent.peek().get(key) ?? 0)) job.attempts = 0;
        if (!signal.aborted) this.sent.value = new Map(this.sent.peek()).set(key, bytes);
      },
    });
    const complete = await this.#supply(media, job.files);
    if (signal.aborted) return;
    await onComplete(key, complete, job.files.file);
    this.#forget(key);
  }

  async #begun(job: Job, upload: number): Promise<void> {
    job.record = { ...job.record, upload };
    if (job.kept) await this.#options.cache.putUpload(job.record).catch(() => undefined);
  }

  /* What the server would not make itself; without them the original is shown. */
  async #supply(media: Media, { thumbnail, preview }: UploadFiles): Promise<Media> {
    const { media: api } = this.#options;
    let now = media;
    if (thumbnail && media.thumbnail_url === null)
      now = await api.supply(media.id, 'thumbnail', thumbnail).catch(() => now);
    if (preview && media.preview_url === null)
      now = await api.supply(media.id, 'preview', preview).catch(() => now);
    return now;
  }

  #failed(job: Job, error: unknown): void {
    if (error instanceof SessionEnded) return this.stop();
    const { timers, onRefused } = this.#options;
    if (error instanceof ApiError && !isPassing(error)) {
      job.refused = true;
      // What is refused at its end is gone there: the next attempt begins anew.
      job.record = { ...job.record, upload: null };
      return onRefused(job.record.key, codeOf(error));
    }
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    const wait = backOff(timers, job.attempts, FIRST_RETRY_MS, SLOWEST_RETRY_MS);
    job.attempts += 1;
    job.callOff = timers.after(Math.max(asked, wait), () => {
      job.callOff = null;
      this.#pump();
    });
  }

  #forget(key: string): void {
    this.#jobs.delete(key);
    const rest = new Map(this.sent.peek());
    if (rest.delete(key)) this.sent.value = rest;
    this.#options.cache.removeUpload(key);
  }
}

function jobOf(record: UploadRecord, files: UploadFiles, kept: boolean): Job {
  return { record, files, kept, refused: false, attempts: 0, abort: null, callOff: null };
}

function isLarge({ record }: Job): boolean {
  return record.size > LARGE;
}

function isPassing(error: ApiError): boolean {
  return error.passing || ['upload_busy', 'upload_offset'].includes(error.code);
}
