/* An image or a video as a small square. */
import { Icon } from '../../design/icons';
import type { Enclosed } from '../../store/enclosed';
import { Placeholder } from './frame';
import { useAddress } from './use_address';
import { lengthText } from './words';
import './thumbnail.css';

export function Thumbnail({ enclosed: { kind, body } }: { enclosed: Enclosed }) {
  const shown = useAddress(body.media_id, (from) => {
    const small = from.thumbnail_url ?? from.preview_url;
    return small ?? (kind === 'video' ? '' : from.url);
  });
  return (
    <span class="thumbnail">
      {body.placeholder && <Placeholder hash={body.placeholder} />}
      {shown.src && !shown.gone ? (
        <img src={shown.src} alt="" loading="lazy" decoding="async" onError={shown.onError} />
      ) : (
        <Icon name="image" size={24} />
      )}
      {kind === 'video' && (
        <span class="thumbnail__length">
          <Icon name="play" size={12} />
          {body.duration_ms !== undefined && lengthText(body.duration_ms)}
        </span>
      )}
    </span>
  );
}
