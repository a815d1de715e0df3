/* How the UI looks and speaks on this device, and how it is connected. */
import { Choice } from '../../design/field';
import { Screen } from '../../design/screen';
import { LANGUAGES, language, t, type Language } from '../../i18n';
import { changeLanguage, chooseTheme, theme } from '../../platform/preferences';
import type { Theme } from '../../platform/theme';
import { useUser } from '../session';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function Preferences() {
  const { connection } = useUser();
  return (
    <Screen title={t('preferences.title')} above={{ screen: 'me' }}>
      <Choice
        legend={t('preferences.theme')}
        name="theme"
        value={theme.value}
        options={THEMES.map((choice) => [choice, t(`preferences.theme.${choice}`)] as const)}
        onChange={chooseTheme}
      />
      <Choice
        legend={t('preferences.language')}
        name="language"
        value={language.value}
        options={(Object.entries(LANGUAGES) as [Language, string][]).map(
          ([code, name]) => [code, <span lang={code}>{name}</span>] as const,
        )}
        onChange={changeLanguage}
      />
      <section>
        <h2 class="field__label">{t('preferences.connection')}</h2>
        <p>{t(`connection.${connection.state.value}`)}</p>
      </section>
    </Screen>
  );
}
