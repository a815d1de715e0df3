import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Authority } from '../src/api/authority';
import { ApiError, SessionEnded, Unreachable } from '../src/api/errors';
import { Http, type HttpRequest } from '../src/api/http';

/* A token of that person, as a JWT looks. */
function token(user: number, serial: number): string {
  return `h.${Buffer.from(JSON.stringify({ sub: String(user), serial })).toString('base64url')}.s`;
}

let now: number;
let ended: number;
let asked: { path: string; token: string | null }[];
let serial: number;
let refresh: () => Response;
let answer: (token: string | null) => Response | Promise<Response>;
let authority: Authority;

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}
const fetched: typeof fetch = (input, init) => {
  const path = new URL(String(input)).pathname.replace('/chat/api/v1', '');
  const bearer = new Headers(init?.headers).get('Authorization')?.replace('Bearer ', '') ?? null;
  asked.push({ path, token: bearer });
  return Promise.resolve(path.endsWith('/refresh') ? refresh() : answer(bearer));
};
const ME: HttpRequest = { method: 'GET', path: '/account/me' };
const refreshes = () => asked.filter(({ path }) => path.endsWith('/refresh')).length;

beforeEach(() => {
  now = 1_790_000_000_000;
  ended = 0;
  asked = [];
  serial = 0;
  refresh = () => json(200, { access_token: token(1, ++serial), expires_in: 600 });
  answer = () => json(200, { ok: true });
  authority = new Authority({
    http: new Http({ base: 'http://host/chat/', fetch: fetched }),
    now: () => now,
    exclusive: (_, work) => work(),
    onEnded: () => {
      ended += 1;
    },
  });
});

test('gets a token before the first request, and keeps it', async () => {
  await authority.send(ME);
  await authority.send(ME);
  assert.equal(refreshes(), 1);
  assert.equal(asked[1]?.token, token(1, 1));
});

test('many requests at once renew once', async () => {
  await Promise.all([1, 2, 3, 4].map(() => authority.send(ME)));
  assert.equal(refreshes(), 1);
});

test('renews shortly before the token runs out', async () => {
  await authority.send(ME);
  now += 575_000;
  await authority.send(ME);
  assert.equal(refreshes(), 2);
});

test('an expired token is renewed and the request repeated, once', async () => {
  authority.adopt({ access_token: token(1, 0), expires_in: 600 });
  answer = (bearer) =>
    bearer === token(1, 0) ? json(401, { code: 'token_expired' }) : json(200, { ok: true });
  assert.equal((await authority.send(ME)).status, 200);
  answer = () => json(401, { code: 'token_expired' });
  await assert.rejects(
    authority.send(ME),
    (error) => error instanceof ApiError && error.code === 'token_expired',
  );
  assert.equal(refreshes(), 2);
});

test('a session that ended is not renewed', async () => {
  authority.adopt({ access_token: token(1, 0), expires_in: 600 });
  answer = () => json(401, { code: 'session_ended' });
  await assert.rejects(authority.send(ME), SessionEnded);
  assert.equal(ended, 1);
  assert.equal(refreshes(), 0);
});

test('a refused cookie ends the session; a server that is away does not', async () => {
  refresh = () => json(503, { code: 'unavailable' });
  await assert.rejects(
    authority.send(ME),
    (error) => error instanceof ApiError && error.status === 503,
  );
  refresh = () => {
    throw new TypeError('network');
  };
  await assert.rejects(authority.send(ME), Unreachable);
  assert.equal(ended, 0);
  refresh = () => json(401, { code: 'invalid_refresh_token' });
  await assert.rejects(authority.send(ME), SessionEnded);
  assert.equal(ended, 1);
});

test("another person's token is not used for this one", async () => {
  authority.expect(2);
  await assert.rejects(authority.send(ME), SessionEnded);
  assert.equal(ended, 1);
  assert.ok(asked.every(({ path }) => path.endsWith('/refresh')));
});

test('once closed, nothing is asked in this name, and what was under way ends nobody', async () => {
  await authority.send(ME);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  answer = () => held.then(() => json(401, { code: 'session_ended' }));
  const underWay = authority.send(ME);
  await Promise.resolve();
  authority.close();
  release();
  await assert.rejects(underWay, SessionEnded);
  await assert.rejects(authority.send(ME), SessionEnded);
  assert.equal(ended, 0);
  assert.equal(asked.length, 3, 'the refresh, the first request, the one under way');
});

test('problems carry code, field, request id and Retry-After; pages of proxies get a code', async () => {
  authority.adopt({ access_token: token(1, 0), expires_in: 600 });
  answer = () =>
    new Response(
      JSON.stringify({ title: 'x', code: 'invalid_field', field: 'bio', request_id: 'r1' }),
      { status: 422, headers: { 'Retry-After': '7' } },
    );
  await assert.rejects(authority.send(ME), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual(
      [error.code, error.field, error.requestId, error.retryAfter, error.passing],
      ['invalid_field', 'bio', 'r1', 7, false],
    );
    return true;
  });
  answer = () => new Response('<h1>Bad gateway</h1>', { status: 502 });
  await assert.rejects(
    authority.send(ME),
    (error) => error instanceof ApiError && error.code === 'unavailable' && error.passing,
  );
});
