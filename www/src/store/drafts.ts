/* Texts that were begun and not sent, per conversation; they stay on this device. */
import { signal, type Signal } from '@preact/signals-core';
import type { Cache } from './cache';

export class Drafts {
  readonly texts: Signal<ReadonlyMap<number, string>> = signal(new Map());

  constructor(private readonly cache: Cache) {}

  restore(texts: ReadonlyMap<number, string>): void {
    this.texts.value = new Map([...texts, ...this.texts.peek()]);
  }

  get(conversation: number): string {
    return this.texts.peek().get(conversation) ?? '';
  }

  set(conversation: number, text: string): void {
    if (this.get(conversation) === text) return;
    const texts = new Map(this.texts.peek());
    if (text === '') texts.delete(conversation);
    else texts.set(conversation, text);
    this.texts.value = texts;
    this.cache.putDraft(conversation, text);
  }
}
