/* Recovery codes, shown this one time. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';

interface Props {
  codes: readonly string[];
  onClose: () => void;
}

export function RecoveryCodes({ codes, onClose }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${codes.join('\n')}\n`);
    setCopied(true);
  };
  return (
    <Dialog title={t('factor.codes')} onClose={onClose}>
      <p>{t('factor.codes.text')}</p>
      <ol class="recovery-codes" aria-label={t('factor.codes')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="dialog__actions">
        <p role="status" class="form__done">
          {copied && t('factor.codes.copied')}
        </p>
        <Button
          onClick={() => {
            // Without leave to use the clipboard they can still be written down.
            copy().catch(() => undefined);
          }}
        >
          {t('factor.codes.copy')}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t('factor.codes.kept')}
        </Button>
      </div>
    </Dialog>
  );
}
