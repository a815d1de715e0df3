import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { LiveTicket } from '../src/api/chat';
import { SessionEnded } from '../src/api/errors';
import type { LiveEvent } from '../src/api/live';
import { Live, type LiveState } from '../src/store/live';
import { FakeSockets, FakeTimers, message, noNetwork, refusal, settle } from './fakes';

let timers: FakeTimers;
let sockets: FakeSockets;
let states: LiveState[];
let events: LiveEvent[];
let tickets: number;
let ticket: () => Promise<LiveTicket>;
let live: Live;

beforeEach(async () => {
  timers = new FakeTimers();
  sockets = new FakeSockets();
  states = [];
  events = [];
  tickets = 0;
  ticket = () => Promise.resolve({ ticket: `t${tickets}`, url: '/live', expires_in: 30 });
  live = new Live({
    ticket: () => {
      tickets += 1;
      return ticket();
    },
    openSocket: sockets.open,
    timers,
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  });
  live.start();
  await settle();
});

const event = (seq: number) => ({ event: 'message', ...message(7, seq) });
const acks = () =>
  sockets.last.sent.filter(({ op }) => op === 'ack').map(({ received }) => received);

test('says hello with its ticket and is ready when it is welcomed', () => {
  assert.equal(sockets.last.url, '/live');
  assert.equal(sockets.last.protocol, 'hichat.v1');
  sockets.last.welcome();
  assert.deepEqual(sockets.last.sent, [{ op: 'hello', ticket: 't1' }]);
  assert.equal(states.at(-1), 'ready');
});

test('acknowledges within a second', async () => {
  sockets.last.welcome();
  sockets.last.frame(event(1));
  sockets.last.frame(event(2));
  assert.deepEqual(acks(), []);
  await timers.advance(1000);
  assert.deepEqual(acks(), [2]);
  await timers.advance(5000);
  assert.deepEqual(acks(), [2], 'only what is new is acknowledged');
});

test('acknowledges every 32 events at once', () => {
  sockets.last.welcome();
  for (let seq = 1; seq <= 70; seq += 1) sockets.last.frame(event(seq));
  assert.deepEqual(acks(), [32, 64]);
});

test('answers pings, which are no events', async () => {
  sockets.last.welcome();
  sockets.last.frame({ op: 'ping' });
  assert.deepEqual(sockets.last.sent.at(-1), { op: 'pong' });
  await timers.advance(2000);
  assert.deepEqual(acks(), []);
});

test('after a cut it resumes from what it has received', async () => {
  sockets.last.welcome('abc');
  for (let seq = 1; seq <= 3; seq += 1) sockets.last.frame(event(seq));
  sockets.last.listener.closed(1006);
  assert.equal(states.at(-1), 'lost');
  await timers.advance(1000);
  assert.equal(sockets.all.length, 2);
  sockets.last.welcome('abc', true);
  assert.deepEqual(sockets.last.sent[0], {
    op: 'hello',
    ticket: 't2',
    resume: { session: 'abc', received: 3 },
  });
  sockets.last.frame(event(4));
  await timers.advance(1000);
  assert.deepEqual(acks(), [4], 'the count goes on');
});

test('a session that could not be resumed starts counting anew', async () => {
  sockets.last.welcome('abc');
  sockets.last.frame(event(1));
  sockets.last.listener.closed(1001);
  await timers.advance(1000);
  sockets.last.welcome('def', false);
  sockets.last.frame(event(2));
  await timers.advance(1000);
  assert.deepEqual(acks(), [1]);
});

test('silence of a minute ends the connection', async () => {
  sockets.last.welcome();
  await timers.advance(55_000);
  sockets.last.frame({ op: 'ping' });
  await timers.advance(55_000);
  assert.equal(sockets.last.closed, false);
  const silent = sockets.last;
  await timers.advance(6000);
  assert.equal(silent.closed, true);
  assert.ok(silent.closeCode >= 3000, 'in a way that lets the session be resumed');
  assert.equal(sockets.all.length, 2, 'and a new one is tried');
});

