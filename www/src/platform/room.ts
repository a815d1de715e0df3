/* The tabs of this browser, by Web Locks and BroadcastChannel behind the store's interface. */
import type { Line, Room } from '../store/lead';

/* null: it does not let a page know of others, or only in a secure context. */
export function browserRoom(): Room | null {
  if (!('locks' in navigator) || !('BroadcastChannel' in window)) return null;
  return { open, hold, watch };
}

function open(name: string, hear: (said: unknown) => void): Line {
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    hear(data);
  });
  return {
    say: (message) => {
      channel.postMessage(message);
    },
    close: () => {
      channel.close();
    },
  };
}

function hold(name: string, steal: boolean, held: () => void, lost: () => void): () => void {
  const waiting = new AbortController();
  let state: 'waiting' | 'held' | 'over' = 'waiting';
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const got = (): Promise<void> => {
    if (state === 'over') return Promise.resolve();
    state = 'held';
    held();
    return released;
  };
  navigator.locks.request(name, steal ? { steal } : { signal: waiting.signal }, got).catch(() => {
    if (state === 'held') lost();
    else if (state === 'waiting') void got(); // refused to this page for good: it is on its own
  });
  return () => {
    state = 'over';
    waiting.abort();
    release();
  };
}

function watch(listener: (away: boolean) => void): () => void {
  const watching = new AbortController();
  const on = (target: EventTarget, names: readonly string[], away: boolean): void => {
    const tell = (): void => {
      listener(away);
    };
    for (const name of names) target.addEventListener(name, tell, { signal: watching.signal });
  };
  on(window, ['pagehide'], true);
  on(document, ['freeze'], true);
  on(window, ['pageshow'], false);
  on(document, ['resume'], false);
  return () => {
    watching.abort();
  };
}
