/* Said once to somebody whose account was to be erased: by logging in they have kept it. */
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { useSession } from '../session';

export function Kept() {
  const { kept } = useSession();
  if (!kept.value) return null;
  const close = (): void => {
    kept.value = false;
  };
  return (
    <Dialog title={t('erase.kept.title')} onClose={close}>
      <p>{t('erase.kept.text')}</p>
      <div class="dialog__actions">
        <Button kind="primary" onClick={close}>
          {t('erase.kept.close')}
        </Button>
      </div>
    </Dialog>
  );
}
