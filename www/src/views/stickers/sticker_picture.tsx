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
        <img
          src={shown.src}
          alt=""
          draggable={false}
          onLoad={() => {
            setLoaded(true);
          }}
          onError={shown.onError}
        />
      )}
    </span>
  );
}

/* In a choice nothing moves. */
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
