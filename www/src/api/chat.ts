/* chat: conversations, messages, receipts, sync and the tickets of live connections. */
import type { User } from './account';
import type { Authority } from './authority';
import type { GroupHead } from './groups';
import type { MediaKind } from './media';

export interface Message {
  conversation_id: number;
  seq: number;
  ordinal: number;
  sender_id: number;
  client_key: string;
  kind: string;
  body: Record<string, unknown> | null; // null: recalled, or hidden
  reply_to: number | null;
  mentions?: number[]; // in groups; 0: everybody
  reactions: Reaction[]; // in the order of their first use
  created_at: number;
  edited_at: number | null;
  recalled_at: number | null;
  pinned_at: number | null;
  changed_seq: number | null; // the latest row whose change it has in it
  hidden: boolean; // I deleted it for myself
}

export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
  user_ids: number[]; // the first of them only
}

export interface ConversationHead {
  id: number;
  kind: 'direct' | 'group';
  peer?: User | null;
  group?: GroupHead | null;
  last_seq: number;
  last_message: Message | null;
  unread: number;
  mentioned: number; // unread messages that name me
  mention_seqs: readonly number[]; // the first of these, ascending
  read_seq: number;
  cleared_seq: number; // everything up to here is hidden from me
  read_receipts: boolean; // it is told here what was read
  peer_read_seq: number;
  peer_delivered_seq: number;
  pinned: boolean;
  notify: boolean;
  hidden: boolean; // not listed until somebody says something
  marked_unread: boolean; // by my own hand
  draft: Unsent | null;
  draft_updated_at: number; // or when it was cleared; 0: never
  updated_at: number;
}

/* What I began to write, on whatever device. */
export interface Unsent {
  text: string;
  reply_to: number | null;
  updated_at: number;
}

/* What I change about a conversation for myself. */
export interface ConversationChange {
  pinned?: boolean;
  notify?: boolean;
  hidden?: boolean;
  marked_unread?: boolean;
  cleared_seq?: number;
  draft?: { text: string; reply_to?: number | null };
}

export interface Sync {
  conversations: ConversationHead[];
  notifications_unread: number;
  moments_unread: number; // what was said to me
  moments_new: boolean; // there are posts that I have not seen
  poll_url?: string | null; // touched whenever this changes, where there is no live connection
  edit_window: number; // for how many seconds one may; 0: always
  recall_window: number;
  server_time: number;
}

export interface Page {
  messages: Message[];
  more: boolean;
}

export interface SearchPage {
  results: { conversation_id: number; message: Message }[];
  more: boolean;
  next: string | null; // where the next page begins
  complete: boolean; // false: not everything is indexed yet
}

const RESULTS = 30; // of a page of a search

export interface SearchRange {
  conversation?: number;
  before?: string;
}

/* What can be sent. */
export type Content =
  | { kind: 'text'; body: { text: string } }
  | { kind: 'contact'; body: { user_id: number } }
  | { kind: MediaKind; body: { media_id: number } }
  | { kind: 'sticker'; body: { sticker_id: number } };

export type Draft = Content & {
  client_key: string;
  reply_to?: number;
  mentions?: number[];
  mention_all?: boolean;
};

export interface Receipt {
  conversation_id: number;
  delivered_seq?: number;
  read_seq?: number;
}

export interface LiveTicket {
  ticket: string;
  url: string;
  expires_in: number;
}

export type PageRange = { before: number } | { after: number } | Record<string, never>;

export class ChatApi {
  constructor(private readonly authority: Authority) {}

  /* null: nothing changed since that ETag. */
  async sync(etag: string | null): Promise<{ sync: Sync; etag: string | null } | null> {
    const answer = await this.authority.send<Sync>({ method: 'GET', path: '/chat/sync', etag });
    return answer.status === 304 ? null : { sync: answer.body, etag: answer.etag };
  }

  /* The new ETag of a poll file; null: it is the same. */
  poll(url: string, etag: string | null): Promise<string | null> {
    return this.authority.file(url, etag);
  }

  async open(userId: number): Promise<ConversationHead> {
    const answer = await this.authority.send<{ conversation: ConversationHead }>({
      method: 'POST',
      path: '/chat/conversations',
      body: { user_id: userId },
    });
    return answer.body.conversation;
  }

  async conversation(id: number): Promise<ConversationHead> {
    const answer = await this.authority.send<{ conversation: ConversationHead }>({
      method: 'GET',
      path: `/chat/conversations/${id}`,
    });
    return answer.body.conversation;
  }

  async change(id: number, change: ConversationChange): Promise<ConversationHead> {
    const answer = await this.authority.send<{ conversation: ConversationHead }>({
      method: 'PATCH',
      path: `/chat/conversations/${id}`,
      body: change,
    });
    return answer.body.conversation;
  }

  /* Of everything, or of what carries media of some kinds. */
  async page(
    conversation: number,
    range: PageRange,
    limit: number,
    kinds?: readonly MediaKind[],
  ): Promise<Page> {
    const answer = await this.authority.send<Page>({
      method: 'GET',
      path: `/chat/conversations/${conversation}/messages`,
      query: { ...range, limit, kinds: kinds?.join(',') },
    });
    return answer.body;
  }

  async search(query: string, range: SearchRange): Promise<SearchPage> {
    const answer = await this.authority.send<SearchPage>({
      method: 'GET',
      path: '/chat/search',
      query: { query, ...range, limit: RESULTS },
    });
    return answer.body;
  }

  async send(conversation: number, draft: Draft): Promise<Message> {
    const answer = await this.authority.send<{ message: Message }>({
      method: 'POST',
      path: `/chat/conversations/${conversation}/messages`,
      body: draft,
    });
    return answer.body.message;
  }

  async receipts(receipts: Receipt[]): Promise<void> {
    await this.authority.send({ method: 'POST', path: '/chat/receipts', body: { receipts } });
  }

  async liveTicket(): Promise<LiveTicket> {
    const answer = await this.authority.send<LiveTicket>({
      method: 'POST',
      path: '/chat/live-tickets',
      body: {},
    });
    return answer.body;
  }
}
