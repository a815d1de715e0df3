/* Logging in. */
import { useState } from 'preact/hooks';
import { codeOf } from '../../api/errors';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { fullTime } from '../../i18n/format';
import type { Session } from '../../store/session';
import { useAction } from '../action';
import { useSession } from '../session';
import { Entrance } from './entrance';

export function Login() {
  const session = useSession();
  const action = useAction();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false); // for a code besides the password
  const notice = noticeOf(session);
  const logIn = async (): Promise<void> => {
    try {
      await session.logIn({ login: login.trim(), password, ...(asked && { code }) });
    } catch (error) {
      if (!asked && codeOf(error) === 'code_required') setAsked(true);
      else throw error;
    }
  };
  return (
    <Entrance title={t('login.title')}>
      {notice !== null && !action.problem && (
        <p class="entrance__problem entrance__problem--notice" role="status">
          {notice}
        </p>
      )}
      <form
        class="entrance__form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(logIn);
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
        {asked && (
          <Field
            label={t('factor.code')}
            hint={t('factor.code.either')}
            name="one-time-code"
            value={code}
            onInput={setCode}
            autoComplete="one-time-code"
            maxLength={32}
            autoFocus
            required
            spellcheck={false}
          />
        )}
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

/* Why somebody is here who was inside a moment ago. */
function noticeOf({ ended, farewell }: Session): string | null {
  const parting = farewell.value;
  if (parting)
    return parting.at === null ? t('erase.done') : t('erase.until', fullTime(parting.at));
  return ended.value ? t('login.ended') : null;
}
