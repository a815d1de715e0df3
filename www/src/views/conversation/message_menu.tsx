/* What can be done to a message: six reactions and more, and a line for everything else. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { Icon, type IconName } from '../../design/icons';
import { Overlay } from '../../design/overlay';
import { t } from '../../i18n';
import { enclosedIn } from '../../store/enclosed';
import type { MessageAction } from '../../store/message_rights';
import { textOf } from './cards';
import { EmojiTable } from './emoji_picker';
import { whoIn } from './names';
import { offeredFor } from './standing';
import { useTalk, type Panel, type Talk } from './talk';
import './message_menu.css';

const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉'];

/* What is open for a message now, if anything is. */
export function MessagePanel() {
  const talk = useTalk();
  const panel = talk.panel.value;
  const message = panel && talk.message(panel.seq);
  if (!panel || !message) return null;
  const close = (): void => {
    talk.panel.value = null;
  };
  if (panel.kind === 'emoji') {
    const choose = (emoji: string): void => {
      close();
      void talk.react(message, emoji);
    };
    return (
      <Overlay label={t('actions.react')} at={panel.at} onClose={close}>
        <EmojiTable class="reaction-table" onChoose={choose} />
      </Overlay>
    );
  }
  const name = t('actions.menu', whoIn(talk.user, talk.conversation.id)(message.sender_id));
  return (
    <Overlay label={name} at={panel.at} onClose={close}>
      <Lines talk={talk} message={message} panel={panel} name={name} />
    </Overlay>
  );
}

interface Line {
  action: MessageAction;
  icon: IconName;
  danger?: boolean;
  run: (talk: Talk, message: Message) => void;
}

const ask =
  (kind: 'recall' | 'readers' | 'history' | 'reactions') => (talk: Talk, message: Message) => {
    talk.question.value = { kind, message };
  };

const LINES: Line[] = [
  {
    action: 'reply',
    icon: 'reply',
    run: (talk, message) => {
      talk.reply(message);
    },
  },
  {
    action: 'forward',
    icon: 'forward',
    run: (talk, { seq }) => {
      talk.forwarding.value = { from: talk.conversation.id, seqs: [seq], title: null };
    },
  },
  {
    action: 'sticker',
    icon: 'sticker',
    run: (talk, message) => void talk.run(() => addToStickers(talk, message)),
  },
  { action: 'copy', icon: 'copy', run: (talk, message) => void talk.copy(textOf(message) ?? '') },
  {
    action: 'edit',
    icon: 'edit',
    run: (talk, message) => {
      talk.edit(message);
    },
  },
  {
    action: 'pin',
    icon: 'pin',
    run: (talk, message) => void talk.run(() => talk.user.actions.pin(message)),
  },
  {
    action: 'unpin',
    icon: 'unpin',
    run: (talk, message) => void talk.run(() => talk.user.actions.unpin(message)),
  },
  {
    action: 'select',
    icon: 'check',
    run: (talk, { seq }) => {
      talk.selection.begin(seq);
    },
  },
  { action: 'readers', icon: 'eye', run: ask('readers') },
  { action: 'reactions', icon: 'smile', run: ask('reactions') },
  { action: 'history', icon: 'waiting', run: ask('history') },
  { action: 'recall', icon: 'recall', danger: true, run: recall },
  {
    action: 'hide',
    icon: 'trash',
    danger: true,
    run: (talk, message) => {
      talk.question.value = { kind: 'hide', messages: [message] };
    },
  },
];

async function addToStickers(talk: Talk, message: Message): Promise<void> {
  const enclosed = enclosedIn(message);
  if (!enclosed) return;
  await talk.user.media.stickers.take(enclosed);
  talk.tell(t('stickers.added'), false);
}

/* Nobody needs to be asked about what nobody has seen. */
export function recall(talk: Talk, message: Message): void {
  const { peer_read_seq, kind } = talk.conversation.head.peek();
  if (kind === 'direct' && message.seq > peer_read_seq)
    void talk.run(() => talk.user.actions.recall(message));
  else ask('recall')(talk, message);
}

interface LinesProps {
  talk: Talk;
  message: Message;
  panel: Panel;
  name: string;
}

function Lines({ talk, message, panel, name }: LinesProps) {
  const menu = useRef<HTMLDivElement>(null);
  const offered = offeredFor(talk, message);
  const lines = panel.kind === 'menu' ? LINES.filter(({ action }) => offered.has(action)) : [];
  useEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }, []);
  const close = (): void => {
    talk.panel.value = null;
  };
  return (
    <div ref={menu} class="message-menu" role="menu" aria-label={name} onKeyDown={move}>
      {offered.has('react') && (
        <div class="message-menu__quick" role="group" aria-label={t('actions.react')} data-line>
          {QUICK.map((emoji) => (
            <QuickReaction key={emoji} talk={talk} message={message} emoji={emoji} />
          ))}
          <button
            type="button"
            class="quick-reaction"
            role="menuitem"
            tabIndex={-1}
            aria-label={t('actions.react.other')}
            title={t('actions.react.other')}
            onClick={() => {
              talk.panel.value = { ...panel, kind: 'emoji' };
            }}
          >
            <Icon name="react" size={22} />
          </button>
        </div>
      )}
      {lines.map(({ action, icon, danger, run }) => (
        <MenuItem
          key={action}
          icon={icon}
          danger={danger ?? false}
          onClick={() => {
            close();
            run(talk, message);
          }}
        >
          {t(`actions.${action}`)}
        </MenuItem>
      ))}
    </div>
  );
}

function QuickReaction({
  talk,
  message,
  emoji,
}: Pick<LinesProps, 'talk' | 'message'> & { emoji: string }) {
  const mine = talk.user.reactions.of(message).some((one) => one.emoji === emoji && one.mine);
  return (
    <button
      type="button"
      class="quick-reaction"
      role="menuitemcheckbox"
      aria-checked={mine}
      tabIndex={-1}
      onClick={() => {
        talk.panel.value = null;
        void talk.react(message, emoji);
      }}
    >
      {emoji}
    </button>
  );
}

interface MenuItemProps {
  icon: IconName;
  danger: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

function MenuItem({ icon, danger, onClick, children }: MenuItemProps) {
  return (
    <button
      type="button"
      class={`message-menu__line ${danger ? 'message-menu__line--danger' : ''}`}
      role="menuitem"
      tabIndex={-1}
      data-line
      onClick={onClick}
    >
      <Icon name={icon} size={20} />
      {children}
    </button>
  );
}

const ITEM = '[role^="menuitem"]';

/* Up and down between the lines, around the ends; left and right within one. */
function move(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const item = (event.target as HTMLElement).closest<HTMLElement>(ITEM);
  const lines = [...menu.querySelectorAll<HTMLElement>('[data-line]')];
  const line = lines.findIndex((one) => one.contains(item));
  const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  const items = [...(lines[line]?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
  const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  let next: HTMLElement | undefined;
  if (step !== undefined) next = firstOf(lines.at((line + step) % lines.length));
  else if (side !== undefined && item) next = items.at((items.indexOf(item) + side) % items.length);
  else if (event.key === 'Home') next = firstOf(lines[0]);
  else if (event.key === 'End') next = firstOf(lines.at(-1));
  else return;
  event.preventDefault();
  next?.focus();
}

function firstOf(line: HTMLElement | undefined): HTMLElement | undefined {
  return line?.matches(ITEM) ? line : (line?.querySelector<HTMLElement>(ITEM) ?? undefined);
}
