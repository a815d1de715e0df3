/* Which messages of a conversation are chosen, to do something to all of them. */
import { signal, useComputed, type Signal } from '@preact/signals';
import type { Message } from '../../api/chat';
import { MOST_MESSAGES } from '../../store/forwards';
import { isReadable } from '../../store/stream';
import type { Talk } from './talk';

export class Selection {
  /* null: one does not choose. */
  readonly seqs: Signal<ReadonlySet<number> | null> = signal(null);
  #anchor = 0; // where a range begins

  begin(seq: number): void {
    this.#anchor = seq;
    this.seqs.value = new Set([seq]);
  }

  end(): void {
    this.seqs.value = null;
  }

  /* false: no more can be chosen at once. */
  toggle(seq: number): boolean {
    const next = new Set(this.seqs.peek());
    if (!next.delete(seq)) next.add(seq);
    if (next.size > MOST_MESSAGES) return false;
    this.#anchor = seq;
    this.seqs.value = next;
    return true;
  }

  /* Everything from where the last choice was made, as far as there is room. */
  extend(seq: number, rows: readonly Message[]): boolean {
    const next = new Set(this.seqs.peek());
    const [from, to] = [Math.min(this.#anchor, seq), Math.max(this.#anchor, seq)];
    for (const row of rows)
      if (row.seq >= from && row.seq <= to && isChoosable(row)) next.add(row.seq);
    if (next.size > MOST_MESSAGES) return false;
    this.seqs.value = next;
    return true;
  }
}

/* Somebody said it, and it is still there. */
export function isChoosable(row: Message): boolean {
  return isReadable(row) && row.kind !== 'system' && row.body !== null;
}

export function useSelecting({ selection }: Talk): boolean {
  return useComputed(() => selection.seqs.value !== null).value;
}

/* Those that were not recalled or deleted meanwhile, in their order. */
export function chosenIn(talk: Talk): Message[] {
  return [...(talk.selection.seqs.value ?? [])]
    .sort((a, b) => a - b)
    .flatMap((seq) => talk.message(seq) ?? [])
    .filter(isChoosable);
}
