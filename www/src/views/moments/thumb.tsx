/* A small square of a picture or a video. */
import type { EnclosedBody } from '../../store/enclosed';
import { Frame } from '../media/frame';
import { useAddress } from '../media/use_address';

export function Thumb({ body, video = false }: { body: EnclosedBody; video?: boolean }) {
  const shown = useAddress(body.media_id, (from) => {
    const small = from.thumbnail_url ?? from.preview_url;
    return small ?? (video ? '' : from.url);
  });
  return (
    <Frame body={body} alt="" shown={{ ...shown, src: shown.src || null }} local={null} square />
  );
}
