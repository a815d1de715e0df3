/* Wheel, fingers, double taps and keys on a picture: closer, farther, about; and, while it is shown
 * as a whole, to the next one or away. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { fitted, kept, moved, WHOLE, zoomed, type Point, type Pose, type Size } from './zoom';

const SWIPE_PX = 60;
const TAP_MS = 300;
const STILL_PX = 8;
const DOUBLE = 2.5;

export interface Zoom {
  pose: Pose;
  turning: boolean; // under a finger: it follows at once
  closer: (factor: number) => void;
  reset: () => void;
}

export interface ZoomOptions {
  stage: RefObject<HTMLElement | null>;
  picture: Size;
  onSwipe: (step: -1 | 1) => void;
  onAway: () => void;
}

interface Touches {
  points: Map<number, Point>;
  start: Point;
  far: boolean; // no tap any more
  tapped: number;
}

export function useZoom(options: ZoomOptions): Zoom {
  const [pose, setPose] = useState(WHOLE);
  const [turning, setTurning] = useState(false);
  const now = useRef({ options, pose });
  now.current = { options, pose };
  const set = (next: Pose): void => {
    const { stage, picture } = now.current.options;
    const room = sizeOf(stage.current);
    now.current.pose = kept(next, fitted(picture, room), room);
    setPose(now.current.pose);
  };
  useEffect(() => {
    const element = options.stage.current;
    if (!element) return undefined;
    const touches: Touches = { points: new Map(), start: { x: 0, y: 0 }, far: false, tapped: 0 };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      set(zoomed(now.current.pose, factor, pointOf(event, element)));
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || (event.target as Element).closest('button, a, video')) return;
      element.setPointerCapture(event.pointerId);
      const at = pointOf(event, element);
      touches.points.set(event.pointerId, at);
      touches.far = touches.points.size > 1;
      touches.start = at;
      setTurning(true);
    };
    const move = (event: PointerEvent): void => {
      const before = touches.points.get(event.pointerId);
      if (!before) return;
      const at = pointOf(event, element);
      const [other] = [...touches.points].filter(([id]) => id !== event.pointerId);
      touches.points.set(event.pointerId, at);
      touches.far ||= distance(at, touches.start) > STILL_PX;
      const by = { x: at.x - before.x, y: at.y - before.y };
      if (other) {
        const [, fixed] = other;
        const middle = { x: (at.x + fixed.x) / 2, y: (at.y + fixed.y) / 2 };
        const factor = distance(at, fixed) / Math.max(1, distance(before, fixed));
        set(zoomed(moved(now.current.pose, { x: by.x / 2, y: by.y / 2 }), factor, middle));
      } else if (now.current.pose.scale > 1) set(moved(now.current.pose, by));
    };
    const up = (event: PointerEvent): void => {
      const at = touches.points.get(event.pointerId);
      touches.points.delete(event.pointerId);
      setTurning(touches.points.size > 0);
      if (!at || event.type === 'pointercancel' || touches.points.size > 0) return;
      if (!touches.far) tapped(at);
      else if (now.current.pose.scale === 1) swiped(at.x - touches.start.x, at.y - touches.start.y);
    };
    const tapped = (at: Point): void => {
      const twice = Date.now() - touches.tapped < TAP_MS;
      touches.tapped = twice ? 0 : Date.now();
      if (twice) set(now.current.pose.scale > 1 ? WHOLE : zoomed(WHOLE, DOUBLE, at));
    };
    const swiped = (x: number, y: number): void => {
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > Math.abs(y))
        now.current.options.onSwipe(x < 0 ? 1 : -1);
      else if (y > 2 * SWIPE_PX) now.current.options.onAway();
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
    };
  }, []);
  return {
    pose,
    turning,
    closer: (factor) => {
      set(zoomed(now.current.pose, factor, { x: 0, y: 0 }));
    },
    reset: () => {
      set(WHOLE);
    },
  };
}

export function sizeOf(element: HTMLElement | null): Size {
  return { width: element?.clientWidth ?? 1, height: element?.clientHeight ?? 1 };
}

function pointOf(event: MouseEvent, stage: HTMLElement): Point {
  const { left, top, width, height } = stage.getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
