/* What a text that is being written is about: an answer to a message, or a message's new text. */
import { signal, type Signal } from '@preact/signals-core';

export interface Subject {
  kind: 'reply' | 'edit';
  seq: number;
}

export class Composing {
  /* By conversation. */
  readonly subjects: Signal<ReadonlyMap<number, Subject>> = signal(new Map());

  set(conversation: number, subject: Subject): void {
    this.subjects.value = new Map(this.subjects.peek()).set(conversation, subject);
  }

  clear(conversation: number): void {
    const rest = new Map(this.subjects.peek());
    if (rest.delete(conversation)) this.subjects.value = rest;
  }
}
