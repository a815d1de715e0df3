/* A friend request, with a few words. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const MOST = 200;

export function AskDialog({ person, onClose }: { person: User; onClose: () => void }) {
  const user = useUser();
  const action = useAction();
  const [message, setMessage] = useState(t('ask.default', user.me.peek()?.nickname ?? ''));
  const ask = async (): Promise<void> => {
    await user.contacts.ask(person, message.trim(), '');
    onClose();
  };
  return (
    <Dialog title={t('ask.title', person.nickname)} onClose={onClose}>
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(ask);
        }}
      >
        <Field
          label={t('ask.message')}
          value={message}
          onInput={setMessage}
          rows={3}
          maxLength={MOST}
          optional
          error={action.problem?.text}
        />
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy}>
            {t('ask.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
