/* One HTTP request: address, JSON both ways, time limit, and failures as errors.ts has them. */
import { ApiError, Unreachable } from './errors';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string; // below /api/v1
  body?: unknown;
  bytes?: Blob; // instead of a body
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined; // the caller wants it no longer
  query?: Record<string, string | number | undefined>;
  token?: string | undefined;
  etag?: string | null | undefined;
}

export interface Answer<T> {
  status: number;
  body: T; // undefined for 204 and 304
  etag: string | null;
}

export type Reach = 'ok' | 'offline' | 'unavailable';

export interface HttpOptions {
  base: string; // ends in a slash; the API is at <base>api/v1
  fetch: typeof fetch;
  /* Told after each request whether there was a server, and one that works. */
  onReach?: (reach: Reach) => void;
  timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;
const SLOWEST_BYTES_PER_MS = 4; // what is carried gets time to be carried

export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async send<T>(request: HttpRequest): Promise<Answer<T>> {
    const { response, text } = await this.#exchange(request);
    if (response.ok || response.status === 304) {
      this.#options.onReach?.('ok');
      return {
        status: response.status,
        body: parse(text) as T,
        etag: response.headers.get('ETag'),
      };
    }
    const gateway = [502, 503, 504].includes(response.status);
    this.#options.onReach?.(gateway ? 'unavailable' : 'ok');
    throw problem(response, parse(text));
  }

  /* The ETag of a file beside the API; null: it is still this one. */
  async file(address: string, etag: string | null): Promise<string | null> {
    const { response } = await this.#fetch(new URL(address, this.#options.base).href, {
      method: 'HEAD',
      headers: etag === null ? {} : { 'If-None-Match': etag },
    });
    this.#options.onReach?.('ok');
    if (response.status === 304) return null;
    if (!response.ok) throw problem(response, undefined);
    return response.headers.get('ETag') ?? '';
  }

  #exchange(request: HttpRequest): Promise<{ response: Response; text: string }> {
    const { method, body, bytes, signal = null } = request;
    return this.#fetch(this.#address(request), {
      method,
      headers: headers(request),
      body: bytes ?? (body === undefined ? null : JSON.stringify(body)),
      signal,
    });
  }

  async #fetch(address: string, init: RequestInit): Promise<{ response: Response; text: string }> {
    const abort = new AbortController();
    const call = (): void => {
      abort.abort();
    };
    const size = init.body instanceof Blob ? init.body.size : 0;
    const limit = (this.#options.timeoutMs ?? TIMEOUT_MS) + size / SLOWEST_BYTES_PER_MS;
    const timer = setTimeout(call, limit);
    init.signal?.addEventListener('abort', call);
    if (init.signal?.aborted) call();
    try {
      const { fetch } = this.#options;
      const response = await fetch(address, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store', // ETags are handled here, and answers are private
        signal: abort.signal,
      });
      return { response, text: await response.text() };
    } catch (error) {
      if (init.signal?.aborted) throw error;
      this.#options.onReach?.('offline');
      throw new Unreachable(error);
    } finally {
      clearTimeout(timer);
      init.signal?.removeEventListener('abort', call);
    }
  }

  #address(request: HttpRequest): string {
    const url = new URL(`api/v1${request.path}`, this.#options.base);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url.href;
  }
}

function headers(request: HttpRequest): Record<string, string> {
  const all: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    'X-Requested-With': 'hichat', // asks for the refresh token as a cookie; no foreign form can send it
    ...request.headers,
  };
  if (request.body !== undefined) all['Content-Type'] = 'application/json';
  if (request.token) all['Authorization'] = `Bearer ${request.token}`;
  if (request.etag) all['If-None-Match'] = request.etag;
  return all;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // an error page of some proxy
  }
}

function problem(response: Response, body: unknown): ApiError {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(
    response.status,
    text('code') ?? codeOfStatus(response.status),
    text('title') ?? response.statusText,
    text('field'),
    text('request_id') ?? response.headers.get('X-Request-Id'),
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}

/* For answers that come from something in front of our programs. */
function codeOfStatus(status: number): string {
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  if (status === 404) return 'not_found';
  return status >= 500 ? 'unavailable' : 'bad_request';
}
