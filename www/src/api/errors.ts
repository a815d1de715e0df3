/* What can go wrong between here and the server, as classes that callers tell apart. */

/* The server answered, and said no: RFC 9457 problem+json with a stable `code`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly field: string | null = null,
    readonly requestId: string | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(title);
    this.name = 'ApiError';
  }

  /* Trying the very same request later can succeed. */
  get passing(): boolean {
    if (this.code === 'quota_exceeded') return false;
    return this.status >= 500 || [408, 425, 429].includes(this.status);
  }
}

/* No answer at all: no network, no server, or too late. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server could not be reached.', { cause });
    this.name = 'Unreachable';
  }
}

/* The session of this browser is over: logged out, revoked, expired, or now another person's. */
export class SessionEnded extends Error {
  constructor() {
    super('This session has ended.');
    this.name = 'SessionEnded';
  }
}

/* The code that messages are keyed on, whatever was thrown. */
export function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.code;
  if (error instanceof Unreachable) return 'unreachable';
  if (error instanceof SessionEnded) return 'session_ended';
  return 'internal';
}
