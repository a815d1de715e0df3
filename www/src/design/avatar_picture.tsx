/* The picture of a person or a group, on top of what stands for it until it is there. */
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { AddressBook } from '../store/addresses';

/* Where pictures are to be had; null: nobody is logged in. */
export const AvatarAddresses = createContext<AddressBook | null>(null);

export function mediaOf(avatar: string | null): number | null {
  const id = Number(/^media:([1-9][0-9]{0,15})$/.exec(avatar ?? '')?.[1]);
  return Number.isSafeInteger(id) ? id : null;
}

/* It stays as it was shown: another address is taken only when the one at hand does not work. */
function AvatarImage({ src, onGone }: { src: string; onGone: (address: string) => void }) {
  const [loaded, setLoaded] = useState(false);
  return (
    <img
      class="avatar__picture"
      src={src}
      alt=""
      draggable={false}
      data-loaded={loaded}
      onLoad={() => {
        setLoaded(true);
      }}
      onError={() => {
        setLoaded(false);
        onGone(src);
      }}
    />
  );
}

export function AvatarPicture({ id }: { id: number }) {
  const addresses = useContext(AvatarAddresses);
  useEffect(() => addresses?.hold(id), [addresses, id]);
  const kept = useRef<string | null>(null);
  const known = addresses?.of(id).value;
  if (known) kept.current ??= known.thumbnail_url ?? known.url;
  const src = kept.current;
  if (src === null) return null;
  return (
    <AvatarImage
      src={src}
      onGone={(address) => {
        kept.current = null;
        addresses?.failed(id, address);
      }}
    />
  );
}
