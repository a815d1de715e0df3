/* What of some kinds a conversation holds, in an unbroken piece that grows at both ends: the rest
 * is asked for, and what comes in the stream follows.  Its rows are kept apart, where they change
 * as those of the stream do. */
import { computed, effect, signal, untracked, type Signal } from '@preact/signals-core';
import type { ChatApi, Message } from '../api/chat';
import { codeOf } from '../api/errors';
import type { MediaKind } from '../api/media';
import { keepApart, rowOf } from './apart';
import type { Conversation } from './conversations';
import type { Stream } from './stream';

const PAGE = 60;

interface Piece {
  seqs: readonly number[]; // ascending
  low: number; // everything of these kinds is known from here on
  high: number; // up to here
  oldest: boolean; // there is nothing below
  newest: boolean; // nothing above that is not in the stream
}

export interface ShelfOptions {
  me: number;
  chat: Pick<ChatApi, 'page'>;
  conversation: Conversation;
  kinds: readonly MediaKind[];
}

export class Shelf {
  readonly busy = signal(false);
  readonly failure: Signal<string | null> = signal(null); // a code of the API
  readonly rows = computed(() =>
    this.#piece.value.seqs.flatMap((seq) => {
      const row = rowOf(this.#options.conversation, seq);
      return row && isThere(row) ? [row] : [];
    }),
  );
  readonly complete = computed(() => this.#piece.value.oldest);
  readonly #options: ShelfOptions;
  readonly #piece: Signal<Piece>;

  /* Begins with what is loaded of the stream, or with a piece further up. */
  constructor(options: ShelfOptions, from: Stream) {
    this.#options = options;
    this.#piece = signal(this.#begun(from));
  }

  /* Goes on with the stream until the returned function is called. */
  follow(): () => void {
    const { stream, apart } = this.#options.conversation;
    return effect(() => {
      const [{ rows, loaded }, known] = [stream.value, apart.value];
      if (loaded)
        untracked(() => {
          this.#take(rows, known);
        });
    });
  }

  older(): Promise<void> {
    const { oldest, low } = this.#piece.peek();
    return oldest ? Promise.resolve() : this.#ask({ before: low });
  }

  newer(): Promise<void> {
    const { newest, high } = this.#piece.peek();
    return newest ? Promise.resolve() : this.#ask({ after: high });
  }

  #begun({ rows, last, complete }: Stream): Piece {
    const { stream } = this.#options.conversation;
    return {
      seqs: this.#keep(rows),
      low: rows[0]?.seq ?? last + 1,
      high: last,
      oldest: complete,
      newest: last >= stream.peek().last,
    };
  }

  #take(rows: readonly Message[], known: ReadonlyMap<number, Message | null>): void {
    const piece = this.#piece.peek();
    const { stream } = this.#options.conversation;
    const forgotten = piece.seqs.some((seq) => !known.has(seq));
    const torn = piece.newest && (rows[0]?.seq ?? 0) > piece.high + 1;
    if (forgotten || torn) this.#piece.value = this.#begun(stream.peek());
    else if (piece.newest && stream.peek().last > piece.high) {
      const fresh = this.#keep(rows.filter(({ seq }) => seq > piece.high));
      const { last: high } = stream.peek();
      this.#piece.value = { ...piece, seqs: [...piece.seqs, ...fresh], high };
    }
  }

  async #ask(range: { before: number } | { after: number }): Promise<void> {
    if (this.busy.peek()) return;
    const { chat, conversation, kinds } = this.#options;
    const before = this.#piece.peek();
    const { last } = conversation.stream.peek();
    this.busy.value = true;
    this.failure.value = null;
    try {
      const { messages, more } = await chat.page(conversation.id, range, PAGE, kinds);
      const now = this.#piece.peek();
      if (now.low !== before.low) return; // begun anew meanwhile
      const seqs = this.#keep(messages);
      if ('before' in range) {
        const low = seqs[0] ?? now.low;
        this.#piece.value = { ...now, seqs: [...seqs, ...now.seqs], low, oldest: !more };
      } else if (now.high === before.high) {
        const high = more ? (seqs.at(-1) ?? now.high) : Math.max(last, seqs.at(-1) ?? 0);
        this.#piece.value = { ...now, seqs: [...now.seqs, ...seqs], high, newest: !more };
      }
    } catch (error) {
      this.failure.value = codeOf(error);
    } finally {
      this.busy.value = false;
    }
  }

  #keep(rows: readonly Message[]): number[] {
    const { me, conversation, kinds } = this.#options;
    const those = rows.filter((row) => kinds.includes(row.kind as MediaKind) && isThere(row));
    if (those.length > 0) keepApart(conversation, those, me);
    return those.map(({ seq }) => seq);
  }
}

/* Neither recalled nor deleted by me. */
function isThere({ body, hidden }: Message): boolean {
  return body !== null && !hidden;
}
