/* Stickers that stand for the emoji that was just written. */
import { useEffect } from 'preact/hooks';
import type { Sticker } from '../../api/media';
import { t } from '../../i18n';
import { isEmojiOnly } from '../conversation/linkify';
import { useUser } from '../session';
import { StickerButton } from './sticker_button';
import './stickers.css';

interface StickerSuggestionsProps {
  text: string;
  onSend: (sticker: Sticker) => void;
}

export function StickerSuggestions({ text, onSend }: StickerSuggestionsProps) {
  const { stickers } = useUser().media;
  const emoji = text.trim();
  const asks = emoji !== '' && isEmojiOnly(emoji);
  useEffect(() => {
    // Without them there are only no suggestions.
    if (asks && stickers.shelf.peek() === null) void stickers.refresh().catch(() => undefined);
  }, [asks]);
  const found = asks ? stickers.matching(emoji) : [];
  if (found.length === 0) return null;
  return (
    <div class="sticker-suggestions" role="group" aria-label={t('stickers.matching')}>
      {found.map((sticker) => (
        <StickerButton key={sticker.id} sticker={sticker} onSend={onSend} />
      ))}
    </div>
  );
}
