/* The whole page: opening, outside, or inside. */
import { useEffect } from 'preact/hooks';
import { AvatarAddresses } from '../../design/avatar_picture';
import { Logo } from '../../design/icons';
import { Waiting } from '../../design/empty';
import { t } from '../../i18n';
import { forgetDestination, remember, takeDestination } from '../../platform/destination';
import { replace, route } from '../../platform/router';
import type { Session } from '../../store/session';
import { JoinOutside } from '../join/join_outside';
import { Login } from '../login/login';
import { Register } from '../login/register';
import { SessionContext, UserContext } from '../session';
import { Kept } from './kept';
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
  const current = route.value;
  const outside = OUTSIDE.includes(current.screen);
  const invited = current.screen === 'join';
  useEffect(() => {
    if (state === 'in' && outside) replace(takeDestination() ?? { screen: 'chats' });
    if (state === 'out' && invited) remember(current);
    if (state === 'out' && !outside && !invited) {
      forgetDestination();
      replace({ screen: 'login' });
    }
  }, [state, outside, invited]);

  if (state === 'in' && user) {
    return (
      <UserContext.Provider value={user}>
        <AvatarAddresses.Provider value={user.media.addresses}>
          <Shell key={user.id} />
          <Kept />
        </AvatarAddresses.Provider>
      </UserContext.Provider>
    );
  }
  if (state === 'out' && current.screen === 'join')
    return <JoinOutside key={current.token} token={current.token} />;
  if (state === 'out') return current.screen === 'register' ? <Register /> : <Login />;
  return (
    <main class="opening">
      <h1 class="visually-hidden">{t('app.name')}</h1>
      <Logo size={72} />
      <Waiting label={t('app.loading')} />
    </main>
  );
}
