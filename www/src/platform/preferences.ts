/* What the person chose for this device: kept in localStorage, absent where that is forbidden. */
import { effect, signal, type Signal } from '@preact/signals';
import { chooseLanguage, language, type Language } from '../i18n';
import { applyTheme, isTheme, THEME_KEY, type Theme } from './theme';

const LANGUAGE_KEY = 'hichat.language';
const USER_KEY = 'hichat.user';
const EMOJI_KEY = 'hichat.emoji';

export const theme: Signal<Theme> = signal(storedTheme());

export function startPreferences(): void {
  const stored = read(LANGUAGE_KEY);
  language.value =
    stored === 'en' || stored === 'zh-CN' ? stored : chooseLanguage(navigator.languages);
  effect(() => {
    document.documentElement.lang = language.value;
  });
  effect(() => {
    applyTheme(theme.value);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    applyTheme(theme.value);
  });
}

export function chooseTheme(choice: Theme): void {
  theme.value = choice;
  write(THEME_KEY, choice);
}

export function changeLanguage(choice: Language): void {
  language.value = choice;
  write(LANGUAGE_KEY, choice);
}

/* Who was logged in here last. */
export const lastUser = {
  get(): number | null {
    const id = Number(read(USER_KEY));
    return Number.isSafeInteger(id) && id > 0 ? id : null;
  },
  set(id: number | null): void {
    write(USER_KEY, id === null ? null : String(id));
  },
};

export const recentEmoji: Signal<readonly string[]> = signal(
  (read(EMOJI_KEY) ?? '').split(' ').filter(Boolean),
);

export function usedEmoji(emoji: string): void {
  recentEmoji.value = [emoji, ...recentEmoji.value.filter((other) => other !== emoji)].slice(0, 16);
  write(EMOJI_KEY, recentEmoji.value.join(' '));
}

function storedTheme(): Theme {
  const stored = read(THEME_KEY);
  return isTheme(stored) ? stored : 'system';
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // it holds until the page is closed
  }
}
