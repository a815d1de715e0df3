/* Mentions in a text: the one that is being written, whom it names, and where they stand. */

export interface Candidate {
  id: number; // EVERYBODY: all members
  name: string;
}

/* "@an|": what was written of a name, and where it begins. */
export interface Query {
  start: number; // of the @
  text: string;
}

const LONGEST = 32;

/* At the caret; null: none is being written.  Not in the middle of a word: that is an address. */
export function queryAt(text: string, caret: number): Query | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || caret - start > LONGEST || /[\w.]/.test(text[start - 1] ?? '')) return null;
  const query = text.slice(start + 1, caret);
  return /[\n@]| {2}|\s$/.test(query) ? null : { start, text: query };
}

/* Those who match, names that begin so first. */
export function matching(
  candidates: readonly Candidate[],
  query: string,
  most: number,
): Candidate[] {
  const wanted = query.toLocaleLowerCase();
  const at = ({ name }: Candidate): number => name.toLocaleLowerCase().indexOf(wanted);
  return candidates
    .filter((candidate) => at(candidate) >= 0)
    .sort((a, b) => Number(at(a) > 0) - Number(at(b) > 0))
    .slice(0, most);
}

/* The text with the chosen one's name in the place of what was written of it. */
export function complete(
  text: string,
  { start }: Query,
  caret: number,
  { name }: Candidate,
): { text: string; caret: number } {
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

export interface Part {
  text: string;
  mention: Candidate | null;
}

/* Splits a text at the names that stand in it after an @; the longest that fits counts. */
export function splitMentions(text: string, candidates: readonly Candidate[]): Part[] {
  const longestFirst = [...candidates].sort((a, b) => b.name.length - a.name.length);
  const parts: Part[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const rest = text.slice(at + 1);
    const found = longestFirst.find(({ name }) => name !== '' && rest.startsWith(name));
    if (!found || at < from) continue;
    if (at > from) parts.push({ text: text.slice(from, at), mention: null });
    parts.push({ text: `@${found.name}`, mention: found });
    from = at + 1 + found.name.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), mention: null });
  return parts;
}

/* Whom a text mentions.  Of people of the same name, the one who was chosen. */
export function mentionsIn(
  text: string,
  candidates: readonly Candidate[],
  chosen: ReadonlyMap<string, number>,
): number[] {
  const preferred = [...candidates].sort(
    (a, b) => Number(chosen.get(b.name) === b.id) - Number(chosen.get(a.name) === a.id),
  );
  return [...new Set(splitMentions(text, preferred).flatMap(({ mention }) => mention?.id ?? []))];
}
