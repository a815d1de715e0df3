/* Where the message list stands: at the end and following it, or somewhere above and staying
 * there, whatever is added before or after.  Only what is near is in the document; what has come
 * into sight is told. */
import { useSignal, type Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { partsOf } from './albums';
import {
  anchorAt,
  covers,
  heightOf,
  Heights,
  indexOfSeq,
  layOut,
  rangeAround,
  seqAbove,
  yOf,
  type Anchor,
  type Range,
} from './layout';
import type { Item } from './timeline';

const NEAR_END_PX = 72;
const NEAR_START_PX = 600;
const SPARE_PX = 1000; // in the document beyond the screen, and at least half of it at any time
const ABOVE_UNREAD_PX = 12;
const IN_SIGHT_PX = 16;

export interface Scroll {
  list: RefObject<HTMLDivElement | null>; // scrolls
  rows: RefObject<HTMLOListElement | null>; // has those of the range, and space for the others
  range: Range;
  atEnd: Signal<boolean>;
  toStart: () => void; // of what is loaded
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

export function useScroll(options: ScrollOptions): Scroll {
  const { items, ready } = options;
  const list = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const atEnd = useSignal(true);
  const placed = useRef(false);
  const anchor = useRef<Anchor | null>(null); // null: the end
  const focus = useRef<number | null>(null);
  const heights = useMemo(() => new Heights(), []);
  const [turn, redraw] = useReducer((count: number) => count + 1, 0);
  if (ready && !placed.current && items.some(({ kind }) => kind === 'unread'))
    anchor.current = { key: 'unread', top: ABOVE_UNREAD_PX };

  const needed = (spare: number): Range => {
    const tops = layOut(items, heights);
    const height = list.current?.clientHeight ?? window.innerHeight;
    const following = placed.current && atEnd.peek() && options.follows;
    const held = following ? null : anchor.current;
    const y = (held && yOf(items, tops, held)) ?? heightOf(tops);
    return rangeAround(tops, y, height, spare);
  };
  const range = needed(SPARE_PX);
  const latest = useRef({ ...options, range, needed });
  latest.current = { ...options, range, needed };
  const last = items.at(-1);
  const focused = rows.current?.contains(document.activeElement) === true;

  /* Notes where we are now, so that the next change can come back to it. */
  const look = (): void => {
    const [element, box] = [list.current, rows.current];
    if (!element || !box || !placed.current) return;
    const { items, follows, onNearStart, onNearEnd, onSeen } = latest.current;
    const tops = layOut(items, heights);
    const y = -offsetIn(element, box);
    const below = belowIn(element);
    atEnd.value = follows && below < NEAR_END_PX;
    anchor.current = anchorAt(items, tops, y);
    if (!covers(latest.current.range, latest.current.needed(SPARE_PX / 2))) redraw(undefined);
    if (!follows && below < NEAR_START_PX) onNearEnd();
    const seq = seqAbove(items, tops, y + element.clientHeight - IN_SIGHT_PX);
    if (seq !== null) onSeen(seq, atEnd.peek());
    if (element.scrollTop < NEAR_START_PX) onNearStart();
  };

  /* After a change of what is in the document, or of its size. */
  const settle = (): void => {
    const [element, box] = [list.current, rows.current];
    if (!element || !box || !placed.current) return;
    const { items, range, follows } = latest.current;
    for (const [index, row] of [...box.children].entries()) {
      const item = items[range.start + index];
      if (item) heights.measured(item, row.getBoundingClientRect().height);
    }
    const tops = layOut(items, heights);
    const space = heightOf(tops) - (tops[range.end] ?? 0);
    box.style.paddingBlock = `${tops[range.start] ?? 0}px ${space}px`;
    const y = anchor.current && yOf(items, tops, anchor.current);
    if (atEnd.peek() && follows) scrollBy(element, belowIn(element));
    else if (y !== null) scrollBy(element, offsetIn(element, box) + y);
    if (focus.current !== null) focusOn(box, focus.current);
    focus.current = null;
    look();
  };

  const toStart = (): void => {
    if (list.current) list.current.scrollTop = 0;
  };

  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  };

  const show = (seq: number): void => {
    const element = list.current;
    const { items } = latest.current;
    const item = items[indexOfSeq(items, seq)];
    if (!element || !item) return;
    const spare = Math.max(0, element.clientHeight - heights.of(item));
    atEnd.value = false;
    anchor.current = { key: item.key, top: spare / 2 };
    focus.current = seq;
    redraw(undefined);
  };

  const newest = last && partsOf(last).at(-1);
  const mineLast = newest?.kind === 'pending' ? newest.key : null;
  useLayoutEffect(() => {
    if (mineLast !== null) atEnd.value = true; // what I just wrote is what I want to see
  }, [mineLast]);

  useLayoutEffect(() => {
    if (!ready) return;
    if (!placed.current) {
      placed.current = true;
      atEnd.value = anchor.current === null;
    }
    settle();
    // Its row was scrolled away: the next key goes on from what is in sight.
    if (focused && document.activeElement === document.body)
      list.current?.focus({ preventScroll: true });
  }, [items, ready, range.start, range.end, turn]);

  useEffect(() => {
    const [element, box] = [list.current, rows.current];
    if (!element || !box) return;
    const observer = new ResizeObserver(settle);
    // Its own size changes with the window, those of its parts with whatever is added.
    for (const part of [element, box, box.previousElementSibling]) if (part) observer.observe(part);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  return { list, rows, range, atEnd, toStart, toEnd, show };
}

function offsetIn(list: Element, element: Element): number {
  return element.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

function belowIn(list: Element): number {
  return list.scrollHeight - list.scrollTop - list.clientHeight;
}

/* Also a scrolling by nothing would end one that is under way. */
function scrollBy(list: Element, pixels: number): void {
  if (Math.abs(pixels) >= 0.5) list.scrollTop += pixels;
}

function focusOn(box: Element, seq: number): void {
  const row = box.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  const found = row?.matches('[tabindex]') ? row : row?.querySelector<HTMLElement>('[tabindex]');
  found?.focus({ preventScroll: true });
}
