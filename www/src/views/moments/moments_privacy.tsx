/* Who sees what of my posts, and whose I see.  Each is saved as it is changed; nobody is told. */
import { useEffect, useState } from 'preact/hooks';
import type { Hiding, Privacy, Window } from '../../api/moments';
import { Empty, Waiting } from '../../design/empty';
import { Choice } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { useAction } from '../action';
import { PersonRow } from '../person/person_row';
import { useUser } from '../session';
import { HidingSwitches } from './hiding';
import './moments.css';

const WINDOWS: readonly Window[] = ['all', 'half_year', 'month', 'three_days'];

export function MomentsPrivacy() {
  const user = useUser();
  const action = useAction();
  const [privacy, setPrivacy] = useState<Privacy | null>(null);
  useEffect(() => {
    void action.run(async () => {
      setPrivacy(await user.privacy.privacy());
    });
  }, []);
  const setWindow = async (window: Window): Promise<void> => {
    const before = privacy;
    setPrivacy((now) => now && { ...now, window });
    if (!(await action.run(() => user.privacy.setWindow(window)))) setPrivacy(before);
  };
  return (
    <Screen title={t('moments.privacy')} above={{ screen: 'moments' }}>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      {!privacy && !action.problem && <Waiting label={t('common.loading')} />}
      {privacy && (
        <>
          <section class="form">
            <Choice
              legend={t('window.title')}
              name="window"
              value={privacy.window}
              options={WINDOWS.map((one) => [one, t(`window.${one}`)] as const)}
              onChange={(window) => void setWindow(window)}
            />
            <p class="field__hint">{t('window.hint')}</p>
          </section>
          <People people={privacy.people} />
        </>
      )}
    </Screen>
  );
}

function People({ people }: { people: readonly Hiding[] }) {
  return (
    <section class="form" aria-label={t('hiding.people')}>
      <h2 class="privacy__title">{t('hiding.people')}</h2>
      {people.length === 0 && (
        <Empty icon="eyeOff" title={t('hiding.none.title')} text={t('hiding.none.text')} />
      )}
      {people.map((one) => (
        <div key={one.user.id} class="hiding">
          <PersonRow person={one.user} />
          <HidingSwitches person={one.user} known={one} />
        </div>
      ))}
    </section>
  );
}
