/* Hiding my posts from somebody, and theirs from me. */
import { useEffect, useState } from 'preact/hooks';
import type { User } from '../../api/account';
import type { Hiding } from '../../api/moments';
import { Switch } from '../../design/switch';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const SETTINGS = ['hide_mine', 'hide_theirs'] as const;

interface HidingProps {
  person: User;
  known?: Hiding; // else it is asked for
}

export function HidingSwitches({ person, known }: HidingProps) {
  const { moments, privacy } = useUser();
  const action = useAction();
  const [hiding, setHiding] = useState<Hiding | null>(known ?? null);
  useEffect(() => {
    if (known) return;
    void action.run(async () => {
      setHiding(await privacy.hidingOf(person.id));
    });
  }, [person.id]);
  const set = async (setting: (typeof SETTINGS)[number], on: boolean): Promise<void> => {
    const before = hiding;
    // Shown at once; what the server refused goes back.
    setHiding((now) => now && { ...now, [setting]: on });
    const done = await action.run(async () => {
      setHiding(await moments.hide(person.id, { [setting]: on }));
    });
    if (!done) setHiding(before);
  };
  return (
    <>
      {SETTINGS.map((setting) => (
        <Switch
          key={setting}
          label={t(`hiding.${setting}`)}
          checked={hiding?.[setting] ?? false}
          disabled={hiding === null || action.busy}
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
    </>
  );
}
