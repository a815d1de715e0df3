/* The whole page: opening, outside, or inside. */
import { useEffect } from 'preact/hooks';
import { Logo } from '../../design/icons';
import { Waiting } from '../../design/empty';
import { t } from '../../i18n';
import { replace, route } from '../../platform/router';
import type { Session } from '../../store/session';
import { Login } from '../login/login';
import { Register } from '../login/register';
import { SessionContext, UserContext } from '../session';
import { Shell } from './shell';
import './app.css';

const OUTSIDE = ['login', 'register'];

export function App({ session }: { session: Session }) {
  return (
    <SessionContext.Provider value={session}>
      <Doorway session={session} />
    </SessionContext.Provider>
  );
}

function Doorway({ session }: { session: Session }) {
  const state = session.state.value;
  const user = session.user.value;
  const outside = OUTSIDE.includes(route.value.screen);
  useEffect(() => {
    if (state === 'in' && outside) replace({ screen: 'chats' });
    if (state === 'out' && !outside) replace({ screen: 'login' });
  }, [state, outside]);

  if (state === 'in' && user) {
    return (
      <UserContext.Provider value={user}>
        <Shell key={user.id} />
      </UserContext.Provider>
    );
  }
  if (state === 'out') return route.value.screen === 'register' ? <Register /> : <Login />;
  return (
    <main class="opening">
      <h1 class="visually-hidden">{t('app.name')}</h1>
      <Logo size={72} />
      <Waiting label={t('app.loading')} />
    </main>
  );
}
