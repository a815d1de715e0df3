/* Logging out, asked twice: it removes what is kept here. */
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useSession, useUser } from '../session';

export function LogOutDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const unsent = useUser().outbox.entries.value.length;
  const action = useAction();
  return (
    <Dialog title={t('me.logout.title')} onClose={onClose}>
      <p>{t('me.logout.text')}</p>
      {unsent > 0 && <p class="field__error">{t('me.logout.unsent', unsent)}</p>}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          kind="danger"
          busy={action.busy}
          onClick={() => {
            void action.run(() => session.logOut());
          }}
        >
          {t('me.logout')}
        </Button>
      </div>
    </Dialog>
  );
}
