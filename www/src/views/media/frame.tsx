/* A picture in its frame, which has the right shape before the picture is there. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { decode } from '../../platform/blurhash';
import type { EnclosedBody } from '../../store/enclosed';
import type { Shown } from './use_address';
import './frame.css';

const LONGEST_PX = 320;
const SHORTEST_PX = 88;
const PLACEHOLDER_PX = 32;

interface FrameProps {
  body: EnclosedBody;
  alt: string;
  shown: Shown;
  local: string | null; // it is in this page
  square?: boolean; // one among others, as wide as there is room
  children?: ComponentChildren; // on top of it
}

export function Frame({ body, alt, shown, local, square = false, children }: FrameProps) {
  const [loaded, setLoaded] = useState(false);
  const { width, height } = shapeOf(body);
  const src = local ?? shown.src;
  return (
    <span
      class={`frame ${square ? 'frame--square' : ''}`}
      style={square ? {} : { '--width': `${width}px`, '--shape': `${width} / ${height}` }}
      data-loaded={loaded}
    >
      {body.placeholder && !loaded && <Placeholder hash={body.placeholder} />}
      {src !== null && !(shown.gone && local === null) && (
        <img
          class="frame__image"
          src={src}
          alt={alt}
          draggable={false}
          decoding="async"
          onLoad={() => {
            setLoaded(true);
          }}
          onError={shown.onError}
        />
      )}
      {shown.gone && local === null && (
        <span class="frame__gone">
          <Icon name="image" size={28} />
          <span>{t('media.gone')}</span>
        </span>
      )}
      {children}
    </span>
  );
}

export function Placeholder({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const pixels = decode(hash, PLACEHOLDER_PX, PLACEHOLDER_PX);
    const context = canvas.current?.getContext('2d');
    if (pixels) context?.putImageData(new ImageData(pixels.data, pixels.width), 0, 0);
  }, [hash]);
  return (
    <canvas
      ref={canvas}
      class="frame__placeholder"
      width={PLACEHOLDER_PX}
      height={PLACEHOLDER_PX}
      aria-hidden="true"
    />
  );
}

/* Never larger than it is, and neither a hair nor a wall. */
export function shapeOf({ width = 240, height = 180 }: EnclosedBody): {
  width: number;
  height: number;
} {
  const [w, h] = [Math.max(1, width), Math.max(1, height)];
  const scale = Math.min(1, LONGEST_PX / Math.max(w, h));
  const within = (side: number): number =>
    Math.round(Math.max(SHORTEST_PX, Math.min(LONGEST_PX, side * scale)));
  return { width: within(w), height: within(h) };
}
