/* A choice of emoji: arrows move, Enter takes; above the composer, where stickers are beside them, Esc
 * closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../design/icons';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { recentEmoji, usedEmoji } from '../../platform/preferences';
import { EMOJI, type EmojiGroup } from './emoji_table';
import './emoji_picker.css';

interface EmojiPickerProps {
  id: string;
  stickers: ComponentChildren; // the other choice, if there is one
  onChoose: (emoji: string) => void;
  onClose: () => void;
}

const TABS = [
  { tab: 'emoji', icon: 'smile' },
  { tab: 'stickers', icon: 'sticker' },
] as const;

export function EmojiPicker({ id, stickers, onChoose, onClose }: EmojiPickerProps) {
  const panel = useRef<HTMLDivElement>(null);
  const [tab, setTab] = useState<(typeof TABS)[number]['tab']>('emoji');
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!panel.current?.contains(target) && !target.closest('.composer')) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
    };
  }, []);
  return (
    <div
      ref={panel}
      id={id}
      class="emoji-picker"
      role="dialog"
      aria-label={t('emoji.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div class="emoji-picker__choice">
        {tab === 'emoji' ? <EmojiTable onChoose={onChoose} /> : stickers}
      </div>
      {stickers && (
        <div class="emoji-picker__tabs" role="group" aria-label={t('stickers.choice')}>
          {TABS.map(({ tab: one, icon }) => (
            <button
              key={one}
              type="button"
              class="emoji-picker__tab"
              aria-pressed={one === tab}
              onClick={() => {
                setTab(one);
              }}
            >
              <Icon name={icon} size={18} />
              {t(`${one}.title`)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface EmojiTableProps {
  class?: string;
  onChoose: (emoji: string) => void;
}

export function EmojiTable({ class: shape = '', onChoose }: EmojiTableProps) {
  const table = useRef<HTMLDivElement>(null);
  // What was recent when it opened: keys must not move under the fingers.
  const recent = useRef(recentEmoji.peek()).current;
  useEffect(() => {
    table.current?.querySelector<HTMLElement>('.emoji')?.focus();
  }, []);
  const choose = (emoji: string): void => {
    usedEmoji(emoji);
    onChoose(emoji);
  };
  return (
    <div
      ref={table}
      class={`emoji-table scroll ${shape}`}
      onKeyDown={(event) => {
        if (table.current) moveFocus(event, '.emoji', columnsOf(table.current));
      }}
    >
      {recent.length > 0 && <Group title={t('emoji.recent')} emoji={recent} onChoose={choose} />}
      {(Object.keys(EMOJI) as EmojiGroup[]).map((group) => (
        <Group key={group} title={t(`emoji.${group}`)} emoji={EMOJI[group]} onChoose={choose} />
      ))}
    </div>
  );
}

function Group({
  title,
  emoji,
  onChoose,
}: {
  title: string;
  emoji: readonly string[];
  onChoose: (emoji: string) => void;
}) {
  return (
    <section class="emoji-group">
      <h2 class="emoji-group__title">{title}</h2>
      <div class="emoji-group__grid">
        {emoji.map((one) => (
          <button
            key={one}
            type="button"
            class="emoji"
            onClick={() => {
              onChoose(one);
            }}
          >
            {one}
          </button>
        ))}
      </div>
    </section>
  );
}

function columnsOf(panel: HTMLElement): number {
  const grid = panel.querySelector('.emoji-group__grid:last-of-type') ?? panel;
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}
