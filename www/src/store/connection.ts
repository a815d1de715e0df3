/* How this device is connected, in the one word that people are shown. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { Reach } from '../api/http';
import type { LiveState } from './live';

/* live: events arrive as they happen.  polling: the server is asked again and again instead.
 * offline: no network.  unavailable: there is a server, but it cannot answer now. */
export type ConnectionState = 'live' | 'connecting' | 'polling' | 'offline' | 'unavailable';

export class Connection {
  readonly online = signal(true);
  readonly reach: Signal<Reach | null> = signal(null); // null: nothing was asked yet
  readonly live: Signal<LiveState> = signal('connecting');
  /* Live could not be had for so long that polling took over. */
  readonly polling = signal(false);

  readonly state: ReadonlySignal<ConnectionState> = computed(() => {
    const ready = this.live.value === 'ready';
    if (!this.online.value) return 'offline';
    if (this.reach.value === 'unavailable') return 'unavailable';
    if (ready) return 'live';
    if (this.reach.value === 'offline') return 'offline';
    return this.polling.value && this.reach.value === 'ok' ? 'polling' : 'connecting';
  });
}
