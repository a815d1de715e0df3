/* A sticker among the messages: its picture alone, without a bubble. */
import type { Addresses } from '../../api/media';
import { StickerPicture } from '../stickers/sticker_picture';
import type { EnclosedProps } from './enclosed_view';
import '../stickers/stickers.css';

export function StickerView({ enclosed: { body } }: EnclosedProps) {
  const { media_id, animated = false, width = 1, height = 1 } = body;
  return (
    <div class="sticker" style={{ aspectRatio: `${width} / ${height}` }}>
      {media_id !== undefined && (
        <StickerPicture key={media_id} sticker={{ media_id, animated }} choose={largeOf} />
      )}
    </div>
  );
}

/* What moves does so only in the original. */
function largeOf(from: Addresses, still: boolean): string {
  return still ? (from.thumbnail_url ?? from.url) : from.url;
}
