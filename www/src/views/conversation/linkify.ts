/* Finds web addresses in a text.  Pure; only http and https, whatever else looks like a link is
 * text. */

export interface Part {
  text: string;
  href: string | null;
}

/* Ends before spaces, quotes, brackets and anything of the scripts that need no spaces. */
const ADDRESS =
  /https?:\/\/[^\s<>"'`“”‘’「」『』《》（）【】，。；：！？、\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]+/giu;
const TRAILING = /[.,;:!?'"*_~]+$/;

export function linkify(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = safeHref(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/* Punctuation that ends the sentence, or a bracket that was opened before, is not of the address. */
function trimAddress(address: string): string {
  let trimmed = address.replace(TRAILING, '');
  while (trimmed.endsWith(')') && count(trimmed, ')') > count(trimmed, '(')) {
    trimmed = trimmed.slice(0, -1).replace(TRAILING, '');
  }
  return trimmed;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function safeHref(address: string): string | null {
  try {
    const { protocol, hostname, href } = new URL(address);
    return (protocol === 'https:' || protocol === 'http:') && hostname !== '' ? href : null;
  } catch {
    return null;
  }
}

const EMOJI_ONLY =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|\s)+$/u;
const BIG_UNITS = 24; // three families with every skin colour are long

/* A few emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= BIG_UNITS && EMOJI_ONLY.test(text) && graphemes(text) <= 3;
}

function graphemes(text: string): number {
  const bare = text.replace(/\s/g, '');
  if (!('Segmenter' in Intl))
    return [...bare.replace(/\u200d|\ufe0f|\u20e3|\p{Emoji_Modifier}/gu, '')].length;
  return [...new Intl.Segmenter('en').segment(bare)].length;
}
