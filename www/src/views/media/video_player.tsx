/* A video with the browser's own controls.  When its address ends while it plays, it goes on at the
 * same place from the next one. */
import { useEffect, useRef } from 'preact/hooks';
import { useAddress } from './use_address';

interface VideoPlayerProps {
  id: number;
  local: string | null;
  poster: string | null;
  label: string;
  autoplay?: boolean;
}

export function VideoPlayer({ id, local, poster, label, autoplay = false }: VideoPlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const reached = useRef(0);
  const shown = useAddress(local === null ? id : undefined, ({ url }) => url);
  const src = local ?? shown.src;
  useEffect(() => {
    if (video.current && reached.current > 0) video.current.currentTime = reached.current;
  }, [src]);
  useEffect(() => {
    if (autoplay) video.current?.focus({ preventScroll: true }); // it takes the place of a button
  }, []);
  return (
    <video
      ref={video}
      class="video"
      src={src ?? undefined}
      poster={poster ?? undefined}
      aria-label={label}
      controls
      playsInline
      autoPlay={autoplay}
      preload={autoplay ? 'auto' : 'metadata'}
      onTimeUpdate={({ currentTarget }) => {
        reached.current = currentTarget.currentTime;
      }}
      onError={shown.onError}
      onKeyDown={(event) => {
        if (event.key.startsWith('Arrow') || event.key === ' ') event.stopPropagation();
      }}
    />
  );
}
