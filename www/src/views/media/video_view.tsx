/* A video in its bubble: its poster, and where it stands the video itself once it is asked for. */
import { useState } from 'preact/hooks';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { isUnderWay, useOwnFile, type EnclosedProps } from './enclosed_view';
import { Frame, shapeOf } from './frame';
import { Progress } from './progress';
import { useAddress, useObjectUrl } from './use_address';
import { VideoPlayer } from './video_player';
import { enclosedText, lengthText } from './words';
import './media.css';

export function VideoView(props: EnclosedProps) {
  const { enclosed, entry, active } = props;
  const { body } = enclosed;
  const { media_id, duration_ms } = body;
  const [playing, setPlaying] = useState(false);
  const file = useOwnFile(props);
  const address = useObjectUrl(file);
  const poster = useAddress(media_id, (from) => from.preview_url ?? from.thumbnail_url ?? '');
  const shown = poster.src === '' ? { ...poster, src: null } : poster;
  if (playing && media_id !== undefined) {
    const { width, height } = shapeOf(body);
    return (
      <div
        class="media media--video"
        style={{ inlineSize: `${Math.max(width, 240)}px`, aspectRatio: `${width} / ${height}` }}
      >
        <VideoPlayer
          id={media_id}
          local={address}
          poster={shown.src}
          label={enclosedText(enclosed)}
          autoplay
        />
      </div>
    );
  }
  const frame = (
    <Frame body={body} alt="" shown={shown} local={null}>
      {entry && isUnderWay(props) ? (
        <Progress entry={entry} />
      ) : (
        <span class="media__play">
          <Icon name="play" size={26} />
        </span>
      )}
      {duration_ms !== undefined && <span class="media__length">{lengthText(duration_ms)}</span>}
    </Frame>
  );
  if (media_id === undefined) return <div class="media">{frame}</div>;
  return (
    <button
      type="button"
      class="media"
      tabIndex={active ? 0 : -1}
      aria-label={t('video.play', enclosedText(enclosed))}
      onClick={() => {
        setPlaying(true);
      }}
    >
      {frame}
    </button>
  );
}
