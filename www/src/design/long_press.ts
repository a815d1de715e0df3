/* A finger that stays where it is: what a right click is for a mouse. */
import type { TargetedPointerEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const HOLD_MS = 450;
const STAYS_PX = 10;

export interface LongPress {
  onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => void;
  onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onClickCapture: (event: Event) => void;
}

export function useLongPress(onHeld: () => void): LongPress {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  const end = (): void => {
    clearTimeout(timer.current);
  };
  useEffect(() => end, []);
  return {
    onPointerDown: (event) => {
      held.current = false;
      if (event.pointerType !== 'touch') return;
      start.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => {
        held.current = true;
        onHeld();
      }, HOLD_MS);
    },
    onPointerMove: ({ clientX, clientY }) => {
      if (Math.hypot(clientX - start.current.x, clientY - start.current.y) > STAYS_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event) => {
      if (!held.current) return; // the finger goes up: that is no click
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
