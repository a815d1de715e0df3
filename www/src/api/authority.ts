/* Who we are to the server: one object per login, so that what is still under way for somebody who
 * left cannot act for, or end, whoever came after.  The access token lives in memory only; a new
 * one comes by the HttpOnly refresh cookie, asked for by one tab at a time. */
import { ApiError, SessionEnded } from './errors';
import type { Answer, Http, HttpRequest } from './http';

export interface Tokens {
  access_token: string;
  expires_in: number; // seconds
}

export interface AuthorityOptions {
  http: Http;
  now: () => number;
  /* Runs work alone among all tabs of this browser. */
  exclusive: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  onEnded: () => void;
}

/* Renewed this long before it runs out, so that requests seldom meet an old token. */
const EARLY_MS = 30_000;

export class Authority {
  readonly #options: AuthorityOptions;
  #token: string | null = null;
  #subject: string | null = null;
  #expiresAt = 0;
  #renewal: Promise<void> | null = null;
  #closed = false;

  constructor(options: AuthorityOptions) {
    this.#options = options;
  }

  /* After registering or logging in. */
  adopt(tokens: Tokens): void {
    this.#token = tokens.access_token;
    this.#subject = subjectOf(tokens.access_token);
    this.#expiresAt = this.#options.now() + tokens.expires_in * 1000;
  }

  /* Only this person's tokens are wanted from now on. */
  expect(userId: number): void {
    this.#subject = String(userId);
  }

  /* Logged out here: nothing is asked in this name any more. */
  close(): void {
    this.#closed = true;
    this.#token = null;
  }

  /* Any request of a logged-in user. */
  async send<T>(request: HttpRequest): Promise<Answer<T>> {
    if (this.#closed) throw new SessionEnded();
    if (this.#token === null || this.#options.now() > this.#expiresAt - EARLY_MS)
      await this.renew();
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      if (error.code === 'session_ended') throw this.#end();
    }
    await this.renew();
    return this.#sendOnce(request);
  }

  /* A file of the web server's, which knows no tokens. */
  file(address: string, etag: string | null): Promise<string | null> {
    if (this.#closed) return Promise.reject(new SessionEnded());
    return this.#options.http.file(address, etag);
  }

  /* Throws SessionEnded when the cookie is no longer good for this person. */
  renew(): Promise<void> {
    if (this.#closed) return Promise.reject(new SessionEnded());
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  #sendOnce<T>(request: HttpRequest): Promise<Answer<T>> {
    return this.#options.http.send<T>({ ...request, token: this.#token ?? undefined });
  }

  async #renewOnce(): Promise<void> {
    const before = this.#subject;
    const ask: HttpRequest = { method: 'POST', path: '/account/sessions/refresh', body: {} };
    try {
      const answer = await this.#options.exclusive('hichat.refresh', () =>
        this.#options.http.send<Tokens>(ask),
      );
      if (this.#closed) throw new SessionEnded();
      // Another tab may have logged in as somebody else: their token must not act for this person.
      if (before !== null && subjectOf(answer.body.access_token) !== before) throw this.#end();
      this.adopt(answer.body);
    } catch (error) {
      if (error instanceof ApiError && [401, 403].includes(error.status)) throw this.#end();
      throw error;
    }
  }

  #end(): SessionEnded {
    if (!this.#closed) {
      this.close();
      this.#options.onEnded();
    }
    return new SessionEnded();
  }
}

/* `sub` of a JWT, unchecked: only the server judges tokens, this just notices a change. */
function subjectOf(token: string): string | null {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const claims = JSON.parse(atob(payload)) as { sub?: string | number };
    return claims.sub === undefined ? null : String(claims.sub);
  } catch {
    return null;
  }
}
