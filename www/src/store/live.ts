/* The live connection, from ticket to close: hello and resume, acknowledgement, heartbeat,
 * reconnecting.  It delivers events and says whether it is up; what they mean is sync's business. */
import {
  LIVE_PROTOCOL,
  readFrame,
  type ClientFrame,
  type LiveEvent,
  type ServerFrame,
} from '../api/live';
import type { LiveTicket } from '../api/chat';
import { ApiError, SessionEnded } from '../api/errors';
import { backOff, jitter, type Timers } from './environment';

/* What of a WebSocket is needed here. */
export interface Socket {
  send(text: string): void;
  close(code: number): void;
}

export interface SocketListener {
  opened(): void;
  received(text: unknown): void;
  closed(code: number): void;
}

export type OpenSocket = (url: string, protocol: string, listener: SocketListener) => Socket;

export type LiveState = 'connecting' | 'ready' | 'lost' | 'unoffered' | 'stopped';

/* What the server calls it, and how many of its events have come. */
export interface LiveSession {
  id: string;
  received: number;
}

export interface LiveOptions {
  ticket: () => Promise<LiveTicket>;
  openSocket: OpenSocket;
  timers: Timers;
  onState: (state: LiveState) => void;
  onEvent: (event: LiveEvent) => void;
}

const WELCOME_WITHIN_MS = 8000;
export const ACK_WITHIN_MS = 800;
const ACK_EVERY = 32;
const SILENCE_MS = 60_000;
const FIRST_RETRY_MS = 500;
const EAGER_RETRY_MS = 3000; // for the first minutes: a restarted server is back soon
const EAGER_ATTEMPTS = 40;
const PATIENT_RETRY_MS = 30_000;
const UNOFFERED_MS = 300_000; // the server says it has no live connections: not asked again before

/* 1000 ends the session at the server; one that wants to resume it says a code of its own. */
const CLOSE_FOR_GOOD = 1000;
const CLOSE_TO_RESUME = 3000;
const REAUTHENTICATE = 4011;
const TOO_MANY = 4029;

