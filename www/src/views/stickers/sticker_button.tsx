/* One sticker of a choice: pressed it is sent; held, or by the right mouse button, it has a menu. */
import type { Sticker } from '../../api/media';
import { useLongPress } from '../../design/long_press';
import type { Place } from '../../design/overlay';
import { t } from '../../i18n';
import { placeAt } from '../chats/conversation_menu';
import { StickerPicture } from './sticker_picture';

interface StickerButtonProps {
  sticker: Sticker;
  onSend: (sticker: Sticker) => void;
  onMenu?: (at: Place) => void;
}

export function stickerName({ emoji, keywords }: Sticker): string {
  return t('stickers.name', [emoji, keywords[0] ?? ''].join(' ').trim());
}

export function StickerButton({ sticker, onSend, onMenu }: StickerButtonProps) {
  const press = useLongPress(() => onMenu?.('sheet'));
  return (
    <button
      {...press}
      type="button"
      class="sticker-choice"
      aria-label={stickerName(sticker)}
      title={sticker.keywords.join(', ')}
      data-sticker={sticker.id}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu?.(placeAt(event.currentTarget.getBoundingClientRect()));
      }}
      onClick={() => {
        onSend(sticker);
      }}
    >
      <StickerPicture sticker={sticker} />
    </button>
  );
}
