/* A world under the tests' control: time, sockets, attention, storage, and a small server. */
import type {
  Draft,
  ConversationHead,
  Message,
  Page,
  PageRange,
  Receipt,
  Sync,
} from '../src/api/chat';
import { ApiError, Unreachable } from '../src/api/errors';
import type { Change, Environment, Timers } from '../src/store/environment';
import type { OpenSocket, SocketListener } from '../src/store/live';

export { MemoryCache } from './memory_cache';

/* Lets everything that waits for promises go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
}

export class FakeTimers implements Timers {
  time = 1_790_000_000_000;
  #next = 1;
  readonly #pending = new Map<number, { at: number; work: () => void }>();

  now(): number {
    return this.time;
  }
  random(): number {
    return 0.5;
  } // no jitter
  after(ms: number, work: () => void): () => void {
    const id = this.#next++;
    this.#pending.set(id, { at: this.time + ms, work });
    return () => {
      this.#pending.delete(id);
    };
  }

  /* Time passes, and what is due happens in order. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const due = [...this.#pending]
        .filter(([, { at }]) => at <= end)
        .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
      if (!due) break;
      this.#pending.delete(due[0]);
      this.time = Math.max(this.time, due[1].at);
      due[1].work();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

export class FakeEnvironment implements Environment {
  isOnline = true;
  isVisible = true;
  isAttended = true;
  inputAt = Number.MAX_SAFE_INTEGER;
  readonly #listeners = new Set<(change: Change) => void>();

  online(): boolean {
    return this.isOnline;
  }
  visible(): boolean {
    return this.isVisible;
  }
  attended(): boolean {
    return this.isAttended;
  }
  lastInput(): number {
    return this.inputAt;
  }
  watch(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  closeCode = 0;
  constructor(
    readonly url: string,
    readonly protocol: string,
    readonly listener: SocketListener,
  ) {}
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(code: number): void {
    this.closed = true;
    this.closeCode = code;
  }
  frame(frame: unknown): void {
    this.listener.received(JSON.stringify(frame));
  }
  welcome(session = 's1', resumed = false): void {
    this.listener.opened();
    this.frame({ op: 'welcome', session, resumed, heartbeat: 25 });
  }
}

export class FakeSockets {
  readonly all: FakeSocket[] = [];
  readonly open: OpenSocket = (url, protocol, listener) => {
    const socket = new FakeSocket(url, protocol, listener);
    this.all.push(socket);
    return socket;
  };
  get last(): FakeSocket {
    const socket = this.all.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }
}

export function message(
  conversation: number,
  seq: number,
  sender = 2,
  key = `k${seq}`,
  text = `text ${seq}`,
): Message {
  return {
    conversation_id: conversation,
    seq,
    ordinal: seq,
    sender_id: sender,
    client_key: key,
    kind: 'text',
    body: { text },
    reply_to: null,
    reactions: [],
    created_at: 1_790_000_000_000 + seq * 1000,
    edited_at: null,
    recalled_at: null,
    pinned_at: null,
    changed_seq: null,
    hidden: false,
  };
}

export const PEER = {
  id: 2,
  username: 'bob',
  nickname: 'Bob',
  avatar: null,
  bio: '',
  gender: '' as const,
  region: '',
};

export function head(
  id: number,
  last: Message | null,
  more: Partial<ConversationHead> = {},
): ConversationHead {
  return {
    id,
    kind: 'direct',
    peer: PEER,
    last_seq: last?.seq ?? 0,
    last_message: last,
    unread: 0,
    read_seq: 0,
    peer_read_seq: 0,
    peer_delivered_seq: 0,
    pinned: false,
    notify: true,
    updated_at: last?.created_at ?? 1,
    ...more,
  };
}

/* One person's view of a server with one conversation (id 7, with PEER); `down` makes it fail. */
export class FakeServer {
  readonly rows: Message[] = [];
  down: Error | null = null;
  readSeq = 0;
  deliveredSeq = 0;
  syncs = 0;
  pages = 0;
  sends: string[] = [];
  constructor(readonly me = 1) {}

  write(sender: number, key: string, text: string): Message {
    const made = message(7, this.rows.length + 1, sender, key, text);
    this.rows.push(made);
    if (sender === this.me) this.readSeq = made.seq;
    return made;
  }

  head(): ConversationHead {
    return head(7, this.rows.at(-1) ?? null, {
      unread: this.rows.length - this.readSeq,
      read_seq: this.readSeq,
    });
  }

  readonly chat = {
    sync: async (etag: string | null): Promise<{ sync: Sync; etag: string } | null> => {
      this.syncs += 1;
      this.#check();
      const now = `"${this.rows.length}.${this.readSeq}"`;
      const windows = { edit_window: 60, recall_window: 30 };
      const told = { notifications_unread: 0, server_time: 0, ...windows };
      const sync = { conversations: [this.head()], ...told };
      return Promise.resolve(etag === now ? null : { sync, etag: now });
    },
    conversation: (): Promise<ConversationHead> => Promise.resolve(this.head()),
    page: async (_: number, range: PageRange, limit: number): Promise<Page> => {
      this.pages += 1;
      this.#check();
      if ('after' in range) {
        const rest = this.rows.filter(({ seq }) => seq > range.after);
        return Promise.resolve({ messages: rest.slice(0, limit), more: rest.length > limit });
      }
      const before = this.rows.filter(
        ({ seq }) => seq < ('before' in range ? range.before : Infinity),
      );
      return Promise.resolve({ messages: before.slice(-limit), more: before.length > limit });
    },
    send: async (_: number, draft: Draft): Promise<Message> => {
      this.sends.push(draft.client_key);
      this.#check();
      const known = this.rows.find(
        (row) => row.sender_id === this.me && row.client_key === draft.client_key,
      );
      const sent = known ?? this.write(this.me, draft.client_key, draft.body.text);
      sent.reply_to = draft.reply_to ?? null;
      return Promise.resolve(sent);
    },
    receipts: async (receipts: Receipt[]): Promise<void> => {
      this.#check();
      for (const { read_seq, delivered_seq } of receipts) {
        this.readSeq = Math.max(this.readSeq, read_seq ?? 0);
        this.deliveredSeq = Math.max(this.deliveredSeq, delivered_seq ?? 0);
      }
      return Promise.resolve();
    },
    liveTicket: async () => {
      this.#check();
      return Promise.resolve({ ticket: 't', url: '/live', expires_in: 30 });
    },
  };

  #check(): void {
    if (this.down) throw this.down;
  }
}

export const noNetwork = new Unreachable(new Error('cut'));
export function refusal(status: number, code: string, retryAfter: number | null = null): ApiError {
  return new ApiError(status, code, code, null, null, retryAfter);
}
