/* The picture of a sticker, fetched when it comes near the screen. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Addresses, Sticker } from '../../api/media';
import { useAddress } from '../media/use_address';
import { useStillness } from './stillness';

const NEAR = '200px';

interface StickerPictureProps {
  sticker: Pick<Sticker, 'media_id' | 'animated'>;
  choose?: (from: Addresses, still: boolean) => string;
}

export function StickerPicture({ sticker, choose = smallOf }: StickerPictureProps) {
  const place = useRef<HTMLSpanElement>(null);
  const near = useNear(place);
  const still = useStillness();
  const shown = useAddress(near ? sticker.media_id : undefined, (from) => choose(from, still));
  const [loaded, setLoaded] = useState(false);
  return (
    <span ref={place} class="sticker-picture" data-loaded={loaded}>
      {shown.src !== null && !shown.gone && (
        <Picture
          src={shown.src}
          frozen={still && sticker.animated}
          onLoad={() => {
            setLoaded(true);
          }}
          onError={shown.onError}
        />
      )}
    </span>
  );
}

interface PictureProps {
  src: string;
  frozen: boolean; // its first picture alone
  onLoad: () => void;
  onError: () => void;
}

/* A canvas keeps what an image showed when it was drawn. */
function Picture({ src, frozen, onLoad, onError }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  return (
    <>
      <img
        src={src}
        alt=""
        draggable={false}
        hidden={frozen}
        onLoad={({ currentTarget: image }) => {
          if (canvas.current) {
            canvas.current.width = image.naturalWidth;
            canvas.current.height = image.naturalHeight;
            canvas.current.getContext('2d')?.drawImage(image, 0, 0);
          }
          onLoad();
        }}
        onError={onError}
      />
      {frozen && <canvas ref={canvas} aria-hidden="true" />}
    </>
  );
}

/* As little as there is of it. */
function smallOf(from: Addresses): string {
  return from.thumbnail_url ?? from.url;
}

/* Once it was near it stays. */
function useNear(place: { current: Element | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        watch.disconnect();
      },
      { root: place.current.closest('.scroll'), rootMargin: NEAR },
    );
    watch.observe(place.current);
    return () => {
      watch.disconnect();
    };
  }, []);
  return near;
}
