/* A code of an authenticator app besides the password: whether there is one, and its dialogs. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction, type Problem } from '../action';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { RecoveryCodes } from './recovery_codes';
import { SecondFactorSetup } from './second_factor_setup';

type Asked = 'on' | 'off' | 'renew';

export function SecondFactorSection() {
  const { secondFactor } = useUser().devices;
  const loading = useAction();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const state = secondFactor.state.value;
  useEffect(() => {
    void loading.run(() => secondFactor.load());
  }, []);
  const close = (): void => {
    setAsked(null);
  };
  return (
    <section class="second-factor" aria-label={t('factor.title')}>
      <h2 class="devices__title">{t('factor.title')}</h2>
      <p class="standing">{t(state?.enabled ? 'factor.on.text' : 'factor.off.text')}</p>
      {loading.problem && (
        <p class="field__error" role="alert">
          {loading.problem.text}
        </p>
      )}
      {state?.enabled && <p class="standing">{t('factor.codes_left', state.recovery_codes)}</p>}
      {state && (
        <div class="device__actions">
          {state.enabled ? (
            <>
              <Asking asked="renew" onAsk={setAsked} />
              <Asking asked="off" onAsk={setAsked} />
            </>
          ) : (
            <Asking asked="on" onAsk={setAsked} />
          )}
        </div>
      )}
      {asked === 'on' && <SecondFactorSetup onCodes={setCodes} onClose={close} />}
      {asked === 'renew' && (
        <ProofDialog
          asked="renew"
          onProof={async (password, code) => {
            setCodes(await secondFactor.renewCodes(password, code));
          }}
          onClose={close}
        />
      )}
      {asked === 'off' && (
        <ProofDialog
          asked="off"
          onProof={(password, code) => secondFactor.turnOff(password, code)}
          onClose={close}
        />
      )}
      {codes && (
        <RecoveryCodes
          codes={codes}
          onClose={() => {
            setCodes(null);
          }}
        />
      )}
    </section>
  );
}

function Asking({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  return (
    <Button
      kind={asked === 'off' ? 'danger' : 'quiet'}
      onClick={() => {
        onAsk(asked);
      }}
    >
      {t(`factor.${asked}`)}
    </Button>
  );
}

interface ProofProps {
  asked: 'off' | 'renew';
  onProof: (password: string, code: string) => Promise<unknown>;
  onClose: () => void;
}

/* Who holds a device that is logged in has to know the password, and to have the app. */
function ProofDialog({ asked, onProof, onClose }: ProofProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <FormDialog
      title={t(`factor.${asked}`)}
      submit={t(`factor.${asked}`)}
      onSubmit={() => onProof(password, code)}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <p>{t(`factor.${asked}.ask`)}</p>
          <Field
            label={t('login.password')}
            type="password"
            value={password}
            onInput={setPassword}
            autoComplete="current-password"
            autoFocus
            required
            error={problem?.field === 'password' ? problem.text : null}
          />
          <CodeField
            hint={t('factor.code.either')}
            value={code}
            onInput={setCode}
            problem={problem?.field === 'password' ? null : problem}
          />
        </>
      )}
    </FormDialog>
  );
}

interface CodeProps {
  value: string;
  onInput: (code: string) => void;
  hint?: string;
  problem: Problem | null;
  autoFocus?: boolean;
}

export function CodeField({ value, onInput, hint, problem, autoFocus = false }: CodeProps) {
  return (
    <Field
      label={t('factor.code')}
      hint={hint}
      name="one-time-code"
      value={value}
      onInput={onInput}
      autoComplete="one-time-code"
      maxLength={32}
      autoFocus={autoFocus}
      required
      spellcheck={false}
      error={problem?.text}
    />
  );
}
