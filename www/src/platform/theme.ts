/* Light or dark, as the root element's data-theme; the tokens do the rest. */

export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'hichat.theme';

export function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark';
}

export function applyTheme(theme: Theme): void {
  const dark =
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}
