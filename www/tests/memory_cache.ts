/* What a device keeps, as maps. */
import type { Message } from '../src/api/chat';
import { NO_CACHE, type Cache } from '../src/store/cache';
import type { OutboxEntry } from '../src/store/outbox_entry';
import type { UploadFiles, UploadRecord } from '../src/store/uploads';

export class MemoryCache implements Cache {
  readonly outbox = new Map<string, OutboxEntry>();
  readonly uploads = new Map<string, UploadRecord>();
  readonly files = new Map<string, UploadFiles>();
  readonly rows = new Map<number, Message[]>();
  readonly snapshot = NO_CACHE.snapshot;
  readonly putMe = NO_CACHE.putMe;
  readonly putContacts = NO_CACHE.putContacts;
  readonly putHead = NO_CACHE.putHead;
  readonly putDraft = NO_CACHE.putDraft;
  readonly removeConversation = NO_CACHE.removeConversation;
  readonly destroy = NO_CACHE.destroy;

  messages(conversation: number, limit: number): Promise<Message[]> {
    return Promise.resolve((this.rows.get(conversation) ?? []).slice(-limit));
  }
  putMessages(messages: readonly Message[]): void {
    for (const message of messages) {
      const rows = this.rows.get(message.conversation_id) ?? [];
      this.rows.set(
        message.conversation_id,
        [...rows.filter(({ seq }) => seq !== message.seq), message].sort((a, b) => a.seq - b.seq),
      );
    }
  }
  removeMessages(conversation: number, before = Infinity): void {
    const rows = this.rows.get(conversation) ?? [];
    this.rows.set(
      conversation,
      rows.filter(({ seq }) => seq >= before),
    );
  }
  putOutbox(entry: OutboxEntry): Promise<void> {
    this.outbox.set(entry.client_key, entry);
    return Promise.resolve();
  }
  removeOutbox(key: string): void {
    this.outbox.delete(key);
  }
  putUpload(record: UploadRecord, files?: UploadFiles): Promise<void> {
    this.uploads.set(record.key, record);
    if (files) this.files.set(record.key, files);
    return Promise.resolve();
  }
  upload(key: string): Promise<UploadRecord | undefined> {
    return Promise.resolve(this.uploads.get(key));
  }
  removeUpload(key: string): void {
    this.uploads.delete(key);
    this.files.delete(key);
  }
}
