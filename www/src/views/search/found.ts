/* Which parts of a text a query has found, for showing them.  What is found decides the server
 * (lib/search_text.c); this follows its rules as far as eyes can tell.  Pure. */

const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}' +
  '\\p{Script=Yi}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{So}ー';
const RUNS = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const WORD = new RegExp(`^(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`, 'u');
const NOT_SEEN = /\p{Default_Ignorable_Code_Point}|\p{Emoji_Modifier}|[\u0300-\u036f]/gu;

export interface Part {
  text: string;
  found: boolean;
}

function fold(character: string): string {
  const bare = character.normalize('NFKD').replace(NOT_SEEN, '').normalize('NFC');
  return bare.toLocaleLowerCase('en').replace(/ß/g, 'ss').replace(/ς/g, 'σ');
}

interface Folded {
  text: string;
  at: number[]; // of each code unit: where its character begins in the original
}

function foldText(text: string): Folded {
  const folded: Folded = { text: '', at: [] };
  let index = 0;
  for (const character of text) {
    const piece = fold(character);
    folded.text += piece;
    for (let i = 0; i < piece.length; i += 1) folded.at.push(index);
    index += character.length;
  }
  folded.at.push(index);
  return folded;
}

/* Words are found where they begin. */
function* places(text: string, run: string): Generator<number> {
  const word = WORD.test(run);
  for (let at = text.indexOf(run); at >= 0; at = text.indexOf(run, at + run.length)) {
    const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
    if (!word || !WORD.test(before)) yield at;
  }
}

export function splitFound(text: string, query: string): Part[] {
  const folded = foldText(text);
  const found = new Array<boolean>(text.length).fill(false);
  for (const [run] of foldText(query).text.matchAll(RUNS))
    for (const at of places(folded.text, run))
      found.fill(true, folded.at[at], folded.at[at + run.length]);
  const parts: Part[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const last = parts.at(-1);
    if (last && last.found === found[i]) last.text += text[i];
    else parts.push({ text: text[i] ?? '', found: found[i] ?? false });
  }
  return parts;
}

const BEFORE = 24;
const MOST = 160;

/* The parts around the first that was found, on one line. */
export function excerptOf(text: string, query: string): Part[] {
  const line = text.replace(/\s+/g, ' ').trim();
  const all = splitFound(line, query);
  const [first] = all;
  const lead = first && !first.found && all.length > 1 ? Array.from(first.text).length : 0;
  const characters = Array.from(line);
  const from = lead > 2 * BEFORE ? lead - BEFORE : 0;
  if (from === 0 && characters.length <= MOST) return all;
  const cut = characters.slice(from, from + MOST).join('');
  const shown = `${from > 0 ? '…' : ''}${cut}${characters.length > from + MOST ? '…' : ''}`;
  return splitFound(shown, query);
}
