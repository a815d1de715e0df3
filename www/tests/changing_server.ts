/* A server whose messages are edited, recalled, reacted to and pinned: what it answers for them is
 * worked out from all rows, in no way that the store does it. */
import type { ConversationHead, Message, Page, PageRange, Reaction } from '../src/api/chat';
import type { MessageApi } from '../src/api/messages';
import { FakeServer, head, message, refusal } from './fakes';

export type Kind = 'recall' | 'edit' | 'reaction' | 'pin';
type Body = Record<string, unknown>;

export class ChangingServer extends FakeServer {
  readonly hidden = new Set<number>();
  readonly asked: string[] = [];
  refused: Error | null = null;

  override write(sender: number, key: string, text: string): Message {
    const made = super.write(sender, key, text);
    made.ordinal = this.rows.filter(isSaid).length;
    return made;
  }

  /* Somebody changes a message; the row that says so. */
  change(sender: number, kind: Kind, target: number, more: Body = {}): Message {
    const seq = this.rows.length + 1;
    const row = message(7, seq, sender, `~${seq}`);
    const ordinal = this.rows.filter(isSaid).length;
    this.rows.push({ ...row, kind, ordinal, body: { target, ...more } });
    return this.now(seq);
  }

  /* A row as it is now. */
  now(seq: number): Message {
    const row = this.rows[seq - 1];
    if (!row) throw refusal(404, 'not_found');
    if (!isSaid(row)) return this.#withoutText(row);
    const changes = this.rows.filter(
      ({ body, kind }) => kind !== 'text' && body?.['target'] === seq,
    );
    const of = (kind: Kind) => changes.filter((change) => change.kind === kind);
    const [edit, pin, recall] = [of('edit').at(-1), of('pin').at(-1), of('recall')[0]];
    const gone = recall !== undefined || this.hidden.has(seq);
    return {
      ...row,
      body: gone ? null : edit ? { text: edit.body?.['text'] } : row.body,
      mentions: gone ? [] : (row.mentions ?? []),
      edited_at: edit?.created_at ?? null,
      recalled_at: recall?.created_at ?? null,
      pinned_at: !gone && pin?.body?.['on'] ? pin.created_at : null,
      reactions: gone ? [] : reactionsOf(of('reaction'), this.me),
      changed_seq: changes.at(-1)?.seq ?? null,
      hidden: this.hidden.has(seq),
    };
  }

  all(): Message[] {
    return this.rows.map(({ seq }) => this.now(seq));
  }

  override head(): ConversationHead {
    const said = this.rows.filter(isSaid);
    const last = said.at(-1);
    return head(7, last ? this.now(last.seq) : null, {
      last_seq: this.rows.length,
      read_seq: this.readSeq,
      unread: said.filter(({ seq }) => seq > this.readSeq).length,
    });
  }

  constructor(me = 1) {
    super(me);
    const { page } = this.chat;
    this.chat.page = async (
      conversation: number,
      range: PageRange,
      limit: number,
    ): Promise<Page> => {
      const { messages, more } = await page(conversation, range, limit);
      return { messages: messages.map(({ seq }) => this.now(seq)), more };
    };
  }

  readonly messages = {
    edit: (_, seq, { body }) => this.#answer('edit', seq, { text: body.text }),
    edits: () => Promise.resolve([]),
    readers: () => Promise.resolve({ readers: [], untold: 0 }),
    recall: async (_, seq) => void (await this.#answer('recall', seq)),
    hide: async (_, seq) => {
      this.hidden.add(seq);
      return Promise.resolve();
    },
    react: (_, seq, emoji) => this.#answer('reaction', seq, { emoji, on: true }),
    unreact: async (_, seq, emoji) =>
      void (await this.#answer('reaction', seq, { emoji, on: false })),
    pins: () => {
      this.asked.push('pins');
      return Promise.resolve(
        this.all()
          .filter(({ pinned_at }) => pinned_at !== null)
          .reverse(),
      );
    },
    pin: (_, seq) => this.#answer('pin', seq, { on: true }),
    unpin: async (_, seq) => void (await this.#answer('pin', seq, { on: false })),
  } satisfies { [Name in Exclude<keyof MessageApi, 'forward'>]: MessageApi[Name] };

  async #answer(kind: Kind, seq: number, more: Body = {}): Promise<Message> {
    this.asked.push([kind, seq, ...Object.values(more)].join(' '));
    await Promise.resolve();
    if (this.refused) throw this.refused;
    this.change(this.me, kind, seq, more);
    return this.now(seq);
  }

  #withoutText(row: Message): Message {
    const target = Number(row.body?.['target']);
    const gone = this.hidden.has(target) || this.rows.some(recalls(target));
    return row.kind === 'edit' && gone ? { ...row, body: { target } } : row;
  }
}

/* Without what is said of it elsewhere. */
export function plain(row: Message): object {
  const members = Object.entries(row).filter(([name]) => name !== 'event');
  return { ...Object.fromEntries(members), mentions: row.mentions ?? [] };
}

function isSaid({ kind }: Message): boolean {
  return kind === 'text';
}

function recalls(target: number): (row: Message) => boolean {
  return ({ kind, body }) => kind === 'recall' && body?.['target'] === target;
}

function reactionsOf(changes: readonly Message[], me: number): Reaction[] {
  const all = new Map<string, number[]>();
  for (const { sender_id, body } of changes) {
    const emoji = String(body?.['emoji']);
    const others = (all.get(emoji) ?? []).filter((id) => id !== sender_id);
    const ids = body?.['on'] ? [...others, sender_id] : others;
    if (ids.length > 0) all.set(emoji, ids);
    else all.delete(emoji);
  }
  return [...all].map(([emoji, ids]) => ({
    emoji,
    count: ids.length,
    mine: ids.includes(me),
    user_ids: ids.slice(0, 20),
  }));
}
