/* Who may find me and ask me: each is saved as it is switched. */
import { useState } from 'preact/hooks';
import type { Me, Privacy } from '../../api/account';
import { Menu, MenuLink } from '../../design/menu';
import { Switch } from '../../design/switch';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const SETTINGS: readonly (keyof Privacy)[] = [
  'findable_by_username',
  'findable_by_phone',
  'findable_by_email',
  'takes_requests',
];

export function PrivacySettings({ me }: { me: Me }) {
  const user = useUser();
  const action = useAction();
  // Shown at once; what the server refused goes back.
  const [wanted, setWanted] = useState<Partial<Privacy>>({});
  const set = async (setting: keyof Privacy, on: boolean): Promise<void> => {
    setWanted({ [setting]: on });
    await action.run(() => user.changeProfile({ [setting]: on }));
    setWanted({});
  };
  return (
    <section class="privacy" aria-label={t('privacy.title')}>
      <h2 class="privacy__title">{t('privacy.title')}</h2>
      {SETTINGS.map((setting) => (
        <Switch
          key={setting}
          label={t(`privacy.${setting}`)}
          checked={wanted[setting] ?? me[setting]}
          disabled={action.busy}
          onChange={(on) => {
            void set(setting, on);
          }}
        />
      ))}
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
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
  );
}
