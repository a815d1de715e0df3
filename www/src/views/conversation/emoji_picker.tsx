/* A choice of emoji above the composer: arrows move, Enter takes, Esc closes. */
import { useEffect, useRef } from 'preact/hooks';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { recentEmoji, usedEmoji } from '../../platform/preferences';
import { EMOJI, type EmojiGroup } from './emoji_table';
import './emoji_picker.css';

interface EmojiPickerProps {
  id: string;
  onChoose: (emoji: string) => void;
  onClose: () => void;
}

export function EmojiPicker({ id, onChoose, onClose }: EmojiPickerProps) {
  const panel = useRef<HTMLDivElement>(null);
  // What was recent when it opened: keys must not move under the fingers.
  const recent = useRef(recentEmoji.peek()).current;
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('.emoji')?.focus();
    const outside = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!panel.current?.contains(target) && !target.closest('.composer')) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
    };
  }, []);
  const choose = (emoji: string): void => {
    usedEmoji(emoji);
    onChoose(emoji);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    } else if (panel.current) {
      moveFocus(event, '.emoji', columnsOf(panel.current));
    }
  };
  return (
    <div
      ref={panel}
      id={id}
      class="emoji-picker scroll"
      role="dialog"
      aria-label={t('emoji.title')}
      onKeyDown={pressed}
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
