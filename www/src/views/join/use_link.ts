/* Where an invitation link leads, asked for when its page is opened. */
import { useEffect, useState } from 'preact/hooks';
import type { LinkTarget } from '../../api/joining';
import { codeOf } from '../../api/errors';

export interface LinkState {
  target: LinkTarget | null;
  failure: string | null;
}

export function useLink(token: string, preview: (token: string) => Promise<LinkTarget>): LinkState {
  const [state, setState] = useState<LinkState>({ target: null, failure: null });
  useEffect(() => {
    let current = true;
    preview(token).then(
      (target) => {
        if (current) setState({ target, failure: null });
      },
      (error: unknown) => {
        if (current) setState({ target: null, failure: codeOf(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [token]);
  return state;
}
