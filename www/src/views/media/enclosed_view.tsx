/* What a message holds that is no text, in its bubble. */
import type { Enclosed } from '../../store/enclosed';
import type { OutboxEntry } from '../../store/outbox_entry';
import { useUser } from '../session';
import { FileCard } from './file_card';
import { ImageView } from './image_view';
import { StickerView } from './sticker_view';
import { VideoView } from './video_view';
import { VoiceView } from './voice_view';

export interface EnclosedProps {
  enclosed: Enclosed;
  seq: number | null; // null: not stored yet, or in a bundle
  onOpen?: () => void; // in a bundle: what the viewer shows of it
  entry?: OutboxEntry | undefined; // on its way
  active: boolean; // reached by Tab only while its message is
}

export function EnclosedView(props: EnclosedProps) {
  switch (props.enclosed.kind) {
    case 'image':
      return <ImageView {...props} />;
    case 'video':
      return <VideoView {...props} />;
    case 'voice':
      return <VoiceView {...props} />;
    case 'sticker':
      return <StickerView {...props} />;
    default:
      return <FileCard {...props} />;
  }
}

/* The file itself, where it is in this page. */
export function useOwnFile({ enclosed, entry }: EnclosedProps): Blob | undefined {
  const { media } = useUser();
  const { media_id } = enclosed.body;
  if (media_id !== undefined) return media.own.value.get(media_id);
  return entry && media.uploads.fileOf(entry.client_key)?.file;
}

/* It is not refused, and not there yet. */
export function isUnderWay({ enclosed, entry }: EnclosedProps): boolean {
  return entry !== undefined && entry.failure === null && enclosed.body.media_id === undefined;
}
