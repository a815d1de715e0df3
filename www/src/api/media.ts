/* media: uploads, signed addresses, stickers.  Bytes go up in one request or in pieces, as
 * draft-ietf-httpbis-resumable-upload has it; they come down by addresses that the browser asks
 * for itself. */
import type { Answer, HttpRequest } from './http';
import type { Authority } from './authority';

export type MediaKind = 'image' | 'voice' | 'video' | 'file';
export type Purpose = MediaKind | 'avatar' | 'sticker';
export type Variant = 'original' | 'thumbnail' | 'preview';

export interface Media {
  id: number;
  purpose: Purpose;
  type: string;
  name: string | null;
  size: number;
  width: number | null;
  height: number | null;
  animated: boolean;
  duration_ms: number | null;
  waveform: string | null;
  placeholder: string | null; // a BlurHash
  url: string;
  thumbnail_url: string | null; // null: there is none (yet)
  preview_url: string | null;
  urls_expire_at: number;
}

export interface MediaLimits {
  piece_size: number; // the most bytes of one request
  quota: { used: number; limit: number }; // 0: none
  purposes: Record<Purpose, { max_size: number; types: readonly string[] | null }>; // null: any
}

/* What is said about bytes before they are there. */
export interface Declaration {
  purpose: Purpose;
  name: string | null;
  type: string | null; // null: the server finds out
  waveform?: string;
  placeholder?: string;
}

export interface Upload {
  id: number;
  size: number;
  offset: number; // how many bytes the server has
  complete: boolean;
  media: Media | null;
}

export interface Addresses {
  media_id: number;
  url: string;
  thumbnail_url: string | null;
  preview_url: string | null;
  expires_at: number;
}

export interface Sticker {
  id: number;
  pack_id: number | null; // null: somebody's own
  media_id: number;
  emoji: string; // '': none
  keywords: readonly string[];
  width: number;
  height: number;
  animated: boolean;
}

export interface StickerPack {
  id: number;
  name: string;
  title: Readonly<Record<string, string>>; // by language; English always
  author: string;
  licence: string;
  stickers: readonly Sticker[];
}

export interface StickerShelf {
  packs: readonly StickerPack[];
  own: readonly Sticker[]; // latest first, as the others
  favourites: readonly Sticker[];
  recent: readonly Sticker[];
}

const UNCLAIMED = 'application/octet-stream';

export class MediaApi {
  constructor(private readonly authority: Authority) {}

  limits(): Promise<MediaLimits> {
    return this.#ask({ method: 'GET', path: '/media/limits' });
  }

  /* All of it at once. */
  async send(file: Blob, declared: Declaration, signal?: AbortSignal): Promise<Media> {
    const { media } = await this.#ask<{ media: Media }>({
      method: 'POST',
      path: '/media/files',
      query: queryOf(declared),
      headers: headersOf(declared),
      bytes: file,
      signal,
    });
    return media;
  }

  async begin(size: number, declared: Declaration, signal?: AbortSignal): Promise<Upload> {
    const { upload } = await this.#ask<{ upload: Upload }>({
      method: 'POST',
      path: '/media/files',
      query: queryOf(declared),
      headers: { ...headersOf(declared), 'Upload-Complete': '?0', 'Upload-Length': String(size) },
      signal,
    });
    return upload;
  }

  /* The media, when this was the last piece. */
  async append(
    id: number,
    piece: { offset: number; bytes: Blob; last: boolean },
    signal?: AbortSignal,
  ): Promise<Media | null> {
    const answer = await this.#ask<{ media: Media } | undefined>({
      method: 'PATCH',
      path: `/media/uploads/${id}`,
      headers: {
        'Content-Type': 'application/partial-upload',
        'Upload-Offset': String(piece.offset),
        'Upload-Complete': piece.last ? '?1' : '?0',
      },
      bytes: piece.bytes,
      signal,
    });
    return answer?.media ?? null;
  }

  /* How far it has come. */
  async upload(id: number, signal?: AbortSignal): Promise<Upload> {
    const path = `/media/uploads/${id}`;
    return (await this.#ask<{ upload: Upload }>({ method: 'GET', path, signal })).upload;
  }

  async abandon(id: number): Promise<void> {
    await this.#ask({ method: 'DELETE', path: `/media/uploads/${id}` });
  }

  /* A smaller picture of it, where the server makes none. */
  async supply(id: number, variant: 'thumbnail' | 'preview', picture: Blob): Promise<Media> {
    const { media } = await this.#ask<{ media: Media }>({
      method: 'PUT',
      path: `/media/files/${id}/${variant}`,
      headers: { 'Content-Type': picture.type || UNCLAIMED },
      bytes: picture,
    });
    return media;
  }

  /* Of at most a hundred; what is not to be seen is left out. */
  async addresses(ids: readonly number[]): Promise<Addresses[]> {
    const { urls } = await this.#ask<{ urls: Addresses[] }>({
      method: 'POST',
      path: '/media/urls',
      body: { media_ids: ids },
    });
    return urls;
  }

  stickers(): Promise<StickerShelf> {
    return this.#ask({ method: 'GET', path: '/media/stickers' });
  }

  async makeSticker(media_id: number): Promise<Sticker> {
    const body = { media_id };
    const path = '/media/stickers';
    return (await this.#ask<{ sticker: Sticker }>({ method: 'POST', path, body })).sticker;
  }

  async favourSticker(id: number): Promise<Sticker> {
    const path = `/media/stickers/${id}/favourite`;
    return (await this.#ask<{ sticker: Sticker }>({ method: 'PUT', path })).sticker;
  }

  async unfavourSticker(id: number): Promise<void> {
    await this.#ask({ method: 'DELETE', path: `/media/stickers/${id}/favourite` });
  }

  async removeSticker(id: number): Promise<void> {
    await this.#ask({ method: 'DELETE', path: `/media/stickers/${id}` });
  }

  async #ask<T>(request: HttpRequest): Promise<T> {
    const answer: Answer<T> = await this.authority.send<T>(request);
    return answer.body;
  }
}

function queryOf({ purpose, waveform, placeholder }: Declaration): HttpRequest['query'] {
  return { purpose, waveform, placeholder };
}

function headersOf({ name, type }: Declaration): Record<string, string> {
  return {
    'Content-Type': type ?? UNCLAIMED,
    ...(name === null ? {} : { 'X-File-Name': encodeURIComponent(name) }),
  };
}
