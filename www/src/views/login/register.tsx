/* A new account. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useSession } from '../session';
import { Entrance } from './entrance';

export function Register() {
  const session = useSession();
  const action = useAction();
  const [username, setUsername] = useState('');
  const [nickname, setNickname] = useState('');
  const [password, setPassword] = useState('');
  const errorOf = (field: string): string | null =>
    action.problem?.field === field ? action.problem.text : null;
  const elsewhere =
    action.problem && !['username', 'nickname', 'password'].includes(action.problem.field ?? '');
  return (
    <Entrance title={t('register.title')}>
      <form
        class="entrance__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const name = nickname.trim();
          void action.run(() =>
            session.register({
              username: username.trim(),
              password,
              ...(name === '' ? {} : { nickname: name }),
            }),
          );
        }}
      >
        <Field
          label={t('register.username')}
          hint={t('register.username.hint')}
          error={errorOf('username')}
          name="username"
          value={username}
          onInput={setUsername}
          autoComplete="username"
          autoFocus
          required
          maxLength={32}
          spellcheck={false}
        />
        <Field
          label={t('register.nickname')}
          hint={t('register.nickname.hint')}
          error={errorOf('nickname')}
          name="nickname"
          value={nickname}
          onInput={setNickname}
          autoComplete="nickname"
          maxLength={32}
          optional
        />
        <Field
          label={t('register.password')}
          hint={t('register.password.hint')}
          error={errorOf('password')}
          name="password"
          type="password"
          value={password}
          onInput={setPassword}
          autoComplete="new-password"
          required
        />
        {elsewhere && (
          <p class="entrance__problem" role="alert">
            {action.problem?.text}
          </p>
        )}
        <Button type="submit" kind="primary" class="button--wide" busy={action.busy}>
          {t(action.busy ? 'register.busy' : 'register.submit')}
        </Button>
      </form>
      <Link to={{ screen: 'login' }} class="entrance__other">
        {t('register.login')}
      </Link>
    </Entrance>
  );
}
