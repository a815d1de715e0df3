/* What I call a friend, and the tags I give them. */
import { useState } from 'preact/hooks';
import type { Friend } from '../../api/social';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import type { Problem } from '../action';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { TagField, withTag } from './tag_field';

export const REMARK_MAX = 32;
const FIELDS: readonly (string | null)[] = ['remark', 'tags'];

export function NoteDialog({ friend, onClose }: { friend: Friend; onClose: () => void }) {
  const { contacts } = useUser();
  const [remark, setRemark] = useState(friend.remark);
  const [tags, setTags] = useState(friend.tags);
  const [typed, setTyped] = useState('');
  const save = (): Promise<void> =>
    contacts.note(friend.user.id, { remark: remark.trim(), tags: withTag(tags, typed) });
  return (
    <FormDialog
      title={t('person.note.title', friend.user.nickname)}
      onSubmit={save}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field
            label={t('person.remark')}
            value={remark}
            onInput={setRemark}
            maxLength={REMARK_MAX}
            hint={t('person.note.hint')}
            optional
            autoFocus
            error={textOf(problem, 'remark')}
          />
          <TagField
            tags={tags}
            onChange={setTags}
            typed={typed}
            onType={setTyped}
            error={textOf(problem, 'tags')}
          />
          {problem && !FIELDS.includes(problem.field) && (
            <p class="field__error" role="alert">
              {problem.text}
            </p>
          )}
        </>
      )}
    </FormDialog>
  );
}

function textOf(problem: Problem | null, field: string): string | null {
  return problem?.field === field ? problem.text : null;
}
