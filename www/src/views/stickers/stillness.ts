/* Whether this person wants things to stand still. */
import { useEffect, useState } from 'preact/hooks';

export function useStillness(): boolean {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  const [still, setStill] = useState(query.matches);
  useEffect(() => {
    const changed = (event: MediaQueryListEvent): void => {
      setStill(event.matches);
    };
    query.addEventListener('change', changed);
    return () => {
      query.removeEventListener('change', changed);
    };
  }, []);
  return still;
}