export class Live {
  readonly #options: LiveOptions;
  #session: LiveSession | null = null;
  #socket: Socket | null = null;
  #ready = false;
  #attempt = 0; // of the current connection: late callbacks of earlier ones are ignored
  #failures = 0;
  #acknowledged = 0;
  #heardAt = 0;
  #cancelAck: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #unofferedAt: number | null = null;
  #stopped = true;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get session(): LiveSession | null {
    return this.#session && { ...this.#session };
  }

  /* In a session that another tab had, if there is one. */
  start(session: LiveSession | null = null): void {
    this.#session = session && { ...session };
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#drop(CLOSE_FOR_GOOD);
    this.#cancelRetry?.();
    this.#options.onState('stopped');
  }

  /* Another tab goes on in the session. */
  handOver(): LiveSession | null {
    this.#stopped = true;
    this.#drop(CLOSE_TO_RESUME);
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    return this.session;
  }

  /* The network is back, or somebody looks again: try now, and distrust a connection that slept. */
  nudge(): void {
    if (this.#stopped) return;
    if (this.#ready && this.#options.timers.now() - this.#heardAt > SILENCE_MS) this.#lose();
    const since = this.#options.timers.now() - (this.#unofferedAt ?? Infinity);
    if (since > UNOFFERED_MS) this.#connect();
    else if (this.#cancelRetry) this.#connect();
  }

  typing(conversation: number): void {
    if (this.#ready) this.#send({ op: 'typing', conversation });
  }

  #connect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#options.onState('connecting');
    this.#options.ticket().then(
      (ticket) => {
        if (attempt === this.#attempt && !this.#stopped) this.#greet(ticket);
      },
      (error: unknown) => {
        if (attempt === this.#attempt && !this.#stopped) this.#refused(error);
      },
    );
  }

  #greet(ticket: LiveTicket): void {
    if (ticket.url === '') return this.#unoffered();
    this.#unofferedAt = null;
    const attempt = this.#attempt;
    const current = (work: () => void): void => {
      if (attempt === this.#attempt) work();
    };
    this.#watch(WELCOME_WITHIN_MS);
    this.#socket = this.#options.openSocket(ticket.url, LIVE_PROTOCOL, {
      opened: () => {
        current(() => {
          this.#hello(ticket.ticket);
        });
      },
      received: (text) => {
        current(() => {
          this.#received(text);
        });
      },
      closed: (code) => {
        current(() => {
          if (code === REAUTHENTICATE && this.#ready) this.#renew();
          else this.#lose(code);
        });
      },
    });
  }

  #hello(ticket: string): void {
    const resume = this.#session && { session: this.#session.id, received: this.#session.received };
    this.#send({ op: 'hello', ticket, ...(resume ? { resume } : {}) });
  }

  #received(text: unknown): void {
    const frame = readFrame(text);
    if (!frame) return;
    this.#heardAt = this.#options.timers.now();
    if ('op' in frame) this.#operation(frame);
    else this.#event(frame);
  }

  #operation(frame: ServerFrame): void {
    if (frame.op === 'ping') this.#send({ op: 'pong' });
    if (frame.op !== 'welcome') return;
    const resumed = frame.resumed && this.#session !== null;
    if (!resumed) this.#session = { id: frame.session, received: 0 };
    this.#acknowledged = this.#session?.received ?? 0;
    this.#ready = true;
    this.#failures = 0;
    this.#watch(SILENCE_MS);
    this.#options.onState('ready');
  }

  #event(event: LiveEvent): void {
    if (!this.#session) return;
    this.#session.received += 1;
    if (this.#session.received - this.#acknowledged >= ACK_EVERY) this.acknowledge();
    this.#cancelAck ??= this.#options.timers.after(ACK_WITHIN_MS, () => {
      this.acknowledge();
    });
    this.#options.onEvent(event);
  }

  acknowledge(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    if (!this.#ready || !this.#session || this.#session.received === this.#acknowledged) return;
    this.#acknowledged = this.#session.received;
    this.#send({ op: 'ack', received: this.#acknowledged });
  }

  #send(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  /* Gives the connection up when nothing was heard for so long. */
  #watch(ms: number): void {
    this.#cancelWatch?.();
    this.#heardAt = this.#options.timers.now();
    const check = (): void => {
      const left = ms - (this.#options.timers.now() - this.#heardAt);
      if (left <= 0) return this.#lose();
      this.#cancelWatch = this.#options.timers.after(left, check);
    };
    this.#cancelWatch = this.#options.timers.after(ms, check);
  }

  #drop(code: number): void {
    this.#attempt += 1;
    this.#ready = false;
    this.#cancelAck?.();
    this.#cancelAck = null;
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#socket?.close(code);
    this.#socket = null;
  }

  /* Every connection has its time.  The session waits, so this is no loss, and none is shown. */
  #renew(): void {
    this.#drop(CLOSE_TO_RESUME);
    this.#connect();
  }

  #lose(code = 0): void {
    this.#drop(CLOSE_TO_RESUME);
    if (this.#stopped) return;
    const { timers } = this.#options;
    const eager = this.#failures < EAGER_ATTEMPTS;
    this.#retryIn(
      code === TOO_MANY
        ? jitter(timers, PATIENT_RETRY_MS)
        : backOff(
            timers,
            this.#failures,
            FIRST_RETRY_MS,
            eager ? EAGER_RETRY_MS : PATIENT_RETRY_MS,
          ),
    );
    this.#failures += 1;
    this.#options.onState('lost');
  }

  #refused(error: unknown): void {
    if (error instanceof SessionEnded) return this.stop();
    if (error instanceof ApiError && error.status === 404) return this.#unoffered();
    this.#lose();
    const wait = error instanceof ApiError ? error.retryAfter : null;
    if (wait !== null) this.#retryIn(jitter(this.#options.timers, wait * 1000, 0.1));
  }

  /* It is asked again when somebody looks: a page that lies idle costs the server nothing. */
  #unoffered(): void {
    this.#drop(CLOSE_FOR_GOOD);
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#unofferedAt = this.#options.timers.now();
    this.#options.onState('unoffered');
  }

  #retryIn(ms: number): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.timers.after(ms, () => {
      this.#connect();
    });
  }
}
