/* An image in its bubble: a smaller one of it, and the way to the viewer. */
import type { Addresses } from '../../api/media';
import { t } from '../../i18n';
import type { EnclosedBody } from '../../store/enclosed';
import { useTalk } from '../conversation/talk';
import { isUnderWay, useOwnFile, type EnclosedProps } from './enclosed_view';
import { Frame } from './frame';
import { Progress } from './progress';
import { useAddress, useObjectUrl } from './use_address';
import { enclosedText } from './words';
import './media.css';

export function ImageView(props: EnclosedProps) {
  const { enclosed, seq, onOpen, entry, active } = props;
  const { body } = enclosed;
  const talk = useTalk();
  const file = useOwnFile(props);
  const local = useObjectUrl(file);
  const shown = useAddress(file ? undefined : body.media_id, (from) => bubbleOf(from, body));
  const frame = (
    <Frame body={body} alt="" shown={shown} local={local}>
      {entry && isUnderWay(props) && <Progress entry={entry} />}
    </Frame>
  );
  if (seq === null && !onOpen) return <div class="media">{frame}</div>;
  return (
    <button
      type="button"
      class="media"
      tabIndex={active ? 0 : -1}
      aria-label={t('viewer.open', enclosedText(enclosed))}
      onClick={() => {
        if (seq === null) onOpen?.();
        else talk.viewing.value = { seq, shelf: null };
      }}
    >
      {frame}
    </button>
  );
}

/* As sharp as this screen; what moves does so only in the original. */
export function bubbleOf(from: Addresses, { animated = false }: EnclosedBody): string {
  if (animated) return from.url;
  const small = devicePixelRatio > 1 ? null : from.thumbnail_url;
  return small ?? from.preview_url ?? from.thumbnail_url ?? from.url;
}
