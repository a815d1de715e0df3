/* What this device keeps between visits, per user.  Speed, never truth: everything in it but the
 * outbox, the uploads and the drafts can be had from the server again, and writes are not waited
 * for. */
import type { Me } from '../api/account';
import type { Message } from '../api/chat';
import type { Block, Friend, FriendRequest } from '../api/social';
import type { LocalDraft } from './drafts';
import type { Head } from './head';
import type { OutboxEntry } from './outbox_entry';
import type { StoredUpload, UploadFiles, UploadRecord } from './uploads';

export interface Contacts {
  friends: Friend[];
  incoming: FriendRequest[];
  outgoing: FriendRequest[];
  blocks?: Block[]; // not kept by earlier versions
}

export interface Snapshot {
  me: Me | null;
  heads: Head[];
  contacts: Contacts | null;
  outbox: OutboxEntry[];
  uploads: StoredUpload[];
  drafts: ReadonlyMap<number, LocalDraft>;
}

export interface Cache {
  snapshot(): Promise<Snapshot>;
  /* The newest rows that are kept, ascending. */
  messages(conversation: number, limit: number): Promise<Message[]>;

  putMe(me: Me): void;
  putContacts(contacts: Contacts): void;
  putHead(head: Head): void;
  putMessages(messages: readonly Message[]): void;
  putDraft(conversation: number, draft: LocalDraft): void;
  /* Resolves when it is safe on the device. */
  putOutbox(entry: OutboxEntry): Promise<void>;
  removeOutbox(clientKey: string): void;
  /* The files only the first time; resolves when it is safe on the device. */
  putUpload(record: UploadRecord, files?: UploadFiles): Promise<void>;
  upload(key: string): Promise<UploadRecord | undefined>;
  removeUpload(key: string): void;
  /* All of them, or those before a row. */
  removeMessages(conversation: number, before?: number): void;
  removeConversation(conversation: number): void;
  /* Everything of this user is gone; the cache takes nothing from then on. */
  destroy(): Promise<void>;
}

export type OpenCache = (userId: number) => Promise<Cache>;

/* Keeps nothing: for browsers that refuse storage. */
export const NO_CACHE: Cache = {
  snapshot: () =>
    Promise.resolve({
      me: null,
      heads: [],
      contacts: null,
      outbox: [],
      uploads: [],
      drafts: new Map(),
    }),
  messages: () => Promise.resolve([]),
  putMe: () => undefined,
  putContacts: () => undefined,
  putHead: () => undefined,
  putMessages: () => undefined,
  putDraft: () => undefined,
  putOutbox: () => Promise.resolve(),
  removeOutbox: () => undefined,
  putUpload: () => Promise.reject(new Error('This browser keeps nothing.')),
  upload: () => Promise.resolve(undefined),
  removeUpload: () => undefined,
  removeMessages: () => undefined,
  removeConversation: () => undefined,
  destroy: () => Promise.resolve(),
};
