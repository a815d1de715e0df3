/* Where I am logged in: each device with its name, and a way to end it; and the password. */
import { useEffect, useState } from 'preact/hooks';
import type { Device } from '../../api/account';
import { Button } from '../../design/button';
import { Waiting } from '../../design/empty';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { pastTime } from '../../i18n/format';
import { useAction } from '../action';
import { minute } from '../clock';
import { Confirm } from '../confirm';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { PasswordForm } from './password_form';
import { SecondFactorSection } from './second_factor';
import './devices.css';

export function DevicesScreen() {
  const { devices } = useUser();
  const loading = useAction();
  const [ending, setEnding] = useState(false);
  const all = devices.all.value;
  useEffect(() => {
    void loading.run(() => devices.load());
  }, []);
  return (
    <Screen title={t('devices.title')} above={{ screen: 'me' }}>
      <section>
        <h2 class="devices__title">{t('devices.list')}</h2>
        {loading.problem && (
          <p class="field__error" role="alert">
            {loading.problem.text}
          </p>
        )}
        {all === null && loading.busy && <Waiting label={t('common.loading')} />}
        {all && (
          <ul class="devices" aria-label={t('devices.list')}>
            {all.map((device) => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </ul>
        )}
        {all && all.length > 1 && (
          <Button
            kind="danger"
            onClick={() => {
              setEnding(true);
            }}
          >
            {t('devices.end_others')}
          </Button>
        )}
      </section>
      <PasswordForm />
      <SecondFactorSection />
      {ending && (
        <Confirm
          title={t('devices.end_others.title')}
          text={t('devices.end_others.text')}
          submit={t('devices.end_others')}
          onConfirm={() => devices.endOthers()}
          onClose={() => {
            setEnding(false);
          }}
        />
      )}
    </Screen>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { devices } = useUser();
  const [asked, setAsked] = useState<'rename' | 'end' | null>(null);
  const name = device.device || t('devices.unnamed');
  const close = (): void => {
    setAsked(null);
  };
  return (
    <li class="device">
      <p class="device__name">
        {name} {device.current && <span class="tag">{t('devices.current')}</span>}
      </p>
      <p class="device__more">
        {t('devices.used', pastTime(device.last_used_at, minute.value))} · {device.address}
      </p>
      <div class="device__actions">
        <Button
          name={t('devices.rename.name', name)}
          onClick={() => {
            setAsked('rename');
          }}
        >
          {t('devices.rename')}
        </Button>
        {!device.current && (
          <Button
            kind="danger"
            name={t('devices.end.name', name)}
            onClick={() => {
              setAsked('end');
            }}
          >
            {t('devices.end')}
          </Button>
        )}
      </div>
      {asked === 'rename' && <RenameDialog device={device} onClose={close} />}
      {asked === 'end' && (
        <Confirm
          title={t('devices.end.title', name)}
          text={t('devices.end.text')}
          submit={t('devices.end')}
          onConfirm={() => devices.end(device.id)}
          onClose={close}
        />
      )}
    </li>
  );
}

function RenameDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { devices } = useUser();
  const [name, setName] = useState(device.device);
  return (
    <FormDialog
      title={t('devices.rename.title')}
      onSubmit={() => devices.rename(device.id, name.trim())}
      onClose={onClose}
    >
      {(problem) => (
        <Field
          label={t('devices.name')}
          value={name}
          onInput={setName}
          maxLength={100}
          autoFocus
          required
          error={problem?.text}
        />
      )}
    </FormDialog>
  );
}
