/* Where the message list stands: at the end and following it, or somewhere above and staying
 * there, whatever is added before or after.  Also knows what has come into sight. */
import { useSignal, type Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Item } from './timeline';

const NEAR_END_PX = 72;
const NEAR_START_PX = 600;

export interface Scroll {
  list: RefObject<HTMLDivElement | null>;
  atEnd: Signal<boolean>;
  toEnd: () => void;
  /* Brings a row into the middle, and the focus to it. */
  show: (seq: number) => void;
}

export interface ScrollOptions {
  items: readonly Item[];
  ready: boolean; // the newest messages are there
  follows: boolean; // the end of what is shown is the newest
  onNearStart: () => void;
  onNearEnd: () => void; // when that is not the newest
  /* The last stored row in sight, after every change. */
  onSeen: (seq: number, atEnd: boolean) => void;
}

interface Anchor {
  element: Element;
  top: number;
}

export function useScroll(options: ScrollOptions): Scroll {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const placed = useRef(false);
  const anchor = useRef<Anchor | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const last = options.items.at(-1);

  const toEnd = (): void => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  /* Notes where we are now, so that the next change can come back to it. */
  const look = (): void => {
    const element = list.current;
    if (!element || !placed.current) return;
    const { follows } = latest.current;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    atEnd.value = follows && below < NEAR_END_PX;
    if (!follows && below < NEAR_START_PX) latest.current.onNearEnd();
    anchor.current = topmost(element);
    const seq = lastInSight(element);
    if (seq !== null) latest.current.onSeen(seq, atEnd.value);
    if (element.scrollTop < NEAR_START_PX) latest.current.onNearStart();
  };

  const show = (seq: number): void => {
    const element = list.current;
    const row = element?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    if (!element || !row) return;
    const spare = Math.max(0, element.clientHeight - row.offsetHeight);
    element.scrollTop += offsetIn(element, row) - spare / 2;
    (row.matches('[tabindex]') ? row : row.querySelector<HTMLElement>('[tabindex]'))?.focus({
      preventScroll: true,
    });
    look();
  };

  const keep = (): void => {
    const element = list.current;
    const held = anchor.current;
    if (!element) return;
    if (atEnd.peek() && latest.current.follows) toEnd();
    else if (held?.element.isConnected) {
      element.scrollTop += offsetIn(element, held.element) - held.top;
    }
    look();
  };

  const mineLast = last?.kind === 'pending' ? last.key : null;
  useLayoutEffect(() => {
    if (mineLast !== null) atEnd.value = true; // what I just wrote is what I want to see
  }, [mineLast]);

  useLayoutEffect(() => {
    if (!options.ready) return;
    if (!placed.current) {
      placed.current = true;
      atEnd.value = !toUnread(list.current);
    }
    keep();
  }, [options.items, options.ready]);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      keep();
    });
    // Its own size changes with the window, that of its content with whatever is added.
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  return { list, atEnd, toEnd, show };
}

function offsetIn(list: Element, element: Element): number {
  return element.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

/* Puts the line above the new messages near the top; false: there is none, or all fits anyway. */
function toUnread(list: HTMLElement | null): boolean {
  const line = list?.querySelector('[data-unread]');
  if (!list || !line) return false;
  list.scrollTop += offsetIn(list, line) - 12;
  return list.scrollHeight - list.scrollTop - list.clientHeight >= NEAR_END_PX;
}

/* How many rows, from the first, begin above this line of the screen. */
function countAbove(rows: NodeListOf<HTMLElement>, line: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const above = (rows[middle]?.getBoundingClientRect().top ?? line) < line;
    if (above) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The first row that begins in sight, or the one that fills all of it. */
function topmost(list: Element): Anchor | null {
  const rows = list.querySelectorAll<HTMLElement>('[data-seq]');
  const count = countAbove(rows, list.getBoundingClientRect().top);
  const element = rows[Math.min(count, rows.length - 1)];
  return element ? { element, top: offsetIn(list, element) } : null;
}

function lastInSight(list: Element): number | null {
  const rows = list.querySelectorAll<HTMLElement>('[data-seq]');
  const row = rows[countAbove(rows, list.getBoundingClientRect().bottom - 16) - 1];
  return row ? Number(row.dataset['seq']) : null;
}
