/* The name that I have in one group only. */
import { useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

export function NicknameDialog({ group, onClose }: { group: GroupHead; onClose: () => void }) {
  const user = useUser();
  const action = useAction();
  const [nickname, setNickname] = useState(group.nickname);
  const save = async (): Promise<void> => {
    await user.groups.changeMember(group.id, user.id, { nickname: nickname.trim() });
    onClose();
  };
  return (
    <Dialog title={t('manage.nickname')} onClose={onClose}>
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(save);
        }}
      >
        <Field
          label={t('manage.nickname')}
          hint={t('manage.nickname.hint')}
          value={nickname}
          onInput={setNickname}
          maxLength={32}
          autoFocus
          error={action.problem?.text}
        />
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
