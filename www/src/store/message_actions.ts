/* What a person does to messages that were sent.  Each is shown as soon as the server has taken
 * it; the row that tells everybody of it may come later, and changes nothing then. */
import type { Message } from '../api/chat';
import type { Edit, MessageApi, Readers } from '../api/messages';
import { keepApart } from './apart';
import { withChange } from './changes';
import type { Conversations } from './conversations';
import type { Timers } from './environment';
import { mentioning } from './outbox_entry';

export interface MessageActionsOptions {
  me: number;
  messages: Pick<MessageApi, 'edit' | 'edits' | 'readers' | 'recall' | 'hide' | 'pin' | 'unpin'>;
  conversations: Conversations;
  timers: Pick<Timers, 'now'>;
}

export class MessageActions {
  readonly #options: MessageActionsOptions;

  constructor(options: MessageActionsOptions) {
    this.#options = options;
  }

  async edit(message: Message, text: string, mentions: readonly number[]): Promise<void> {
    const { messages, conversations } = this.#options;
    // Without them, those who are named would stay named.
    const change = { body: { text }, mentions: [], ...mentioning(mentions) };
    conversations.renew(await messages.edit(message.conversation_id, message.seq, change));
  }

  /* The texts it had before, oldest first. */
  edits({ conversation_id, seq }: Message): Promise<Edit[]> {
    return this.#options.messages.edits(conversation_id, seq);
  }

  readers({ conversation_id, seq }: Message): Promise<Readers> {
    return this.#options.messages.readers(conversation_id, seq);
  }

  async recall(message: Message): Promise<void> {
    const { conversation_id: id, seq } = message;
    await this.#options.messages.recall(id, seq);
    this.#apply(message, 'recall', {});
    this.#options.conversations.forgetTexts(id, seq);
  }

  /* For me alone. */
  async hide({ conversation_id: id, seq }: Message): Promise<void> {
    await this.#options.messages.hide(id, seq);
    this.#options.conversations.hide(id, [seq]);
  }

  async pin({ conversation_id: id, seq }: Message): Promise<void> {
    const { me, messages, conversations } = this.#options;
    const pinned = await messages.pin(id, seq);
    conversations.renew(pinned);
    const conversation = conversations.get(id);
    if (conversation) keepApart(conversation, [pinned], me);
  }

  async unpin(message: Message): Promise<void> {
    await this.#options.messages.unpin(message.conversation_id, message.seq);
    this.#apply(message, 'pin', { on: false });
  }

  #apply({ conversation_id, seq }: Message, kind: string, body: object): void {
    const { me, conversations, timers } = this.#options;
    const change = {
      kind,
      body: { target: seq, ...body },
      sender_id: me,
      created_at: timers.now(),
    };
    conversations.change(conversation_id, seq, (row) => withChange(row, change, me));
  }
}
