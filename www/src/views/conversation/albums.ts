/* Images that one person sends one after the other stand together, each still a message of its
 * own.  Pure. */
import { enclosedIn } from '../../store/enclosed';
import type { Item } from './timeline';

/* What an album is made of. */
export type Part = Extract<Item, { kind: 'message' | 'pending' }>;
export type Album = Extract<Item, { kind: 'album' }>;

const APART_MS = 60_000;
const MOST = 10;

export function withAlbums(items: readonly Item[]): Item[] {
  const all: Item[] = [];
  let parts: Part[] = [];
  const end = (): void => {
    const [one, another] = parts;
    if (one && another) all.push(albumOf(parts, one));
    else all.push(...parts);
    parts = [];
  };
  for (const item of items) {
    const before = parts.at(-1);
    if (!isTile(item) || (before && !follows(before, item)) || parts.length === MOST) end();
    if (isTile(item)) parts.push(item);
    else all.push(item);
  }
  end();
  return all;
}

function albumOf(parts: readonly Part[], { key, first }: Part): Album {
  const last = parts.at(-1)?.last ?? false;
  return { kind: 'album', key: `album ${key}`, parts, first, last };
}

/* It has nothing beside the picture that needs room. */
function isTile(item: Item): item is Part {
  if (item.kind === 'pending')
    return (
      item.entry.enclosed?.kind === 'image' && !item.entry.reply_to && item.entry.failure === null
    );
  if (item.kind !== 'message') return false;
  const { message } = item;
  return message.reply_to === null && enclosedIn(message)?.kind === 'image';
}

function follows(before: Part, now: Part): boolean {
  return !now.first && timeOf(now) - timeOf(before) < APART_MS;
}

function timeOf(part: Part): number {
  return part.kind === 'message' ? part.message.created_at : part.entry.created_at;
}

/* The single rows that an item consists of. */
export function partsOf(item: Item): readonly Item[] {
  return item.kind === 'album' ? item.parts : [item];
}

/* Which of them are stored. */
export function seqsOf(item: Item): number[] {
  return partsOf(item).flatMap((one) =>
    one.kind === 'message' || one.kind === 'note' ? [one.message.seq] : [],
  );
}

/* How many sixths of the width each of them takes: rows of two and of three, whatever the number. */
export function spansOf(count: number): number[] {
  if (count === 3) return [6, 3, 3];
  const wide = { 0: 0, 1: 4, 2: 2 }[count % 3] ?? 0;
  return Array.from({ length: count }, (_, index) => (index < wide ? 3 : 2));
}
