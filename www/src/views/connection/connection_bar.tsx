/* Says when the connection is not as it should be, and nothing while it is. */
import { useEffect, useState } from 'preact/hooks';
import { Icon, type IconName } from '../../design/icons';
import { t } from '../../i18n';
import type { ConnectionState } from '../../store/connection';
import { useUser } from '../session';
import './connection_bar.css';

/* Reconnecting is mostly over before anybody could read about it. */
const PATIENCE_MS = 1200;

const ICONS: Record<ConnectionState, IconName> = {
  live: 'check',
  connecting: 'waiting',
  polling: 'retry',
  offline: 'offline',
  unavailable: 'failed',
};

export function ConnectionBar() {
  const now = useUser().connection.state.value;
  const state = useSettled(now);
  return (
    <div role="status" data-connection={now} class="connection">
      {state !== 'live' && (
        <p class={`connection__bar connection__bar--${state}`}>
          <Icon name={ICONS[state]} size={16} />
          <span>{t(`connection.${state}`)}</span>
        </p>
      )}
    </div>
  );
}

/* The state, once it has lasted: only what is good is said at once. */
function useSettled(state: ConnectionState): ConnectionState {
  const [settled, setSettled] = useState<ConnectionState>('live');
  useEffect(() => {
    if (state === 'live') {
      setSettled(state);
      return;
    }
    const timer = setTimeout(() => {
      setSettled(state);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  return settled;
}
