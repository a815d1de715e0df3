/* Keeps the keyboard's place when screens come and go: what had the focus may be gone with one. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { href, type Route } from '../../platform/router';

export interface Panes {
  list: RefObject<HTMLElement | null>;
  detail: RefObject<HTMLDivElement | null>;
}

/* To the new screen when one was opened; back in the list, to the item that led away from it. */
export function useFocus(current: Route, inDetail: boolean): Panes {
  const list = useRef<HTMLElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const address = href(current);
  const before = useRef(address);
  useEffect(() => {
    const from = before.current;
    before.current = address;
    if (from === address || document.activeElement !== document.body) return;
    const item = list.current?.querySelector<HTMLElement>(`a[href="${from}"]`);
    const target = inDetail ? detail.current : (item ?? list.current);
    target?.focus({ preventScroll: true });
  }, [address, inDetail]);
  return { list, detail };
}
