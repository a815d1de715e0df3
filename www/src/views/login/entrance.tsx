/* The frame around logging in and registering. */
import type { ComponentChildren } from 'preact';
import { Logo } from '../../design/icons';
import { LANGUAGES, language, t, type Language } from '../../i18n';
import { changeLanguage } from '../../platform/preferences';
import './entrance.css';

export function Entrance({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="entrance scroll">
      <main class="entrance__card">
        <header class="entrance__head">
          <Logo size={56} />
          <p class="entrance__name">{t('app.name')}</p>
          <p class="entrance__tagline">{t('app.tagline')}</p>
        </header>
        <h1 class="entrance__title">{title}</h1>
        {children}
      </main>
      <footer class="entrance__languages">
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <button
            key={code}
            type="button"
            lang={code}
            class="entrance__language"
            aria-pressed={language.value === code}
            onClick={() => {
              changeLanguage(code as Language);
            }}
          >
            {name}
          </button>
        ))}
      </footer>
    </div>
  );
}
