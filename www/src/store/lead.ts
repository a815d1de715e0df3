/* Which of a person's tabs does what needs doing only once: one leads, the others speak to it.  A
 * tab that is closed gives the lead up; from one that does not answer, because the browser has
 * stopped it, it is taken.  Where a page cannot know of other tabs, each leads by itself. */
import type { Environment, Timers } from './environment';
import type { OutboxNews } from './outbox';
import type { LiveNews } from './shared_live';

/* What a browser gives its tabs to know of each other. */
export interface Room {
  /* A line on which a tab hears all others, in the order in which each speaks. */
  open(name: string, hear: (said: unknown) => void): Line;
  /* Waits until no other tab holds it, or takes it from them.  The function that is returned gives
   * it up, or calls off the waiting; `lost`: another tab has taken it. */
  hold(name: string, steal: boolean, held: () => void, lost: () => void): () => void;
  /* away: this page is about to be stopped, or thrown away. */
  watch(listener: (away: boolean) => void): () => void;
}

export interface Line {
  say(message: unknown): void;
  close(): void;
}

export type TabMessage = { kind: 'ask' } | LiveNews | OutboxNews;

/* Something that one tab does for all. */
export interface Duty {
  led(): void;
  followed(): void; // no longer led
  heard(message: TabMessage): void;
}

interface Said {
  leads: boolean; // whoever says it
  message: TabMessage;
}

export interface LeadOptions {
  name: string;
  room: Room | null;
  environment: Pick<Environment, 'visible'>;
  timers: Timers;
}

const ANSWER_WITHIN_MS = 4000;
const ASK_EVERY_MS = 20_000; // while somebody looks

export class Lead {
  readonly #options: LeadOptions;
  readonly #duties: Duty[] = [];
  #leads = false;
  #company = false; // another tab was heard since this one leads
  #line: Line | null = null;
  #giveUp: (() => void) | null = null;
  #unwatch: (() => void) | null = null;
  #cancelAlarm: (() => void) | null = null;
  #cancelAsking: (() => void) | null = null;

  constructor(options: LeadOptions) {
    this.#options = options;
  }

  get leads(): boolean {
    return this.#leads;
  }

  join(duty: Duty): void {
    this.#duties.push(duty);
  }

  start(): void {
    const { room, name } = this.#options;
    if (!room) return this.#gained();
    this.#line = room.open(name, (said) => {
      this.#heard(said as Said);
    });
    this.#unwatch = room.watch((away) => {
      if (away) this.#leave();
      else if (!this.#giveUp) this.#wait(room, false);
    });
    this.#wait(room, false);
    this.#askRegularly();
  }

  stop(): void {
    this.#unwatch?.();
    this.#cancelAlarm?.();
    this.#cancelAsking?.();
    this.#giveUp?.();
    this.#line?.close();
    this.#line = null;
    this.#leads = false;
  }

  tell(message: TabMessage): void {
    this.#line?.say({ leads: this.#leads, message } satisfies Said);
  }

  /* Whoever leads has to show that they are there, or is relieved. */
  ask(): void {
    const { room, timers } = this.#options;
    if (this.#leads || !room || !this.#line) return;
    this.tell({ kind: 'ask' });
    this.#cancelAlarm ??= timers.after(ANSWER_WITHIN_MS, () => {
      this.#cancelAlarm = null;
      this.#wait(room, true);
    });
  }

  #askRegularly(): void {
    const { environment, timers } = this.#options;
    this.#cancelAsking = timers.after(ASK_EVERY_MS, () => {
      if (environment.visible()) this.ask();
      this.#askRegularly();
    });
  }

  #wait(room: Room, steal: boolean): void {
    this.#giveUp?.();
    this.#giveUp = room.hold(
      this.#options.name,
      steal,
      () => {
        this.#gained();
      },
      () => {
        this.#yield();
        this.#wait(room, false);
      },
    );
    this.ask();
  }

  #gained(): void {
    this.#calm();
    this.#leads = true;
    this.#company = false;
    for (const duty of this.#duties) duty.led();
  }

  #yield(): void {
    this.#leads = false;
    for (const duty of this.#duties) duty.followed();
  }

  /* Nobody is there to go on with what a single tab has. */
  #leave(): void {
    if (this.#leads && !this.#company) return;
    this.#calm();
    this.#giveUp?.();
    this.#giveUp = null;
    if (this.#leads) this.#yield();
  }

  #calm(): void {
    this.#cancelAlarm?.();
    this.#cancelAlarm = null;
  }

  #heard({ leads, message }: Said): void {
    if (leads) this.#calm();
    this.#company = true;
    for (const duty of this.#duties) duty.heard(message);
  }
}
