/* Several tabs of one browser: their locks, what they say to each other, and that a browser stops
 * or closes them. */
import { Lead, type Line, type Room } from '../src/store/lead';
import { FakeEnvironment } from './fake_browser';
import type { Timers } from '../src/store/environment';

interface Claim {
  tab: FakeTab;
  held: () => void;
  lost: () => void;
}

/* One lock and one line are enough here. */
export class FakeTabs {
  readonly all: FakeTab[] = [];
  #holder: Claim | null = null;
  readonly #queue: Claim[] = [];

  open(): FakeTab {
    const tab = new FakeTab(this);
    this.all.push(tab);
    return tab;
  }

  claim(claim: Claim, steal: boolean): () => void {
    if (steal) {
      const before = this.#holder;
      this.#holder = claim;
      before?.tab.run(before.lost);
      claim.tab.run(claim.held);
    } else {
      this.#queue.push(claim);
      this.#next();
    }
    return () => {
      const at = this.#queue.indexOf(claim);
      if (at >= 0) this.#queue.splice(at, 1);
      if (this.#holder === claim) this.#holder = null;
      this.#next();
    };
  }

  forget(tab: FakeTab): void {
    this.all.splice(this.all.indexOf(tab), 1);
    this.#queue.splice(0, Infinity, ...this.#queue.filter((claim) => claim.tab !== tab));
    if (this.#holder?.tab === tab) this.#holder = null;
    this.#next();
  }

  #next(): void {
    if (this.#holder) return;
    this.#holder = this.#queue.shift() ?? null;
    const claim = this.#holder;
    claim?.tab.run(claim.held);
  }
}

export class FakeTab implements Room {
  #stopped = false;
  #closed = false;
  readonly #waiting: (() => void)[] = [];
  readonly #hearing = new Set<(said: unknown) => void>();
  readonly #watching = new Set<(away: boolean) => void>();

  constructor(readonly tabs: FakeTabs) {}

  open(_: string, hear: (said: unknown) => void): Line {
    this.#hearing.add(hear);
    return {
      say: (message) => {
        const said = structuredClone(message);
        for (const other of this.tabs.all) if (other !== this) other.hear(said);
      },
      close: () => {
        this.#hearing.delete(hear);
      },
    };
  }

  hold(_: string, steal: boolean, held: () => void, lost: () => void): () => void {
    if (this.#closed) return () => undefined;
    return this.tabs.claim({ tab: this, held, lost }, steal);
  }

  watch(listener: (away: boolean) => void): () => void {
    this.#watching.add(listener);
    return () => {
      this.#watching.delete(listener);
    };
  }

  hear(said: unknown): void {
    this.run(() => {
      for (const hear of this.#hearing) hear(said);
    });
  }

  /* As a task of its own, when the page may run. */
  run(work: () => void): void {
    if (this.#stopped) this.#waiting.push(work);
    else if (!this.#closed) queueMicrotask(work);
  }

  /* The browser gives it no time, without a word. */
  stop(): void {
    this.#stopped = true;
  }

  wake(): void {
    this.#stopped = false;
    for (const work of this.#waiting.splice(0)) this.run(work);
  }

  goAway(away: boolean): void {
    for (const listener of [...this.#watching]) listener(away);
  }

  close(): void {
    this.goAway(true);
    this.#closed = true;
    this.tabs.forget(this);
  }
}

/* For what needs to be led, and has no other tabs. */
export function leadAlone(timers: Timers): Lead {
  const lead = new Lead({ name: 'lead', room: null, environment: new FakeEnvironment(), timers });
  lead.start();
  return lead;
}
