/* What I show of myself decides what I see of others: whatever is known of them is asked for again
 * when it changes, here or on another device. */
import { effect, type Signal } from '@preact/signals-core';
import type { Me } from '../api/account';

export interface OpennessOptions {
  me: Signal<Me | null>;
  onReceipts: () => void;
  onPresence: () => void;
}

/* Stops it. */
export function followOpenness({ me, onReceipts, onPresence }: OpennessOptions): () => void {
  let known = me.peek();
  return effect(() => {
    const before = known;
    const now = (known = me.value);
    if (before === null || now === null) return;
    if (before.sends_read_receipts !== now.sends_read_receipts) onReceipts();
    if (before.shows_presence !== now.shows_presence) onPresence();
  });
}
