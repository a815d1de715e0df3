/* A friend request, with a few words, and what I will call them. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { REMARK_MAX } from './note_dialog';

const MOST = 200;

export function AskDialog({ person, onClose }: { person: User; onClose: () => void }) {
  const user = useUser();
  const [message, setMessage] = useState(t('ask.default', user.me.peek()?.nickname ?? ''));
  const [remark, setRemark] = useState('');
  return (
    <FormDialog
      title={t('ask.title', person.nickname)}
      submit={t('ask.submit')}
      onSubmit={() => user.contacts.ask(person, message.trim(), remark.trim())}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field
            label={t('ask.message')}
            value={message}
            onInput={setMessage}
            rows={3}
            maxLength={MOST}
            optional
            error={problem?.field === 'remark' ? null : problem?.text}
          />
          <Field
            label={t('person.remark')}
            value={remark}
            onInput={setRemark}
            maxLength={REMARK_MAX}
            hint={t('person.note.hint')}
            optional
            error={problem?.field === 'remark' ? problem.text : null}
          />
        </>
      )}
    </FormDialog>
  );
}
