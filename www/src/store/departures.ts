/* Which conversations I am in no longer: answers and events from before that come late, and must
 * not bring them back. */
import type { ConversationHead } from '../api/chat';

interface Departure {
  generation: number; // of the list, see Conversations.adoptAll()
  seq: number; // the row of the stream as of which I am out, or one before it
}

export class Departures {
  readonly #all = new Map<number, Departure>();

  note(id: number, generation: number, seq: number): void {
    this.#all.set(id, { generation, seq });
  }

  /* I am in it again. */
  forget(id: number): void {
    this.#all.delete(id);
  }

  /* I left it in that generation or later. */
  since(id: number, generation: number): boolean {
    return (this.#all.get(id)?.generation ?? -1) >= generation;
  }

  /* How it was before I was out. */
  isPast({ id, group }: Pick<ConversationHead, 'id' | 'group'>): boolean {
    const left = this.#all.get(id);
    return left !== undefined && (group?.changed_seq ?? 0) <= left.seq;
  }
}
