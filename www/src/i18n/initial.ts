/* Under which letter a name stands, and in which order: Latin letters without their marks, Chinese
 * characters by pinyin, everything else under '#' at the end. */

/* The collation that every browser brings knows the pinyin; the first character of each letter's
 * part of it tells where that letter begins.  There are no syllables with I, U or V. */
const FIRST_OF_LETTER =
  'A吖 B八 C嚓 D咑 E妸 F发 G旮 H哈 J丌 K咔 L垃 M呣 N拏 O喔 P妑 Q七 R呥 S仨 T他 W屲 X夕 Y丫 Z帀'
    .split(' ')
    .map(([letter = '', first = '']) => ({ letter, first }));

/* Family names that are read otherwise than the same character elsewhere. */
const FAMILY_NAMES: readonly (readonly [string, string])[] = [
  ['尉迟', 'Y'],
  ['万俟', 'M'],
  ['曾', 'Z'],
  ['单', 'S'],
  ['單', 'S'],
  ['解', 'X'],
  ['仇', 'Q'],
  ['区', 'O'],
  ['區', 'O'],
  ['查', 'Z'],
  ['覃', 'Q'],
  ['翟', 'Z'],
  ['种', 'C'],
  ['召', 'S'],
];

export const OTHER = '#';

const pinyin = new Intl.Collator('zh-u-co-pinyin');

export function initialOf(name: string): string {
  const trimmed = name.trim();
  const first = [...trimmed][0] ?? '';
  const latin = first.normalize('NFD').charAt(0).toUpperCase();
  if (/^[A-Z]$/.test(latin)) return latin;
  if (!/^\p{Script=Han}$/u.test(first)) return OTHER;
  const family = FAMILY_NAMES.find(([characters]) => trimmed.startsWith(characters));
  if (family) return family[1];
  const found = FIRST_OF_LETTER.filter(({ first: start }) => pinyin.compare(start, first) <= 0);
  return found.at(-1)?.letter ?? 'A';
}

export interface Section<T> {
  letter: string;
  items: T[];
}

/* The things by letter, each letter's by name. */
export function byInitial<T>(things: readonly T[], nameOf: (thing: T) => string): Section<T>[] {
  const sections = new Map<string, { name: string; thing: T }[]>();
  for (const thing of things) {
    const name = nameOf(thing);
    const letter = initialOf(name);
    const section = sections.get(letter);
    if (section) section.push({ name, thing });
    else sections.set(letter, [{ name, thing }]);
  }
  return [...sections]
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([letter, named]) => ({
      letter,
      items: named
        .sort((one, other) => pinyin.compare(one.name.trim(), other.name.trim()))
        .map(({ thing }) => thing),
    }));
}

function rank(letter: string): number {
  return letter === OTHER ? Number.MAX_SAFE_INTEGER : letter.charCodeAt(0);
}
