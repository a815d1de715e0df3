/* Tells the server what has arrived here and what was read: gathered for a moment, sent together,
 * repeated until it is taken.  Only the highest of each matters. */
import type { ChatApi, Receipt } from '../api/chat';
import { ApiError } from '../api/errors';
import { backOff, type Timers } from './environment';
import type { Lead } from './lead';

interface Mark {
  delivered: number;
  read: number;
}

export interface ReceiptsOptions {
  chat: Pick<ChatApi, 'receipts'>;
  timers: Timers;
  lead: Pick<Lead, 'leads'>;
}

const GATHER_MS = 250;
const FIRST_RETRY_MS = 2000;
const SLOWEST_RETRY_MS = 60_000;
const MOST_AT_ONCE = 100;

export class Receipts {
  readonly #options: ReceiptsOptions;
  readonly #owed = new Map<number, Mark>();
  readonly #told = new Map<number, Mark>();
  #cancel: (() => void) | null = null;
  #failures = 0;
  #most = MOST_AT_ONCE;
  #sending = false;
  #stopped = false;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /* All tabs have it as soon as one has: that one tells. */
  delivered(conversation: number, seq: number): void {
    if (this.#options.lead.leads) this.#owe(conversation, { delivered: seq, read: 0 });
  }

  read(conversation: number, seq: number): void {
    this.#owe(conversation, { delivered: seq, read: seq });
  }

  /* I am in it no longer: what I read there is nobody's business. */
  forget(conversation: number): void {
    this.#owed.delete(conversation);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #owe(conversation: number, mark: Mark): void {
    const told = this.#told.get(conversation);
    if (told && told.delivered >= mark.delivered && told.read >= mark.read) return;
    this.#owed.set(conversation, higher(this.#owed.get(conversation), mark));
    this.#schedule(GATHER_MS);
  }

  #schedule(ms: number): void {
    if (this.#cancel || this.#sending || this.#stopped) return;
    this.#cancel = this.#options.timers.after(ms, () => {
      this.#cancel = null;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = [...this.#owed].slice(0, this.#most);
    if (batch.length === 0) return;
    for (const [id] of batch) this.#owed.delete(id);
    this.#sending = true;
    let wait = GATHER_MS;
    try {
      await this.#options.chat.receipts(batch.map(toReceipt));
      this.#failures = 0;
      for (const [id, mark] of batch) this.#told.set(id, higher(this.#told.get(id), mark));
    } catch (error) {
      wait = this.#failed(batch, error);
    }
    this.#sending = false;
    if (this.#owed.size > 0) this.#schedule(wait);
    else this.#most = MOST_AT_ONCE;
  }

  /* How long to wait before the next attempt. */
  #failed(batch: [number, Mark][], error: unknown): number {
    // Refused: one of them is none of our business any more.  Alone, each is taken or dropped.
    const refused = error instanceof ApiError && !error.passing;
    if (refused && batch.length === 1) return GATHER_MS;
    if (refused) this.#most = 1;
    for (const [id, mark] of batch) this.#owed.set(id, higher(this.#owed.get(id), mark));
    this.#failures += 1;
    return backOff(this.#options.timers, this.#failures - 1, FIRST_RETRY_MS, SLOWEST_RETRY_MS);
  }
}

function higher(one: Mark | undefined, other: Mark): Mark {
  return {
    delivered: Math.max(one?.delivered ?? 0, other.delivered),
    read: Math.max(one?.read ?? 0, other.read),
  };
}

function toReceipt([id, mark]: [number, Mark]): Receipt {
  return {
    conversation_id: id,
    delivered_seq: mark.delivered,
    ...(mark.read > 0 ? { read_seq: mark.read } : {}),
  };
}
