/* A few things to choose from, in front of everything: beside what they are about, or as a sheet
 * at the lower edge, where a thumb is. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useModal } from './modal';
import './overlay.css';

/* A part of the window. */
export type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

export type Place = 'sheet' | Box;

interface OverlayProps {
  label: string;
  at: Place;
  onClose: () => void;
  children: ComponentChildren;
}

const EDGE_PX = 8;

export function Overlay({ label, at, onClose, children }: OverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && at !== 'sheet') place(element, at);
  }); // whatever is in it now may be of another size
  return (
    <dialog
      ref={dialog}
      class={`overlay ${at === 'sheet' ? 'overlay--sheet' : 'overlay--float'}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        if (event.target === dialog.current) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="overlay__box scroll">{children}</div>
    </dialog>
  );
}

/* Below it, or above where there is more room; never beyond the edges of the window. */
function place(element: HTMLElement, at: Box): void {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const { offsetWidth, offsetHeight } = element;
  const ends = getComputedStyle(element).direction === 'rtl' ? at.right - offsetWidth : at.left;
  const below = at.bottom + offsetHeight + EDGE_PX <= height;
  const top = below ? at.bottom : at.top - offsetHeight;
  element.style.left = `${within(ends, width - offsetWidth)}px`;
  element.style.top = `${within(top, height - offsetHeight)}px`;
}

function within(wanted: number, most: number): number {
  return Math.max(EDGE_PX, Math.min(wanted, most - EDGE_PX));
}
