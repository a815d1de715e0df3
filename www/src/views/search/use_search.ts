/* Searching while somebody types: asks once they pause, forgets what was asked before. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SearchPage } from '../../api/chat';
import { ApiError, codeOf } from '../../api/errors';
import { useUser } from '../session';

const PAUSE_MS = 250;

export interface Search {
  results: SearchPage['results'] | null; // null: not known yet
  more: boolean;
  complete: boolean;
  busy: boolean;
  failure: string | null;
  /* The next page, or the same once more after a failure. */
  go: () => void;
}

type State = Omit<Search, 'go'> & { next: string | null };

const NOTHING: State = {
  results: null,
  more: false,
  complete: true,
  busy: false,
  failure: null,
  next: null,
};

/* There is nothing to be found by signs alone: that is no mistake of who still types. */
function unsearchable(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'invalid_field';
}

export function useSearch(query: string, conversation?: number): Search {
  const user = useUser();
  const [state, setState] = useState<State>(NOTHING);
  const turn = useRef(0);

  const ask = async (before: State): Promise<void> => {
    const mine = ++turn.current;
    setState({ ...before, busy: true, failure: null });
    let after: State;
    try {
      const page = await user.searchMessages(query, {
        ...(conversation !== undefined && { conversation }),
        ...(before.next !== null && { before: before.next }),
      });
      after = {
        ...page,
        results: [...(before.results ?? []), ...page.results],
        busy: false,
        failure: null,
      };
    } catch (error) {
      after = unsearchable(error)
        ? { ...NOTHING, results: [] }
        : { ...before, busy: false, failure: codeOf(error) };
    }
    if (mine === turn.current) setState(after);
  };

  useEffect(() => {
    turn.current += 1;
    setState(NOTHING);
    if (query === '') return;
    const timer = setTimeout(() => void ask(NOTHING), PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [query, conversation]);

  return { ...state, go: () => void ask(state) };
}
