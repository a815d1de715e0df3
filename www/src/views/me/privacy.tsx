/* Who may find me and ask me, and what others see of me: each is saved as it is switched. */
import { useState } from 'preact/hooks';
import type { Me, Openness, Privacy } from '../../api/account';
import { Menu, MenuLink } from '../../design/menu';
import { Switch } from '../../design/switch';
import { t } from '../../i18n';
import { useAction, type Action } from '../action';
import { useUser } from '../session';

type Setting = keyof Privacy | keyof Openness;

const FINDING: readonly (keyof Privacy)[] = [
  'findable_by_username',
  'findable_by_phone',
  'findable_by_email',
  'takes_requests',
];
const SHOWING: readonly (keyof Openness)[] = [
  'sends_read_receipts',
  'shows_presence',
  'sends_typing',
];

export function PrivacySettings({ me }: { me: Me }) {
  const user = useUser();
  const [finding, showing] = [useSettings(me), useSettings(me)];
  return (
    <>
      <section class="privacy" aria-label={t('privacy.title')}>
        <h2 class="privacy__title">{t('privacy.title')}</h2>
        {FINDING.map((setting) => (
          <Switch key={setting} label={t(`privacy.${setting}`)} {...finding.switchOf(setting)} />
        ))}
        <Problem action={finding.action} />
        <Menu label={t('privacy.title')}>
          <MenuLink
            to={{ screen: 'blocks' }}
            icon="block"
            value={user.contacts.blocks.value.size || undefined}
          >
            {t('blocks.title')}
          </MenuLink>
        </Menu>
      </section>
      <section class="privacy" aria-label={t('openness.title')}>
        <h2 class="privacy__title">{t('openness.title')}</h2>
        <p class="privacy__hint">{t('openness.hint')}</p>
        {SHOWING.map((setting) => (
          <Switch
            key={setting}
            label={t(`openness.${setting}`)}
            hint={t(`openness.${setting}.hint`)}
            {...showing.switchOf(setting)}
          />
        ))}
        <Problem action={showing.action} />
      </section>
    </>
  );
}

interface Settings {
  action: Action;
  switchOf: (setting: Setting) => {
    checked: boolean;
    disabled: boolean;
    onChange: (on: boolean) => void;
  };
}

function useSettings(me: Me): Settings {
  const user = useUser();
  const action = useAction();
  // Shown at once; what the server refused goes back.
  const [wanted, setWanted] = useState<Partial<Record<Setting, boolean>>>({});
  const set = async (setting: Setting, on: boolean): Promise<void> => {
    setWanted({ [setting]: on });
    await action.run(() => user.changeProfile({ [setting]: on }));
    setWanted({});
  };
  return {
    action,
    switchOf: (setting) => ({
      checked: wanted[setting] ?? me[setting],
      disabled: action.busy,
      onChange: (on) => {
        void set(setting, on);
      },
    }),
  };
}

function Problem({ action }: { action: Action }) {
  if (!action.problem) return null;
  return (
    <p class="field__error" role="alert">
      {action.problem.text}
    </p>
  );
}
