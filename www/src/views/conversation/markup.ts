/* Code and quotes in a text, as CommonMark writes them (sections 4.5, 5.1 and 6.1), and nothing
 * else of it: what people type stays what they typed. */

export interface Block {
  kind: 'text' | 'code' | 'quote';
  text: string; // without fences and marks
}

const FENCE = /^ {0,3}(`{3,})[^`]*$/;
const QUOTED = /^ {0,3}> ?/;

/* A fence that nobody closes is text. */
export function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = endOfFence(lines, at);
    if (end > at) {
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else {
      addLine(blocks, lines[at] ?? '');
      at += 1;
    }
  }
  return blocks.filter(({ kind, text: inner }) => kind !== 'text' || inner.trim() !== '');
}

/* The line that closes the block of code which begins at this line; 0: none begins there. */
function endOfFence(lines: readonly string[], at: number): number {
  const fence = FENCE.exec(lines[at] ?? '')?.[1];
  if (fence === undefined) return 0;
  const end = lines.findIndex((line, index) => index > at && closes(line, fence));
  return end > at + 1 ? end : 0;
}

function closes(line: string, fence: string): boolean {
  const marks = line.trim();
  return marks.length >= fence.length && /^`+$/.test(marks);
}

function addLine(blocks: Block[], line: string): void {
  const kind = QUOTED.test(line) && line.replace(QUOTED, '').trim() !== '' ? 'quote' : 'text';
  const text = kind === 'quote' ? line.replace(QUOTED, '') : line;
  const last = blocks.at(-1);
  if (last?.kind === kind) last.text += `\n${text}`;
  else blocks.push({ kind, text });
}

export interface Span {
  text: string;
  code: boolean;
}

const CODE = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/* Within a line, between as many backticks as began it. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(CODE)) {
    if (match.index > end) spans.push({ text: text.slice(end, match.index), code: false });
    spans.push({ text: match[2] ?? '', code: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) spans.push({ text: text.slice(end), code: false });
  return spans;
}
