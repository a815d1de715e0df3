/* Where the rows of a long list stand, also those that are not in the document: by their heights
 * where these were measured, by the mean of their kind where not.  Pure.
 *
 * `tops` has one place more than there are rows: where the last one ends. */
import { partsOf, seqsOf } from './albums';
import type { Item } from './timeline';

export type Tops = Float64Array;

/* Rows from `start`, up to the one before `end`. */
export interface Range {
  start: number;
  end: number;
}

/* A row, and how far below the upper edge of the screen it begins. */
export interface Anchor {
  key: string;
  top: number;
}

type Kind = Item['kind'];

const USUAL: Record<Kind, number> = {
  day: 44,
  unread: 44,
  note: 40,
  message: 56,
  pending: 56,
  album: 330,
};

export class Heights {
  readonly #known = new Map<string, { kind: Kind; height: number }>();
  readonly #sums = new Map<Kind, { count: number; height: number }>();

  of({ key, kind }: Item): number {
    const sum = this.#sums.get(kind);
    const usual = sum && sum.count > 0 ? sum.height / sum.count : USUAL[kind];
    return this.#known.get(key)?.height ?? usual;
  }

  /* What was on its way becomes a message, under the same key. */
  measured({ key, kind }: Item, height: number): void {
    const before = this.#known.get(key);
    if (before) this.#add(before.kind, -1, -before.height);
    this.#known.set(key, { kind, height });
    this.#add(kind, 1, height);
  }

  #add(kind: Kind, count: number, height: number): void {
    const sum = this.#sums.get(kind) ?? { count: 0, height: 0 };
    this.#sums.set(kind, { count: sum.count + count, height: sum.height + height });
  }
}

export function layOut(items: readonly Item[], heights: Heights): Tops {
  const tops = new Float64Array(items.length + 1);
  let top = 0;
  items.forEach((item, index) => {
    top += heights.of(item);
    tops[index + 1] = top;
  });
  return tops;
}

export function heightOf(tops: Tops): number {
  return tops.at(-1) ?? 0;
}

/* How many rows begin above this line. */
export function countAbove(tops: Tops, line: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? line) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* What is on the screen, from `y` on, with so much to spare above and below. */
export function rangeAround(tops: Tops, y: number, height: number, spare: number): Range {
  const top = Math.max(0, Math.min(y, heightOf(tops) - height)); // as far as one can scroll
  return {
    start: Math.max(0, countAbove(tops, top - spare) - 1),
    end: countAbove(tops, top + height + spare),
  };
}

export function covers(range: Range, needed: Range): boolean {
  return range.start <= needed.start && range.end >= needed.end;
}

/* The first row that begins on the screen, or the one that fills all of it.  Days and lines come
 * and go with what stands around them: nothing is held by them. */
export function anchorAt(items: readonly Item[], tops: Tops, y: number): Anchor | null {
  const from = Math.min(countAbove(tops, y), items.length - 1);
  for (let at = from; at >= 0 && at < items.length; at += 1) {
    const item = items[at];
    if (item && item.kind !== 'day' && item.kind !== 'unread')
      return { key: partsOf(item)[0]?.key ?? item.key, top: (tops[at] ?? 0) - y };
  }
  return null;
}

/* Where the upper edge of the screen is, with a row held, or a part of one: what stands together may
 * get more parts.  null: that row is not there. */
export function yOf(items: readonly Item[], tops: Tops, { key, top }: Anchor): number | null {
  const at = items.findIndex(
    (item) => item.key === key || partsOf(item).some((part) => part.key === key),
  );
  return at < 0 ? null : (tops[at] ?? 0) - top;
}

/* The last stored row that begins above this line; of several that stand together the last, once
 * all of them are above it. */
export function seqAbove(items: readonly Item[], tops: Tops, line: number): number | null {
  for (let at = countAbove(tops, line) - 1; at >= 0; at -= 1) {
    const item = items[at];
    const seqs = item ? seqsOf(item) : [];
    const seq = (tops[at + 1] ?? Infinity) <= line ? seqs.at(-1) : seqs[0];
    if (seq !== undefined) return seq;
  }
  return null;
}

export function indexOfSeq(items: readonly Item[], seq: number): number {
  return items.findIndex((item) => seqsOf(item).includes(seq));
}
