/* The browser behind the store's interfaces. */
import { liveAddress } from '../api/live';
import type { Change, Environment, Timers } from '../store/environment';
import type { OpenSocket } from '../store/live';
import type { TabNews, Tabs } from '../store/session';

const IDLE_MS = 120_000;

export const browserTimers: Timers = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

export function browserEnvironment(): Environment {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change) => () => {
    for (const listener of listeners) listener(change);
  };
  let lastInput = Date.now();
  const used = (): void => {
    const before = lastInput;
    lastInput = Date.now();
    if (lastInput - before > IDLE_MS) tell('input')();
  };
  window.addEventListener('online', tell('online'));
  window.addEventListener('offline', tell('offline'));
  window.addEventListener('focus', tell('attention'));
  window.addEventListener('blur', tell('attention'));
  document.addEventListener('visibilitychange', tell('attention'));
  document.addEventListener('keydown', used, { capture: true, passive: true });
  document.addEventListener('pointerdown', used, { capture: true, passive: true });
  const visible = (): boolean => document.visibilityState === 'visible';
  return {
    online: () => navigator.onLine,
    visible,
    attended: () => visible() && document.hasFocus(),
    lastInput: () => lastInput,
    watch: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export const openBrowserSocket: OpenSocket = (url, protocol, listener) => {
  const socket = new WebSocket(liveAddress(url, location.href), protocol);
  socket.onopen = () => {
    listener.opened();
  };
  socket.onmessage = (message) => {
    listener.received(message.data);
  };
  socket.onclose = (close) => {
    listener.closed(close.code);
  };
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code) => {
      socket.close(code);
    },
  };
};

/* Alone among all tabs, where the browser can do that (it needs a secure context). */
export async function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return (work as () => Promise<T>)();
  return (await navigator.locks.request(name, work)) as T;
}

export function browserTabs(): Tabs {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('hichat') : null;
  return {
    tell: (news) => {
      channel?.postMessage(news);
    },
    listen: (listener) => {
      channel?.addEventListener('message', (message: MessageEvent<TabNews>) => {
        listener(message.data);
      });
    },
  };
}

/* A key that no other message has; crypto.randomUUID() needs a secure context. */
export function newKey(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/* What this browser is called in the list of devices. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const find = (names: readonly [RegExp, string][]): string | undefined =>
    names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find([
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = find([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser ?? 'Web', system].filter(Boolean).join(' · ');
}
