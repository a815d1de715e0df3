/* Logging in. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useSession } from '../session';
import { Entrance } from './entrance';

export function Login() {
  const session = useSession();
  const action = useAction();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Entrance title={t('login.title')}>
      {session.ended.value && !action.problem && (
        <p class="entrance__problem entrance__problem--notice" role="status">
          {t('login.ended')}
        </p>
      )}
      <form
        class="entrance__form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(() => session.logIn(login.trim(), password));
        }}
      >
        <Field
          label={t('login.login')}
          name="username"
          value={login}
          onInput={setLogin}
          autoComplete="username"
          autoFocus
          required
          spellcheck={false}
        />
        <Field
          label={t('login.password')}
          name="password"
          type="password"
          value={password}
          onInput={setPassword}
          autoComplete="current-password"
          required
        />
        {action.problem && (
          <p class="entrance__problem" role="alert">
            {action.problem.text}
          </p>
        )}
        <Button type="submit" kind="primary" class="button--wide" busy={action.busy}>
          {t(action.busy ? 'login.busy' : 'login.submit')}
        </Button>
      </form>
      <Link to={{ screen: 'register' }} class="entrance__other">
        {t('login.register')}
      </Link>
    </Entrance>
  );
}
