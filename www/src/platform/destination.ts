/* Where somebody was going when they had to log in first: kept for this tab until they are in. */
import { href, parse, type Route } from './router';

const KEY = 'hichat.destination';

export function remember(to: Route): void {
  try {
    sessionStorage.setItem(KEY, href(to));
  } catch {
    // they follow the link once more
  }
}

/* They went elsewhere. */
export function forgetDestination(): void {
  takeDestination();
}

/* Once only. */
export function takeDestination(): Route | null {
  try {
    const address = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return address === null ? null : parse(address);
  } catch {
    return null;
  }
}
