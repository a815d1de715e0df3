/* One live connection for all tabs of a person: the one that leads has it; the others get its
 * events in their order, and acknowledge and speak through it.  Whoever leads next goes on in the
 * same session, where the server still has it. */
import type { LiveEvent } from '../api/live';
import type { Duty, Lead, TabMessage } from './lead';
import { ACK_WITHIN_MS, Live, type LiveOptions, type LiveSession, type LiveState } from './live';

export type LiveNews =
  /* By the one that leads. */
  | { kind: 'here'; state: LiveState; session: LiveSession | null }
  | { kind: 'event'; session: LiveSession; event: LiveEvent } // with this one counted
  /* To it. */
  | { kind: 'received' }
  | { kind: 'nudge' }
  | { kind: 'typing'; conversation: number };

export interface SharedLiveOptions extends LiveOptions {
  lead: Lead;
}

export class SharedLive implements Duty {
  readonly #options: SharedLiveOptions;
  readonly #live: Live;
  #state: LiveState = 'connecting';
  #session: LiveSession | null = null; // as far as it was heard here
  #cancelAck: (() => void) | null = null;

  constructor(options: SharedLiveOptions) {
    this.#options = options;
    this.#live = new Live({
      ...options,
      onState: (state) => {
        this.#state = state;
        this.#tellState();
        options.onState(state);
      },
      onEvent: (event) => {
        const { session } = this.#live;
        if (session) options.lead.tell({ kind: 'event', session, event });
        options.onEvent(event);
      },
    });
    options.lead.join(this);
  }

  start(): void {
    this.#options.onState(this.#state);
    this.#options.lead.start();
  }

  stop(): void {
    const { lead, onState } = this.#options;
    this.#cancelAck?.();
    if (lead.leads) this.#live.stop();
    else onState('stopped');
    lead.stop();
  }

  /* The network is back, or somebody looks again. */
  nudge(): void {
    const { lead } = this.#options;
    if (lead.leads) return this.#live.nudge();
    lead.tell({ kind: 'nudge' });
    lead.ask();
  }

  typing(conversation: number): void {
    const { lead } = this.#options;
    if (lead.leads) this.#live.typing(conversation);
    else lead.tell({ kind: 'typing', conversation });
  }

  led(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    this.#live.start(this.#session);
  }

  followed(): void {
    this.#session = this.#live.handOver();
  }

  heard(message: TabMessage): void {
    if (this.#options.lead.leads) this.#serve(message);
    else this.#follow(message);
  }

  #serve(message: TabMessage): void {
    if (message.kind === 'ask') this.#tellState();
    if (message.kind === 'nudge') this.#live.nudge();
    if (message.kind === 'received') this.#live.acknowledge();
    if (message.kind === 'typing') this.#live.typing(message.conversation);
  }

  #follow(message: TabMessage): void {
    if (message.kind === 'here') this.#adopt(message.state, message.session);
    if (message.kind === 'event') this.#event(message.session, message.event);
  }

  #tellState(): void {
    this.#options.lead.tell({ kind: 'here', state: this.#state, session: this.#live.session });
  }

  /* To be ready once more means to look at everything: something may have been missed. */
  #adopt(state: LiveState, session: LiveSession | null): void {
    const missed = session !== null && !this.#knows(session);
    if (missed) this.#session = session;
    const changed = state !== this.#state;
    this.#state = state;
    if (changed || (missed && state === 'ready')) this.#options.onState(state);
  }

  #event(session: LiveSession, event: LiveEvent): void {
    const known = this.#session;
    if (known?.id !== session.id || session.received <= known.received) return;
    this.#session = session;
    // A stopped page's clock stands still: the one that leads may be late with it.
    this.#cancelAck ??= this.#options.timers.after(ACK_WITHIN_MS, () => {
      this.#cancelAck = null;
      this.#options.lead.tell({ kind: 'received' });
    });
    this.#options.onEvent(event);
    if (session.received > known.received + 1) this.#options.onState(this.#state);
  }

  #knows({ id, received }: LiveSession): boolean {
    return this.#session?.id === id && this.#session.received >= received;
  }
}
