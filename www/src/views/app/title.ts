/* The title of the tab tells how much waits to be seen. */
import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import type { UserStore } from '../../store/user_store';

export function useTitle(user: UserStore): void {
  const unread =
    user.conversations.unread.value +
    user.notifications.unread.value +
    user.momentNews.unread.value;
  const title = unread > 0 ? `(${unread}) ${t('app.name')}` : t('app.name');
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = t('app.name');
    };
  }, [title]);
}
