/* Choosing messages: the mark beside each, and what a click or a key does to them. */
import { useComputed } from '@preact/signals';
import { Tick } from '../../design/tick';
import { t } from '../../i18n';
import { MOST_MESSAGES } from '../../store/forwards';
import { moveTo } from './use_pointing';
import { useTalk, type Talk } from './talk';
import './pick.css';

const PICK = '.pick__input';

/* Nothing, unless one chooses. */
export function Pick({ seq, name }: { seq: number; name: string }) {
  const { selection } = useTalk();
  const state = useComputed(() => selection.seqs.value?.has(seq) ?? null).value;
  if (state === null) return null;
  return (
    <span class="pick">
      <input type="checkbox" class="pick__input" aria-label={name} checked={state} tabIndex={-1} />
      <Tick />
    </span>
  );
}

export function focusPick(list: HTMLElement | null, seq: number): void {
  const row = list?.querySelector(`[data-of="${seq}"]`);
  row?.querySelector<HTMLElement>(PICK)?.focus({ preventScroll: true });
}

/* A click anywhere on a row; of its checkbox, also by the space bar. */
export function clickedInList(talk: Talk, event: MouseEvent): void {
  const row = (event.target as Element).closest<HTMLElement>('[data-of]');
  if (!row?.querySelector(PICK)) return;
  const seq = Number(row.dataset['of']);
  if (choose(talk, seq, event.shiftKey)) getSelection()?.removeAllRanges();
  else event.preventDefault(); // the checkbox stays as it was
}

function choose(talk: Talk, seq: number, range: boolean): boolean {
  const { selection, conversation } = talk;
  const done = range
    ? selection.extend(seq, conversation.shown.peek().rows)
    : selection.toggle(seq);
  if (!done) talk.tell(t('select.most', MOST_MESSAGES), true);
  return done;
}

/* From mark to mark, with Shift choosing on the way; Esc ends it. */
export function pressedInPicking(talk: Talk, event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const here = (event.target as HTMLElement).closest<HTMLElement>(PICK);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') talk.selection.end();
  else if (event.key === 'Enter' && here) here.click();
  else if (step !== undefined) {
    const next = moveTo(list, here, step, PICK)?.closest<HTMLElement>('[data-of]');
    if (event.shiftKey && next) choose(talk, Number(next.dataset['of']), true);
  } else return;
  event.preventDefault();
}
