/* Erasing one's account: what goes and what stays, and the password. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useSession } from '../session';

export function EraseAccount() {
  const [asking, setAsking] = useState(false);
  return (
    <section class="privacy" aria-label={t('erase.title')}>
      <h2 class="privacy__title">{t('erase.title')}</h2>
      <p class="privacy__hint">{t('erase.hint')}</p>
      <Button
        kind="danger"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('erase.open')}
      </Button>
      {asking && (
        <EraseDialog
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

function EraseDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const action = useAction();
  const [password, setPassword] = useState('');
  return (
    <Dialog title={t('erase.question')} onClose={onClose}>
      <form
        class="dialog__form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(() => session.erase(password));
        }}
      >
        <p>{t('erase.goes')}</p>
        <p>{t('erase.stays')}</p>
        <p>{t('erase.undo')}</p>
        <Field
          label={t('login.password')}
          name="password"
          type="password"
          value={password}
          onInput={setPassword}
          autoComplete="current-password"
          error={action.problem?.text ?? null}
          autoFocus
          required
        />
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" type="submit" busy={action.busy}>
            {t('erase.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
