/* The cache in IndexedDB: one database per user, gone at log-out.  The factory is passed in, so
 * nothing here needs a browser around it. */
import type { Me } from '../api/account';
import type { Message } from '../api/chat';
import type { Cache, Contacts, Snapshot } from './cache';
import type { LocalDraft } from './drafts';
import type { Head } from './head';
import type { OutboxEntry } from './outbox_entry';
import type { StoredUpload, UploadFiles, UploadRecord } from './uploads';

const VERSION = 3;

type StoreName = 'profile' | 'head' | 'message' | 'outbox' | 'upload' | 'file' | 'draft';

/* What the server does not have. */
const PRECIOUS = ['outbox', 'upload', 'file'];

export async function openIndexedDb(factory: IDBFactory, userId: number): Promise<Cache> {
  const name = `hichat-${userId}`;
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = () => {
    createStores(opening.result);
  };
  const database = await done(opening);
  // Another tab logs out, or brings a newer version: never stand in its way.
  database.onversionchange = () => {
    database.close();
  };
  return new IndexedDbCache(factory, name, database);
}

/* What another version kept has another shape, and comes from the server again. */
function createStores(database: IDBDatabase): void {
  for (const name of [...database.objectStoreNames])
    if (!PRECIOUS.includes(name)) database.deleteObjectStore(name);
  database.createObjectStore('profile');
  database.createObjectStore('head', { keyPath: 'id' });
  database.createObjectStore('message', { keyPath: ['conversation_id', 'seq'] });
  database.createObjectStore('draft');
  if (!database.objectStoreNames.contains('outbox'))
    database.createObjectStore('outbox', { keyPath: 'client_key' });
  if (!database.objectStoreNames.contains('upload')) {
    database.createObjectStore('upload', { keyPath: 'key' });
    database.createObjectStore('file'); // apart: a record changes, its files do not
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB failed'));
    };
  });
}

/* All rows of a conversation, or those before one: an array sorts above every number. */
function rowsOf(conversation: number, before?: number): IDBKeyRange {
  return IDBKeyRange.bound([conversation], [conversation, before ?? []], false, true);
}

class IndexedDbCache implements Cache {
  constructor(
    private readonly factory: IDBFactory,
    private readonly name: string,
    private readonly database: IDBDatabase,
  ) {}

  async snapshot(): Promise<Snapshot> {
    const reading = this.database.transaction([
      'profile',
      'head',
      'outbox',
      'upload',
      'file',
      'draft',
    ]);
    const profile = reading.objectStore('profile');
    const draft = reading.objectStore('draft');
    const file = reading.objectStore('file');
    const [me, contacts, heads, outbox, records, keys, files, conversations, begun] =
      await Promise.all([
        done<Me | undefined>(profile.get('me')),
        done<Contacts | undefined>(profile.get('contacts')),
        done<Head[]>(reading.objectStore('head').getAll()),
        done<OutboxEntry[]>(reading.objectStore('outbox').getAll()),
        done<UploadRecord[]>(reading.objectStore('upload').getAll()),
        done<IDBValidKey[]>(file.getAllKeys()),
        done<UploadFiles[]>(file.getAll()),
        done<IDBValidKey[]>(draft.getAllKeys()),
        done<LocalDraft[]>(draft.getAll()),
      ]);
    const drafts = new Map(begun.map((one, index) => [Number(conversations[index]), one]));
    const kept = new Map(files.map((one, index) => [keys[index], one]));
    const uploads = records.flatMap((record): StoredUpload[] => {
      const of = kept.get(record.key);
      return of ? [{ record, files: of }] : [];
    });
    return { me: me ?? null, contacts: contacts ?? null, heads, outbox, uploads, drafts };
  }

  messages(conversation: number, limit: number): Promise<Message[]> {
    return new Promise((resolve, reject) => {
      const rows: Message[] = [];
      const walk = this.database
        .transaction('message')
        .objectStore('message')
        .openCursor(rowsOf(conversation), 'prev');
      walk.onerror = () => {
        reject(walk.error ?? new Error('IndexedDB failed'));
      };
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (cursor) rows.push(cursor.value as Message);
        if (cursor && rows.length < limit) cursor.continue();
        else resolve(rows.reverse());
      };
    });
  }

  putMe(me: Me): void {
    this.#write('profile', (store) => {
      store.put(me, 'me');
    });
  }

  putContacts(contacts: Contacts): void {
    this.#write('profile', (store) => {
      store.put(contacts, 'contacts');
    });
  }

  putHead(head: Head): void {
    this.#write('head', (store) => {
      store.put(head);
    });
  }

  putMessages(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    this.#write('message', (store) => {
      for (const message of messages) store.put(message);
    });
  }

  putDraft(conversation: number, draft: LocalDraft): void {
    this.#write('draft', (store) => {
      if (draft.text === '' && draft.told) store.delete(conversation);
      else store.put(draft, conversation);
    });
  }

  putOutbox(entry: OutboxEntry): Promise<void> {
    return this.#keep(['outbox'], (writing) => {
      writing.objectStore('outbox').put(entry);
    });
  }

  removeOutbox(clientKey: string): void {
    this.#write('outbox', (store) => {
      store.delete(clientKey);
    });
  }

  putUpload(record: UploadRecord, files?: UploadFiles): Promise<void> {
    return this.#keep(['upload', 'file'], (writing) => {
      writing.objectStore('upload').put(record);
      if (files) writing.objectStore('file').put(files, record.key);
    });
  }

  async upload(key: string): Promise<UploadRecord | undefined> {
    const reading = this.database.transaction('upload');
    return done<UploadRecord | undefined>(reading.objectStore('upload').get(key));
  }

  removeUpload(key: string): void {
    for (const name of ['upload', 'file'] as const)
      this.#write(name, (store) => {
        store.delete(key);
      });
  }

  removeMessages(conversation: number, before?: number): void {
    this.#write('message', (store) => {
      store.delete(rowsOf(conversation, before));
    });
  }

  removeConversation(conversation: number): void {
    this.removeMessages(conversation);
    this.#write('head', (store) => {
      store.delete(conversation);
    });
    this.#write('draft', (store) => {
      store.delete(conversation);
    });
  }

  async destroy(): Promise<void> {
    this.database.close();
    await done(this.factory.deleteDatabase(this.name)).catch(() => undefined);
  }

  /* Resolves when it is safe on the device. */
  #keep(names: StoreName[], work: (writing: IDBTransaction) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const writing = this.database.transaction(names, 'readwrite');
      writing.oncomplete = () => {
        resolve();
      };
      writing.onabort = () => {
        reject(writing.error ?? new Error('IndexedDB failed'));
      };
      work(writing);
    });
  }

  /* A full disk or a closed database costs speed at the next visit, and nothing else. */
  #write(name: StoreName, work: (store: IDBObjectStore) => void): void {
    try {
      work(this.database.transaction(name, 'readwrite').objectStore(name));
    } catch {
      // nothing to be done
    }
  }
}
