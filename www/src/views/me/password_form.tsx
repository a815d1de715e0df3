/* A new password for the old one. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const FIELDS = ['old_password', 'new_password'];

export function PasswordForm() {
  const user = useUser();
  const action = useAction();
  const [old, setOld] = useState('');
  const [wanted, setWanted] = useState('');
  const [done, setDone] = useState(false);
  const { problem } = action;
  const errorOf = (field: string): string | null =>
    problem?.field === field ? problem.text : null;
  const change = async (): Promise<void> => {
    setDone(false);
    if (!(await action.run(() => user.devices.changePassword(old, wanted)))) return;
    setOld('');
    setWanted('');
    setDone(true);
  };
  return (
    <form
      class="form password-form"
      aria-label={t('password.change')}
      onSubmit={(event) => {
        event.preventDefault();
        void change();
      }}
    >
      <h2 class="devices__title">{t('password.change')}</h2>
      <p class="standing">{t('password.change.text')}</p>
      {/* For password managers: whose password this is. */}
      <input
        type="hidden"
        name="username"
        autoComplete="username"
        value={user.me.value?.username}
      />
      <Field
        label={t('password.old')}
        name="old_password"
        type="password"
        value={old}
        onInput={setOld}
        autoComplete="current-password"
        required
        error={errorOf('old_password')}
      />
      <Field
        label={t('password.new')}
        hint={t('register.password.hint')}
        name="new_password"
        type="password"
        value={wanted}
        onInput={setWanted}
        autoComplete="new-password"
        required
        error={errorOf('new_password')}
      />
      {problem && !FIELDS.includes(problem.field ?? '') && (
        <p class="field__error" role="alert">
          {problem.text}
        </p>
      )}
      <div class="form__end">
        <Button type="submit" kind="primary" busy={action.busy}>
          {t('password.change')}
        </Button>
        <p role="status" class="form__done">
          {done && t('password.changed')}
        </p>
      </div>
    </form>
  );
}
