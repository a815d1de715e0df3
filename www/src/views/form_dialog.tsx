/* A dialog that asks for something and closes once it is saved. */
import type { ComponentChildren } from 'preact';
import { Button } from '../design/button';
import { Dialog } from '../design/dialog';
import { t } from '../i18n';
import { useAction, type Problem } from './action';

interface Props {
  title: string;
  submit?: string;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  children: (problem: Problem | null) => ComponentChildren; // the fields
}

export function FormDialog({ title, submit, onSubmit, onClose, children }: Props) {
  const action = useAction();
  const save = async (): Promise<void> => {
    if (await action.run(onSubmit)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="dialog__form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {children(action.problem)}
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy}>
            {submit ?? t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
