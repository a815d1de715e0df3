/* chat: what can be done to a message that was sent. */
import type { User } from './account';
import type { Authority } from './authority';
import type { Draft, Message } from './chat';

/* A text that was replaced, by which row, and when. */
export interface Edit {
  seq: number;
  text: string;
  edited_at: number;
}

/* How far somebody has got with a message of mine. */
export interface Reader {
  user: User;
  state: 'sent' | 'delivered' | 'read';
}

export interface Readers {
  readers: Reader[];
  untold: number; // of how many I may not know it
}

const PAGE = 100;

export type TextChange = { body: { text: string } } & Pick<Draft, 'mentions' | 'mention_all'>;

/* Messages on their way into other conversations. */
export interface Forward {
  client_key: string;
  from_conversation: number;
  seqs: readonly number[];
  to_conversations: readonly number[];
  merged?: boolean; // as one message
  title?: string;
}

/* A conversation that took none of it, and why. */
export interface Refusal {
  conversation_id: number;
  code: string;
}

export interface Forwarded {
  messages: Message[];
  refused: Refusal[];
}

interface MessageAnswer {
  message: Message;
}

export class MessageApi {
  constructor(private readonly authority: Authority) {}

  async edit(conversation: number, seq: number, change: TextChange): Promise<Message> {
    const answer = await this.authority.send<MessageAnswer>({
      method: 'PATCH',
      path: pathOf(conversation, seq),
      body: change,
    });
    return answer.body.message;
  }

  /* The texts it had before, oldest first. */
  async edits(conversation: number, seq: number): Promise<Edit[]> {
    const all: Edit[] = [];
    for (;;) {
      const answer = await this.authority.send<{ edits: Edit[]; more: boolean }>({
        method: 'GET',
        path: `${pathOf(conversation, seq)}/edits`,
        query: { after: all.at(-1)?.seq, limit: PAGE },
      });
      all.push(...answer.body.edits);
      if (!answer.body.more || answer.body.edits.length === 0) return all;
    }
  }

  async readers(conversation: number, seq: number): Promise<Readers> {
    const answer = await this.authority.send<Readers>({
      method: 'GET',
      path: `${pathOf(conversation, seq)}/readers`,
    });
    return answer.body;
  }

  async recall(conversation: number, seq: number): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: pathOf(conversation, seq) });
  }

  /* Deletes it for me alone. */
  async hide(conversation: number, seq: number): Promise<void> {
    await this.authority.send({
      method: 'DELETE',
      path: pathOf(conversation, seq),
      query: { for: 'me' },
    });
  }

  async react(conversation: number, seq: number, emoji: string): Promise<Message> {
    const answer = await this.authority.send<MessageAnswer>({
      method: 'PUT',
      path: reactionOf(conversation, seq, emoji),
    });
    return answer.body.message;
  }

  async unreact(conversation: number, seq: number, emoji: string): Promise<void> {
    await this.authority.send({ method: 'DELETE', path: reactionOf(conversation, seq, emoji) });
  }

  async forward(forward: Forward): Promise<Forwarded> {
    const answer = await this.authority.send<Forwarded>({
      method: 'POST',
      path: '/chat/forwards',
      body: forward,
    });
    return answer.body;
  }

  /* Newest pinned first. */
  async pins(conversation: number): Promise<Message[]> {
    const answer = await this.authority.send<{ messages: Message[] }>({
      method: 'GET',
      path: `/chat/conversations/${conversation}/pins`,
    });
    return answer.body.messages;
  }

  async pin(conversation: number, seq: number): Promise<Message> {
    const answer = await this.authority.send<MessageAnswer>({
      method: 'PUT',
      path: `/chat/conversations/${conversation}/pins/${seq}`,
    });
    return answer.body.message;
  }

  async unpin(conversation: number, seq: number): Promise<void> {
    await this.authority.send({
      method: 'DELETE',
      path: `/chat/conversations/${conversation}/pins/${seq}`,
    });
  }
}

function pathOf(conversation: number, seq: number): string {
  return `/chat/conversations/${conversation}/messages/${seq}`;
}

function reactionOf(conversation: number, seq: number, emoji: string): string {
  return `${pathOf(conversation, seq)}/reactions/${encodeURIComponent(emoji)}`;
}
