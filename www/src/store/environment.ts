/* What the store needs to know of the world, without a DOM: time, chance, network, attention. */

export interface Timers {
  now(): number;
  random(): number; // 0 ≤ x < 1
  /* Runs work once, later; the returned function calls it off. */
  after(ms: number, work: () => void): () => void;
}

export type Change = 'online' | 'offline' | 'attention' | 'input';

export interface Environment {
  /* false only when the device surely has no network. */
  online(): boolean;
  /* The page is on the screen. */
  visible(): boolean;
  /* The page is on the screen and is what the person looks at. */
  attended(): boolean;
  /* When a key or pointer was last used here. */
  lastInput(): number;
  /* 'attention': one of visible and attended changed; 'input': first use after a while. */
  watch(listener: (change: Change) => void): () => void;
}

/* Between (1 - spread) and (1 + spread) of ms, so that many clients do not come at once. */
export function jitter(timers: Timers, ms: number, spread = 0.25): number {
  return Math.round(ms * (1 - spread + 2 * spread * timers.random()));
}

/* The n-th wait (from 0) of a series that doubles up to a limit, jittered. */
export function backOff(timers: Timers, n: number, firstMs: number, mostMs: number): number {
  return jitter(timers, Math.min(mostMs, firstMs * 2 ** Math.min(n, 16)));
}
