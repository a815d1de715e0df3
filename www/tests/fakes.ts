/* A world under the tests' control: time, sockets, attention, storage, and a small server. */
import type {
  Draft,
  ConversationChange,
  ConversationHead,
  Message,
  Page,
  PageRange,
  Receipt,
  Sync,
} from '../src/api/chat';
import { ApiError, Unreachable } from '../src/api/errors';
import type { Timers } from '../src/store/environment';

export { MemoryCache } from './memory_cache';

export { FakeEnvironment, FakeSocket, FakeSockets } from './fake_browser';

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
    mentioned: 0,
    mention_seqs: [],
    read_seq: 0,
    cleared_seq: 0,
    read_receipts: true,
    peer_read_seq: 0,
    peer_delivered_seq: 0,
    pinned: false,
    notify: true,
    hidden: false,
    marked_unread: false,
    draft: null,
    draft_updated_at: 0,
    updated_at: last?.created_at ?? 1,
    ...more,
  };
}

/* One person's view of a server with one conversation (id 7, with PEER); `down` makes it fail. */
export class FakeServer {
  readonly rows: Message[] = [];
  down: Error | null = null;
  clock: () => number = () => 0;
  #version = 0;
  readSeq = 0;
  deliveredSeq = 0;
  syncs = 0;
  pages = 0;
  sends: string[] = [];
  /* What the person set there, and what was asked for. */
  settings: Partial<ConversationHead> = {};
  changes: ConversationChange[] = [];
  constructor(readonly me = 1) {}

  /* As another device of the person would. */
  set({ draft, ...change }: ConversationChange, at: number): ConversationHead {
    this.settings = { ...this.settings, ...change };
    if (draft) {
      const { text, reply_to = null } = draft;
      this.settings.draft = text === '' ? null : { text, reply_to, updated_at: at };
      this.settings.draft_updated_at = at;
    }
    this.#version += 1;
    return this.head();
  }

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
      ...this.settings,
    });
  }

  readonly chat = {
    sync: async (etag: string | null): Promise<{ sync: Sync; etag: string } | null> => {
      this.syncs += 1;
      this.#check();
      const now = `"${this.rows.length}.${this.readSeq}.${this.#version}"`;
      const windows = { edit_window: 60, recall_window: 30 };
      const told = {
        notifications_unread: 0,
        moments_unread: 0,
        moments_new: false,
        server_time: this.clock(),
        ...windows,
      };
      const sync = { conversations: this.settings.hidden ? [] : [this.head()], ...told };
      return Promise.resolve(etag === now ? null : { sync, etag: now });
    },
    conversation: (): Promise<ConversationHead> => Promise.resolve(this.head()),
    change: async (_: number, change: ConversationChange): Promise<ConversationHead> => {
      this.changes.push(change);
      this.#check();
      return Promise.resolve(this.set(change, this.clock()));
    },
    page: async (
      _: number,
      range: PageRange,
      limit: number,
      kinds?: readonly string[],
    ): Promise<Page> => {
      this.pages += 1;
      this.#check();
      const all = this.rows.filter(
        ({ kind, body }) => !kinds || (kinds.includes(kind) && body !== null),
      );
      if ('after' in range) {
        const rest = all.filter(({ seq }) => seq > range.after);
        return Promise.resolve({ messages: rest.slice(0, limit), more: rest.length > limit });
      }
      const before = all.filter(({ seq }) => seq < ('before' in range ? range.before : Infinity));
      return Promise.resolve({ messages: before.slice(-limit), more: before.length > limit });
    },
    send: async (_: number, draft: Draft): Promise<Message> => {
      this.sends.push(draft.client_key);
      this.#check();
      const known = this.rows.find(
        (row) => row.sender_id === this.me && row.client_key === draft.client_key,
      );
      const sent = known ?? this.write(this.me, draft.client_key, '');
      Object.assign(sent, { kind: draft.kind, body: draft.body });
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
