/* Turning the second factor on: the password, then the app reads the secret and shows a first code. */
import { useRef, useState } from 'preact/hooks';
import { encode } from 'uqr';
import type { SecondFactorSecret } from '../../api/second_factor';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { CodeField } from './second_factor';

interface Props {
  onCodes: (codes: string[]) => void;
  onClose: () => void;
}

export function SecondFactorSetup({ onCodes, onClose }: Props) {
  const [secret, setSecret] = useState<SecondFactorSecret | null>(null);
  return secret ? (
    <FirstCode secret={secret} onCodes={onCodes} onClose={onClose} />
  ) : (
    <PasswordFirst onSecret={setSecret} onClose={onClose} />
  );
}

interface PasswordProps {
  onSecret: (secret: SecondFactorSecret) => void;
  onClose: () => void;
}

function PasswordFirst({ onSecret, onClose }: PasswordProps) {
  const { secondFactor } = useUser().devices;
  const [password, setPassword] = useState('');
  const begun = useRef<SecondFactorSecret | null>(null);
  return (
    <FormDialog
      title={t('factor.title')}
      submit={t('factor.next')}
      onSubmit={async () => {
        begun.current = await secondFactor.begin(password);
      }}
      onClose={() => {
        if (begun.current) onSecret(begun.current);
        else onClose();
      }}
    >
      {(problem) => (
        <Field
          label={t('login.password')}
          type="password"
          value={password}
          onInput={setPassword}
          autoComplete="current-password"
          autoFocus
          required
          error={problem?.text}
        />
      )}
    </FormDialog>
  );
}

function FirstCode({ secret, onCodes, onClose }: Props & { secret: SecondFactorSecret }) {
  const { secondFactor } = useUser().devices;
  const [code, setCode] = useState('');
  return (
    <FormDialog
      title={t('factor.title')}
      submit={t('factor.on')}
      onSubmit={async () => {
        onCodes(await secondFactor.turnOn(code));
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <p>{t('factor.scan')}</p>
          <QrCode text={secret.uri} />
          <p>
            {t('factor.type')} <code class="second-factor__secret">{grouped(secret.secret)}</code>
          </p>
          <CodeField value={code} onInput={setCode} problem={problem} autoFocus />
        </>
      )}
    </FormDialog>
  );
}

const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

/* Dark on light whatever the theme is: not every camera reads the opposite. */
function QrCode({ text }: { text: string }) {
  const { size, data } = encode(text, { border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('factor.qr')}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
