/* A server that takes files: whole and in pieces, and can be cut anywhere. */
import { ApiError } from '../src/api/errors';
import type { Declaration, Media, MediaApi, Upload } from '../src/api/media';
import { noNetwork, refusal } from './fakes';

export const NO_UPLOADS = {
  has: () => false,
  retry: () => undefined,
  cancel: () => undefined,
  kick: () => undefined,
  stop: () => undefined,
};

export const PIECE = 10;

interface Taken {
  declared: Declaration;
  size: number;
  bytes: string;
  media: Media | null;
}

export function madeOf(id: number, declared: Declaration, size: number): Media {
  return {
    id,
    purpose: declared.purpose,
    type: 'image/png',
    name: declared.name,
    size,
    width: 4,
    height: 3,
    animated: false,
    duration_ms: null,
    waveform: null,
    placeholder: null,
    url: `/api/v1/media/files/${id}/original?s=1`,
    thumbnail_url: null,
    preview_url: null,
    urls_expire_at: 1_790_000_600_000,
  };
}

export class FakeMedia {
  readonly uploads = new Map<number, Taken>();
  readonly whole: string[] = [];
  readonly supplied: string[] = [];
  readonly abandoned: number[] = [];
  requests = 0;
  pieces = 0;
  down: Error | null = null;
  /* Before a piece is taken: throws, or waits. */
  onPiece: (offset: number) => Promise<void> | void = () => undefined;
  losesAnswer = false; // of the next piece
  lost = 0;
  #next = 1;

  readonly api: Pick<
    MediaApi,
    'send' | 'begin' | 'append' | 'upload' | 'abandon' | 'supply' | 'addresses' | 'limits'
  > = {
    limits: () => Promise.resolve({ piece_size: PIECE } as never),
    send: async (file, declared) => {
      this.#asked();
      this.whole.push(await file.text());
      return madeOf(this.#next++, declared, file.size);
    },
    begin: (size, declared) => {
      this.#asked();
      const id = this.#next++;
      this.uploads.set(id, { declared, size, bytes: '', media: null });
      return Promise.resolve(this.#standing(id));
    },
    upload: (id) => {
      this.#asked();
      return Promise.resolve(this.#standing(id));
    },
    append: async (id, { offset, bytes, last }) => {
      this.#asked();
      this.pieces += 1;
      await this.onPiece(offset);
      const taken = this.#taken(id);
      if (taken.media) return taken.media;
      if (offset !== taken.bytes.length) throw refusal(409, 'upload_offset');
      taken.bytes += await bytes.text();
      if (last) taken.media = madeOf(id, taken.declared, taken.size);
      if (this.losesAnswer) {
        this.losesAnswer = false;
        this.lost += 1;
        throw noNetwork;
      }
      return taken.media;
    },
    abandon: (id) => {
      this.abandoned.push(id);
      this.uploads.delete(id);
      return Promise.resolve();
    },
    supply: (id, variant) => {
      this.supplied.push(`${id} ${variant}`);
      const media = madeOf(id, { purpose: 'image', name: null, type: null }, 1);
      return Promise.resolve({ ...media, thumbnail_url: '/t' });
    },
    addresses: () => Promise.resolve([]),
  };

  #asked(): void {
    this.requests += 1;
    if (this.down) throw this.down;
  }

  #taken(id: number): Taken {
    const taken = this.uploads.get(id);
    if (!taken) throw new ApiError(404, 'not_found', 'gone');
    return taken;
  }

  #standing(id: number): Upload {
    const { size, bytes, media } = this.#taken(id);
    return { id, size, offset: bytes.length, complete: media !== null, media };
  }
}
