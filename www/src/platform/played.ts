/* Which voices were listened to on this device, by their media. */
import { signal, type Signal } from '@preact/signals';

const KEY = 'hichat.played';
const MOST = 1000;

export const played: Signal<ReadonlySet<number>> = signal(stored());

export function setPlayed(media: number): void {
  if (played.peek().has(media)) return;
  const latest = [...played.peek(), media].slice(-MOST);
  played.value = new Set(latest);
  try {
    localStorage.setItem(KEY, latest.join(' '));
  } catch {
    // it holds until the page is closed
  }
}

function stored(): ReadonlySet<number> {
  try {
    return new Set((localStorage.getItem(KEY) ?? '').split(' ').map(Number).filter(Boolean));
  } catch {
    return new Set();
  }
}
