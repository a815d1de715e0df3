/* A question before something that cannot be taken back. */
import { Button } from '../design/button';
import { Dialog } from '../design/dialog';
import { t } from '../i18n';
import { useAction } from './action';

interface ConfirmProps {
  title: string;
  text: string;
  submit: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

export function Confirm({ title, text, submit, onConfirm, onClose }: ConfirmProps) {
  const action = useAction();
  const run = async (): Promise<void> => {
    if (await action.run(onConfirm)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="danger" busy={action.busy} onClick={() => void run()}>
          {submit}
        </Button>
      </div>
    </Dialog>
  );
}
