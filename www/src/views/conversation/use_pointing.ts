/* Pointing at a message: by the mouse over it, by the keyboard's focus, by a long touch.  What it
 * leads to is the same for all. */
import { useMemo } from 'preact/hooks';
import type { Talk } from './talk';

const LONG_TOUCH_MS = 450;
const STILL_PX = 10;
const POINTED = '.message[tabindex], .note[tabindex]';

type On<E extends Event> = (event: E) => void;

/* Handlers of the list of messages. */
export interface Pointing {
  onPointerDownCapture: On<PointerEvent>;
  onPointerOver: On<PointerEvent>;
  onPointerLeave: On<PointerEvent>;
  onPointerDown: On<PointerEvent>;
  onPointerMove: On<PointerEvent>;
  onPointerUp: On<PointerEvent>;
  onPointerCancel: On<PointerEvent>;
  onTouchEnd: On<TouchEvent>;
  onContextMenu: On<MouseEvent>;
  onFocusIn: On<FocusEvent>;
  onFocusOut: On<FocusEvent>;
}

export function usePointing(talk: Talk): Pointing {
  return useMemo(() => ({ ...pointer(talk), ...touch(talk), ...focus(talk) }), [talk]);
}

/* The message of the row that this is in; its seq is on the row. */
function seqAt(target: EventTarget | null): number | null {
  const row = (target as Element | null)?.closest<HTMLElement>('[data-of]');
  return row?.querySelector(POINTED) ? Number(row.dataset['of']) : null;
}

function pointer(talk: Talk) {
  let selected = false; // before the press: some browsers select what a menu is asked for
  return {
    onPointerDownCapture: () => {
      selected = getSelection()?.isCollapsed === false;
    },
    onPointerOver: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') talk.hovered.value = seqAt(event.target);
    },
    onPointerLeave: () => {
      talk.hovered.value = null;
    },
    onContextMenu: (event: MouseEvent) => {
      const seq = seqAt(event.target);
      // Links and what is selected have a menu of the browser's own.
      const own = selected || (event.target as Element).closest('a') !== null;
      if (seq === null || own || event.defaultPrevented) return;
      event.preventDefault();
      const { clientX: x, clientY: y } = event;
      talk.panel.value ??= { kind: 'menu', seq, at: { left: x, right: x, top: y, bottom: y } };
    },
  };
}

/* A finger that stays where it is.  Browsers differ in what they make of it themselves. */
function touch(talk: Talk) {
  let start: { x: number; y: number; timer: ReturnType<typeof setTimeout> } | null = null;
  let long = false;
  const end = (): void => {
    if (start) clearTimeout(start.timer);
    start = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      end();
      long = false;
      const seq = event.pointerType === 'touch' ? seqAt(event.target) : null;
      if (seq === null || (event.target as Element).closest('a')) return;
      const timer = setTimeout(() => {
        long = true;
        talk.panel.value = { kind: 'menu', seq, at: 'sheet' };
      }, LONG_TOUCH_MS);
      start = { x: event.clientX, y: event.clientY, timer };
    },
    onPointerMove: (event: PointerEvent) => {
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onTouchEnd: (event: TouchEvent) => {
      if (long) event.preventDefault(); // no click on what has come under the finger
    },
  };
}

function focus(talk: Talk) {
  return {
    onFocusIn: (event: FocusEvent) => {
      const keyboard = (event.target as Element).matches(':focus-visible');
      talk.focused.value = keyboard ? seqAt(event.target) : null;
    },
    onFocusOut: (event: FocusEvent) => {
      if (event.relatedTarget && seqAt(event.relatedTarget) === null) talk.focused.value = null;
      // Without another element the window lost it, or a menu came: it returns to where it was.
    },
  };
}

/* Keys in the list: from message to message, to its menu, to the composer. */
export function pressedInList(talk: Talk, event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const target = event.target as HTMLElement;
  const here = target.closest('[data-of]')?.querySelector<HTMLElement>(POINTED) ?? null;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  talk.hovered.value = null; // the mouse lies where it was left
  if (step !== undefined) moveTo(list, here, step, POINTED);
  else if (here && isMenuKey(event, target === here)) openMenu(talk, here);
  else if (here && event.key === 'Escape')
    list.closest('.talk')?.querySelector('textarea')?.focus();
  else return;
  event.preventDefault();
}

function isMenuKey({ key, shiftKey }: KeyboardEvent, onMessage: boolean): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey) || (key === 'Enter' && onMessage);
}

function openMenu(talk: Talk, here: HTMLElement): void {
  const seq = seqAt(here);
  if (seq !== null) talk.panel.value = { kind: 'menu', seq, at: here.getBoundingClientRect() };
}

/* From one element of that kind to the next; the one that has the focus then. */
export function moveTo(
  list: HTMLElement,
  here: HTMLElement | null,
  step: number,
  selector: string,
): HTMLElement | undefined {
  const all = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = here ? all.indexOf(here) + step : lastInSight(list, all);
  const next = all[Math.max(0, Math.min(all.length - 1, at))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
  return next;
}

function lastInSight(list: HTMLElement, all: readonly HTMLElement[]): number {
  const { bottom } = list.getBoundingClientRect();
  const below = all.findIndex((one) => one.getBoundingClientRect().top > bottom - 8);
  return below < 0 ? all.length - 1 : below - 1;
}
