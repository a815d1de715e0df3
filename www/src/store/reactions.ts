/* Reactions of mine, shown at once: what is wanted lies over what the server has said until it
 * answers, so a refusal takes back nothing that came meanwhile. */
import { signal, type Signal } from '@preact/signals-core';
import type { Message, Reaction } from '../api/chat';
import type { MessageApi } from '../api/messages';
import { withChange, withReaction } from './changes';
import type { Conversations } from './conversations';
import type { Timers } from './environment';

export interface ReactionsOptions {
  me: number;
  messages: Pick<MessageApi, 'react' | 'unreact'>;
  conversations: Conversations;
  timers: Pick<Timers, 'now'>;
}

interface Wish {
  emoji: string;
  on: boolean;
}

type Wishes = ReadonlyMap<string, Wish>; // by emoji

export class Reactions {
  readonly #options: ReactionsOptions;
  readonly #wishes: Signal<ReadonlyMap<string, Wishes>> = signal(new Map()); // by message

  constructor(options: ReactionsOptions) {
    this.#options = options;
  }

  /* With what I want and the server does not know yet. */
  of(message: Message): Reaction[] {
    const { me } = this.#options;
    const wishes = this.#wishes.value.get(keyOf(message));
    return [...(wishes?.values() ?? [])].reduce<Reaction[]>(
      (all, { emoji, on }) => withReaction(all, { emoji, user: me, on }, me),
      [...message.reactions],
    );
  }

  toggle(message: Message, emoji: string): Promise<void> {
    const mine = this.of(message).find((reaction) => reaction.emoji === emoji)?.mine ?? false;
    return this.#want(message, { emoji, on: !mine });
  }

  /* One request about a message and emoji at a time; the last wish counts. */
  async #want(message: Message, wish: Wish): Promise<void> {
    const waiting = this.#wish(message, wish.emoji) !== undefined;
    this.#put(message, wish.emoji, wish);
    if (waiting) return;
    try {
      for (let sent: Wish | undefined; ;) {
        const next = this.#wish(message, wish.emoji);
        if (!next || next.on === sent?.on) return;
        await this.#send(message, next);
        sent = next;
      }
    } finally {
      this.#put(message, wish.emoji, undefined);
    }
  }

  async #send(message: Message, { emoji, on }: Wish): Promise<void> {
    const { me, messages, conversations, timers } = this.#options;
    const { conversation_id: id, seq } = message;
    if (on) return conversations.renew(await messages.react(id, seq, emoji));
    await messages.unreact(id, seq, emoji);
    const change = {
      kind: 'reaction',
      body: { target: seq, emoji, on },
      sender_id: me,
      created_at: timers.now(),
    };
    conversations.change(id, seq, (row) => withChange(row, change, me));
  }

  #wish(message: Message, emoji: string): Wish | undefined {
    return this.#wishes.peek().get(keyOf(message))?.get(emoji);
  }

  #put(message: Message, emoji: string, wish: Wish | undefined): void {
    const all = new Map(this.#wishes.peek());
    const wishes = new Map(all.get(keyOf(message)));
    if (wish) wishes.set(emoji, wish);
    else wishes.delete(emoji);
    if (wishes.size > 0) all.set(keyOf(message), wishes);
    else all.delete(keyOf(message));
    this.#wishes.value = all;
  }
}

function keyOf({ conversation_id, seq }: Message): string {
  return `${conversation_id} ${seq}`;
}
