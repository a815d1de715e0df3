/* Who is writing to me right now, and telling others that I am.  Live only, best effort: a lost
 * word of it hurts nobody, so each holds for a few seconds. */
import { signal, type Signal } from '@preact/signals-core';
import type { Timers } from './environment';

const TELL_EVERY_MS = 3000;
const HOLDS_MS = 6000;

export interface TypingOptions {
  timers: Timers;
  tell: (conversation: number) => void;
}

export class Typing {
  /* Conversation to the person who writes there. */
  readonly now: Signal<ReadonlyMap<number, number>> = signal(new Map());
  readonly #options: TypingOptions;
  readonly #cancel = new Map<number, () => void>();
  readonly #told = new Map<number, number>();

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /* I changed a text that I am writing. */
  wrote(conversation: number): void {
    const { timers, tell } = this.#options;
    if (timers.now() - (this.#told.get(conversation) ?? 0) < TELL_EVERY_MS) return;
    this.#told.set(conversation, timers.now());
    tell(conversation);
  }

  /* I sent it: the next text is told of at once. */
  sent(conversation: number): void {
    this.#told.delete(conversation);
  }

  heard(conversation: number, user: number): void {
    this.#cancel.get(conversation)?.();
    this.#cancel.set(
      conversation,
      this.#options.timers.after(HOLDS_MS, () => {
        this.ended(conversation, user);
      }),
    );
    this.now.value = new Map(this.now.peek()).set(conversation, user);
  }

  /* What they wrote has arrived, or they stopped. */
  ended(conversation: number, user: number): void {
    if (this.now.peek().get(conversation) !== user) return;
    this.#cancel.get(conversation)?.();
    this.#cancel.delete(conversation);
    const rest = new Map(this.now.peek());
    rest.delete(conversation);
    this.now.value = rest;
  }
}
