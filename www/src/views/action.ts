/* A button's work that the server may refuse: whether it runs, and what went wrong. */
import { useRef, useState } from 'preact/hooks';
import { ApiError, codeOf } from '../api/errors';
import { errorText } from '../i18n';

export interface Problem {
  text: string;
  field: string | null; // the input that it is about
}

export interface Action {
  busy: boolean;
  problem: Problem | null;
  /* true when it went well; a second call while it runs does nothing. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    run,
    clear: () => {
      setProblem(null);
    },
  };
}

/* Codes that are about one input even when the answer does not say so. */
const FIELD_OF_CODE: Record<string, string> = {
  username_taken: 'username',
  weak_password: 'password',
};

function problemOf(error: unknown): Problem {
  const code = codeOf(error);
  const field = error instanceof ApiError ? (error.field ?? FIELD_OF_CODE[code] ?? null) : null;
  return { text: errorText(code, field), field };
}
