/* Messages sent on into other conversations, one by one or as one. */
import type { Message } from '../api/chat';
import type { MessageApi, Refusal } from '../api/messages';

export interface Forwarding {
  from: number;
  seqs: readonly number[];
  title: string | null; // of the one message that they become; null: one by one
}

export interface ForwardsOptions {
  messages: Pick<MessageApi, 'forward'>;
  newKey: () => string;
  onSent: (message: Message) => Promise<void>;
}

/* As the server has them. */
export const MOST_MESSAGES = 100;
const MOST_TARGETS = 10;
const MOST_COPIES = 100;

/* How many conversations it can go to at once. */
export function mostTargets({ seqs, title }: Forwarding): number {
  return title === null
    ? Math.min(MOST_TARGETS, Math.floor(MOST_COPIES / seqs.length))
    : MOST_TARGETS;
}

export class Forwards {
  readonly #options: ForwardsOptions;
  readonly #keys = new WeakMap<Forwarding, Map<string, string>>();

  constructor(options: ForwardsOptions) {
    this.#options = options;
  }

  /* The conversations that took nothing.  Trying again makes no second copy. */
  async send(what: Forwarding, targets: readonly number[]): Promise<Refusal[]> {
    const { from, seqs, title } = what;
    const { messages, refused } = await this.#options.messages.forward({
      client_key: this.#keyOf(what, targets),
      from_conversation: from,
      seqs,
      to_conversations: targets,
      ...(title === null ? {} : { merged: true, ...(title === '' ? {} : { title }) }),
    });
    for (const message of messages) await this.#options.onSent(message);
    return refused;
  }

  #keyOf(what: Forwarding, targets: readonly number[]): string {
    const keys = this.#keys.get(what) ?? new Map<string, string>();
    const key = keys.get(targets.join()) ?? this.#options.newKey();
    this.#keys.set(what, keys.set(targets.join(), key));
    return key;
  }
}
