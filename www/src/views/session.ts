/* How views reach the store. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Session } from '../store/session';
import type { UserStore } from '../store/user_store';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no session around this view');
  return session;
}

export const UserContext = createContext<UserStore | null>(null);

/* The logged-in person's store: for views below the shell. */
export function useUser(): UserStore {
  const user = useContext(UserContext);
  if (!user) throw new Error('nobody is logged in around this view');
  return user;
}
