/* One image or video on the stage of the viewer: the smaller one until the original is there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Waiting } from '../../design/empty';
import { t } from '../../i18n';
import type { Enclosed } from '../../store/enclosed';
import { useUser } from '../session';
import { useAddress, useObjectUrl } from './use_address';
import { useZoom } from './use_zoom';
import { VideoPlayer } from './video_player';
import { enclosedText } from './words';

interface StageProps {
  enclosed: Enclosed;
  onStep: (step: -1 | 1) => void;
  onClose: () => void;
}

const CLOSER = 1.5;

export function Stage(props: StageProps) {
  const { media } = useUser();
  const { kind, body } = props.enclosed;
  const id = body.media_id ?? 0;
  const local = useObjectUrl(media.own.value.get(id));
  if (kind === 'image') return <ImageStage {...props} id={id} local={local} />;
  return (
    <div class="viewer__stage">
      <VideoPlayer id={id} local={local} poster={null} label={enclosedText(props.enclosed)} />
    </div>
  );
}

function ImageStage({
  enclosed,
  id,
  local,
  onStep,
  onClose,
}: StageProps & { id: number; local: string | null }) {
  const { body } = enclosed;
  const stage = useRef<HTMLDivElement>(null);
  const [sharp, setSharp] = useState(false);
  const small = useAddress(id, (from) => from.preview_url ?? from.thumbnail_url ?? from.url);
  const full = useAddress(id, ({ url }) => url);
  const picture = { width: body.width ?? 1280, height: body.height ?? 960 };
  const zoom = useZoom({ stage, picture, onSwipe: onStep, onAway: onClose });
  const { scale, x, y } = zoom.pose;
  useEffect(() => {
    const pressed = ({ key }: KeyboardEvent): void => {
      if (key === '+' || key === '=') zoom.closer(CLOSER);
      if (key === '-') zoom.closer(1 / CLOSER);
      if (key === '0') zoom.reset();
    };
    const dialog = stage.current?.closest('dialog');
    dialog?.addEventListener('keydown', pressed);
    return () => {
      dialog?.removeEventListener('keydown', pressed);
    };
  });
  const style = {
    // As fitted() has it.
    inlineSize: `min(100%, ${picture.width}px, calc((100dvh - var(--header)) * ${picture.width / picture.height}))`,
    aspectRatio: `${picture.width} / ${picture.height}`,
    transform: `translate(${x}px, ${y}px) scale(${scale})`,
  };
  const source = local ?? full.src;
  return (
    <>
      <div ref={stage} class="viewer__stage" data-zoomed={scale > 1} data-turning={zoom.turning}>
        <div class="viewer__picture" style={style}>
          {!sharp && local === null && small.src !== null && (
            <img class="viewer__image" src={small.src} alt="" draggable={false} />
          )}
          {source !== null && !full.gone && (
            <img
              class="viewer__image"
              src={source}
              alt={enclosedText(enclosed)}
              draggable={false}
              onLoad={() => {
                setSharp(true);
              }}
              onError={full.onError}
            />
          )}
        </div>
        {full.gone && local === null && <p class="viewer__gone">{t('media.gone')}</p>}
        {!sharp && !full.gone && <Waiting label={t('common.loading')} />}
      </div>
      <div class="viewer__tools">
        <IconButton
          icon="minus"
          name={t('viewer.farther')}
          disabled={scale === 1}
          onClick={() => {
            zoom.closer(1 / CLOSER);
          }}
        />
        <span class="viewer__scale">{Math.round(scale * 100)} %</span>
        <IconButton
          icon="plus"
          name={t('viewer.closer')}
          onClick={() => {
            zoom.closer(CLOSER);
          }}
        />
      </div>
    </>
  );
}
