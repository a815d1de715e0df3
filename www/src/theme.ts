/* Runs before the first paint, so that nobody who chose dark is shown a white flash. */
import { applyTheme, isTheme, THEME_KEY } from './platform/theme';

function chosen(): string | null {
  try {
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null;
  }
}

const theme = chosen();
applyTheme(isTheme(theme) ? theme : 'system');
