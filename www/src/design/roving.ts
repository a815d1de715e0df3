/* Arrow keys in a list or grid: moves the focus among the elements that match. */

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function moveFocus(event: KeyboardEvent, selector: string, columns = 1): void {
  const container = event.currentTarget as HTMLElement;
  const items = [...container.querySelectorAll<HTMLElement>(selector)];
  const at = items.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const next = target(event.key, at, items.length, columns);
  if (next === null) return;
  event.preventDefault();
  items[Math.max(0, Math.min(items.length - 1, next))]?.focus();
}

function target(key: string, at: number, count: number, columns: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (columns > 1 && key === 'ArrowRight') return at + 1;
  if (columns > 1 && key === 'ArrowLeft') return at - 1;
  const step = STEPS[key];
  return step === undefined ? null : at + step * columns;
}
