/* The name that I have in one group only. */
import { useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';

export function NicknameDialog({ group, onClose }: { group: GroupHead; onClose: () => void }) {
  const user = useUser();
  const [nickname, setNickname] = useState(group.nickname);
  return (
    <FormDialog
      title={t('manage.nickname')}
      onSubmit={() => user.groups.changeMember(group.id, user.id, { nickname: nickname.trim() })}
      onClose={onClose}
    >
      {(problem) => (
        <Field
          label={t('manage.nickname')}
          hint={t('manage.nickname.hint')}
          value={nickname}
          onInput={setNickname}
          maxLength={32}
          autoFocus
          error={problem?.text}
        />
      )}
    </FormDialog>
  );
}