test('a connection that is never welcomed is given up', async () => {
  const mute = sockets.last;
  mute.listener.opened();
  await timers.advance(9000);
  assert.equal(mute.closed, true);
  assert.ok(states.includes('lost'));
});

test('frames and closes of an abandoned socket are ignored', async () => {
  const first = sockets.last;
  first.welcome();
  first.listener.closed(1006);
  await timers.advance(1000);
  sockets.last.welcome();
  const before = states.length;
  first.frame(event(1));
  first.listener.closed(1006);
  assert.equal(events.length, 0);
  assert.equal(states.length, before);
});

test('tries again at least every few seconds for two minutes, then seldom', async () => {
  ticket = () => Promise.reject(noNetwork);
  sockets.last.listener.closed(1006);
  await timers.advance(10_000);
  const early = tickets;
  await timers.advance(9000);
  assert.ok(tickets - early >= 3);
  await timers.advance(600_000);
  const late = tickets;
  await timers.advance(60_000);
  assert.ok(tickets - late <= 3);
});

test('Retry-After of the ticket is honoured', async () => {
  ticket = () => Promise.reject(refusal(429, 'rate_limited', 60));
  sockets.last.listener.closed(1006);
  await timers.advance(2000);
  const asked = tickets;
  await timers.advance(50_000);
  assert.equal(tickets, asked);
});

test('a server without live connections is asked again only after minutes', async () => {
  ticket = () => Promise.resolve({ ticket: '', url: '', expires_in: 0 });
  sockets.last.listener.closed(1006);
  await timers.advance(60_000);
  assert.equal(states.at(-1), 'unoffered');
  live.nudge();
  await timers.advance(600_000);
  assert.equal(tickets, 2, 'nobody looks: nothing is asked');
  live.nudge();
  await settle();
  assert.equal(tickets, 3);
});

test('an ended session ends it for good', async () => {
  ticket = () => Promise.reject(new SessionEnded());
  sockets.last.listener.closed(4003);
  await timers.advance(600_000);
  assert.equal(tickets, 2);
  assert.equal(states.at(-1), 'stopped');
});

test('a nudge connects at once, and distrusts what slept too long', async () => {
  sockets.last.listener.closed(1006);
  live.nudge();
  await settle();
  assert.equal(sockets.all.length, 2);
  sockets.last.welcome();
  timers.time += 3_600_000; // the machine slept: no timer ran
  live.nudge();
  assert.equal(sockets.last.closed, true);
});

test('stopping ends the session at the server, too', () => {
  sockets.last.welcome();
  live.stop();
  assert.equal(sockets.last.closeCode, 1000);
});

test('when its time is over it goes on at once with a new ticket, and is not lost', async () => {
  sockets.last.welcome('abc');
  for (let seq = 1; seq <= 3; seq += 1) sockets.last.frame(event(seq));
  sockets.last.listener.closed(4011);
  await settle();
  assert.equal(tickets, 2);
  sockets.last.welcome('abc', true);
  assert.deepEqual(sockets.last.sent[0], {
    op: 'hello',
    ticket: 't2',
    resume: { session: 'abc', received: 3 },
  });
  assert.deepEqual(states, ['connecting', 'ready', 'connecting', 'ready']);
});

test('a server that says so before it says welcome is not asked in circles', async () => {
  sockets.last.listener.opened();
  sockets.last.listener.closed(4011);
  await settle();
  assert.equal(tickets, 1);
  assert.equal(states.at(-1), 'lost');
});

test('one connection too many is not tried again eagerly', async () => {
  sockets.last.listener.closed(4029);
  await timers.advance(20_000);
  assert.equal(tickets, 1);
  await timers.advance(15_000);
  assert.equal(tickets, 2);
});

test('what is no frame is ignored', () => {
  sockets.last.welcome();
  for (const text of ['', 'null', '[]', '{"x":1}', '{', 42]) sockets.last.listener.received(text);
  assert.equal(events.length, 0);
  assert.equal(states.at(-1), 'ready');
});
