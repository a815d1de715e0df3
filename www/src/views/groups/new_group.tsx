/* A new group: what it is called, and which friends are in it from the beginning. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { replace } from '../../platform/router';
import { useAction } from '../action';
import { AvatarChoice } from '../me/avatar_choice';
import { useUser } from '../session';
import { FriendPicker } from './friend_picker';
import '../me/profile.css';
import './groups.css';

export function NewGroup() {
  const { groups } = useUser();
  const action = useAction();
  const [name, setName] = useState('');
  const [avatar, setAvatar] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const create = async (): Promise<void> => {
    const id = await groups.create({ name: name.trim(), avatar, member_ids: [...chosen] });
    replace({ screen: 'conversation', id });
  };
  const wrong = action.problem?.field === 'name' ? action.problem.text : null;
  return (
    <Screen title={t('new_group.title')} above={{ screen: 'groups' }}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void action.run(create);
        }}
      >
        <Field
          label={t('new_group.name')}
          name="name"
          value={name}
          onInput={setName}
          required
          autoFocus
          maxLength={64}
          error={wrong}
        />
        <FriendPicker legend={t('new_group.friends')} chosen={chosen} onChange={setChosen} />
        <AvatarChoice
          group
          legend={t('new_group.avatar')}
          user={{ id: 0, avatar, nickname: name || t('new_group.title'), username: '' }}
          onChange={setAvatar}
        />
        {action.problem && wrong === null && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
        <div class="form__end">
          <Button type="submit" kind="primary" busy={action.busy} disabled={name.trim() === ''}>
            {action.busy ? t('new_group.busy') : t('new_group.submit', chosen.size)}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
