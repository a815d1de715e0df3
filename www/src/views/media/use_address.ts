/* The address of media on the screen.  What is shown stays as it is: another address is taken only
 * when the one at hand does not work. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Addresses } from '../../api/media';
import { holdAddress, releaseAddress } from '../../platform/object_urls';
import type { Whereabouts } from '../../store/addresses';
import { useUser } from '../session';

const MOST_ERRORS = 3;

export function useWhereabouts(id: number | undefined): Whereabouts {
  const { addresses } = useUser().media;
  useEffect(() => (id === undefined ? undefined : addresses.hold(id)), [id]);
  return id === undefined ? undefined : addresses.of(id).value;
}

export interface Shown {
  src: string | null;
  gone: boolean;
  onError: () => void;
}

export function useAddress(id: number | undefined, choose: (from: Addresses) => string): Shown {
  const { addresses } = useUser().media;
  const known = useWhereabouts(id);
  const kept = useRef<{ id: number | undefined; src: string | null }>({ id, src: null });
  const [errors, setErrors] = useState(0);
  if (kept.current.id !== id) kept.current = { id, src: null };
  if (known && kept.current.src === null) kept.current.src = choose(known);
  return {
    src: kept.current.src,
    gone: known === null || errors >= MOST_ERRORS,
    onError: () => {
      const { src } = kept.current;
      if (id === undefined || src === null || errors >= MOST_ERRORS) return;
      addresses.failed(id, src);
      if (known && choose(known) !== src) kept.current.src = choose(known);
      setErrors(errors + 1);
    },
  };
}

/* The address of a file of this page. */
export function useObjectUrl(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return undefined;
    setAddress(holdAddress(blob));
    return () => {
      setAddress(null);
      releaseAddress(blob);
    };
  }, [blob]);
  return address;
}
