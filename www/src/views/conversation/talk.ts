/* What goes on in the conversation on the screen, between its parts: which message is pointed at,
 * what is chosen for it, where one is led. */
import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { codeOf } from '../../api/errors';
import type { Place } from '../../design/overlay';
import { errorText, t } from '../../i18n';
import { copy } from '../../platform/clipboard';
import { rowOf } from '../../store/apart';
import type { Conversation } from '../../store/conversations';
import type { Forwarding } from '../../store/forwards';
import type { Shelf } from '../../store/shelf';
import type { UserStore } from '../../store/user_store';
import type { Merged, MergedItem } from './cards';
import { Selection } from './selection';

/* What is open for a message. */
export interface Panel {
  kind: 'menu' | 'quick' | 'emoji'; // quick: the first reactions only
  seq: number;
  at: Place;
}

export type Question =
  | { kind: 'recall' | 'readers' | 'history' | 'reactions'; message: Message }
  | { kind: 'hide'; messages: readonly Message[] };

/* In the viewer: a message of the conversation among the others on a shelf (null: on one of its
 * own), or one of the things in a bundle. */
export type Viewing =
  { seq: number; shelf: Shelf | null } | { items: readonly MergedItem[]; at: number };

/* What one is told, briefly. */
export interface Notice {
  text: string;
  bad: boolean;
}

const NOTICE_MS = 4000;
const FOUND_MS = 2000;

export class Talk {
  /* By the mouse, and by the keyboard. */
  readonly hovered: Signal<number | null> = signal(null);
  readonly focused: Signal<number | null> = signal(null);
  readonly panel: Signal<Panel | null> = signal(null);
  readonly question: Signal<Question | null> = signal(null);
  readonly selection = new Selection();
  readonly forwarding: Signal<Forwarding | null> = signal(null);
  readonly reading: Signal<Merged | null> = signal(null);
  /* A time near which one wants to see more: the question for a date is open. */
  readonly asked: Signal<number | null> = signal(null);
  readonly pinsOpen = signal(false);
  readonly viewing: Signal<Viewing | null> = signal(null);
  readonly notice: Signal<Notice | null> = signal(null);
  /* The row to be brought into sight; a new object each time. */
  readonly target: Signal<{ seq: number } | null> = signal(null);
  readonly found: Signal<number | null> = signal(null);

  constructor(
    readonly user: UserStore,
    readonly conversation: Conversation,
  ) {}

  message(seq: number): Message | null {
    return rowOf(this.conversation, seq) ?? null;
  }

  reply({ seq }: Message): void {
    const { id } = this.conversation;
    this.user.composing.set(id, { kind: 'reply', seq });
    this.user.drafts.set(id, this.user.drafts.get(id), seq);
  }

  edit({ seq }: Message): void {
    this.user.composing.set(this.conversation.id, { kind: 'edit', seq });
  }

  react(message: Message, emoji: string): Promise<void> {
    return this.run(() => this.user.reactions.toggle(message, emoji));
  }

  async copy(text: string): Promise<boolean> {
    const done = await copy(text);
    this.tell(done ? t('actions.copied') : t('error.internal'), !done);
    return done;
  }

  /* Leads to a row, however long ago it was written. */
  async jump(seq: number): Promise<void> {
    const { user, conversation } = this;
    this.pinsOpen.value = false;
    if (!(await user.history.around(conversation, seq)) || this.message(seq)?.hidden)
      return this.tell(t('reply.gone'), true);
    this.target.value = { seq };
    this.found.value = seq;
    setTimeout(() => {
      if (this.found.peek() === seq) this.found.value = null;
    }, FOUND_MS);
  }

  /* Something that the server may refuse. */
  async run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(errorText(codeOf(error)), true);
    }
  }

  tell(text: string, bad: boolean): void {
    const notice = { text, bad };
    this.notice.value = notice;
    setTimeout(() => {
      if (this.notice.peek() === notice) this.notice.value = null;
    }, NOTICE_MS);
  }
}

export const TalkContext = createContext<Talk | null>(null);

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (!talk) throw new Error('there is no conversation around this view');
  return talk;
}
