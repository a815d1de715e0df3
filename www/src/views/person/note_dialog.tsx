/* What I call a friend, and the tags I give them. */
import { useState } from 'preact/hooks';
import type { Friend } from '../../api/social';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { TagField, withTag } from './tag_field';

const REMARK_MAX = 32;

export function NoteDialog({ friend, onClose }: { friend: Friend; onClose: () => void }) {
  const { contacts } = useUser();
  const action = useAction();
  const [remark, setRemark] = useState(friend.remark);
  const [tags, setTags] = useState(friend.tags);
  const [typed, setTyped] = useState('');
  const field = action.problem?.field;
  const errorOf = (name: string): string | null =>
    action.problem && field === name ? action.problem.text : null;
  const save = async (): Promise<void> => {
    await contacts.note(friend.user.id, { remark: remark.trim(), tags: withTag(tags, typed) });
    onClose();
  };
  return (
    <Dialog title={t('person.note.title', friend.user.nickname)} onClose={onClose}>
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(save);
        }}
      >
        <Field
          label={t('person.remark')}
          value={remark}
          onInput={setRemark}
          maxLength={REMARK_MAX}
          hint={t('person.note.hint')}
          optional
          autoFocus
          error={errorOf('remark')}
        />
        <TagField
          tags={tags}
          onChange={setTags}
          typed={typed}
          onType={setTyped}
          error={errorOf('tags')}
        />
        {action.problem && field !== 'remark' && field !== 'tags' && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
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
