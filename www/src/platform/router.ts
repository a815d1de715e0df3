/* Which screen is shown, as the fragment of the address: "#/chats/12".  A fragment needs nothing
 * of the web server, so deep links work in any directory of any hosting; going back is the
 * browser's own history. */
import { computed, signal } from '@preact/signals';

export type Route =
  | { screen: 'login' | 'register' }
  | { screen: 'chats' | 'contacts' | 'find' | 'requests' | 'me' | 'profile' | 'preferences' }
  | { screen: 'activity' | 'blocks' | 'tags' | 'devices' }
  | { screen: 'moments' | 'moments_new' | 'moments_news' | 'moments_privacy' }
  | { screen: 'new_group' | 'find_group' | 'groups' }
  | {
      screen: 'conversation' | ConversationPart | 'person' | 'group' | 'album' | 'post';
      id: number;
    }
  | { screen: 'join'; token: string };

/* What stands beside a conversation. */
export type ConversationPart =
  | 'about'
  | 'members'
  | 'invite'
  | 'links'
  | 'joining'
  | 'announcement'
  | 'manage'
  | 'search'
  | 'gallery';

type Screen = Route['screen'];

const PATHS: Record<Screen, string> = {
  login: '/login',
  register: '/register',
  chats: '/chats',
  conversation: '/chats/:id',
  about: '/chats/:id/about',
  members: '/chats/:id/members',
  invite: '/chats/:id/invite',
  links: '/chats/:id/links',
  joining: '/chats/:id/requests',
  announcement: '/chats/:id/announcement',
  manage: '/chats/:id/manage',
  search: '/chats/:id/search',
  gallery: '/chats/:id/gallery',
  groups: '/groups',
  new_group: '/groups/new',
  find_group: '/groups/find',
  group: '/groups/:id',
  join: '/join/:token',
  contacts: '/contacts',
  find: '/contacts/find',
  requests: '/contacts/requests',
  blocks: '/contacts/blocks',
  tags: '/contacts/tags',
  person: '/contacts/:id',
  moments: '/moments',
  moments_new: '/moments/new',
  moments_news: '/moments/news',
  moments_privacy: '/moments/privacy',
  album: '/moments/of/:id',
  post: '/moments/:id',
  activity: '/activity',
  me: '/me',
  profile: '/me/profile',
  preferences: '/me/preferences',
  devices: '/me/devices',
};

const PARAMETERS: [string, string][] = [
  [':id', '([1-9][0-9]{0,15})'],
  [':token', '([A-Za-z0-9_-]{1,64})'],
];

const PATTERNS = Object.entries(PATHS).map(([screen, path]) => ({
  screen: screen as Screen,
  token: path.endsWith(':token'),
  pattern: new RegExp(`^${PARAMETERS.reduce((text, [name, as]) => text.replace(name, as), path)}$`),
}));

const fragment = signal(location.hash);

window.addEventListener('popstate', () => {
  fragment.value = location.hash;
});
window.addEventListener('hashchange', () => {
  fragment.value = location.hash;
});

export function parse(text: string): Route {
  const path = text.replace(/^#/, '').replace(/\/$/, '');
  for (const { screen, token, pattern } of PATTERNS) {
    const match = pattern.exec(path);
    const found = match?.[1];
    if (match && token) return { screen, token: found } as Route;
    if (match) return (found ? { screen, id: Number(found) } : { screen }) as Route;
  }
  return { screen: 'chats' };
}

export const route = computed(() => parse(fragment.value));

export function href(to: Route): string {
  const path = PATHS[to.screen];
  if ('token' in to) return `#${path.replace(':token', to.token)}`;
  return `#${path.replace(':id', 'id' in to ? String(to.id) : '')}`;
}

/* How many of our own steps lie behind this one: going back must not leave the site. */
function depth(): number {
  const state = history.state as { depth?: number } | null;
  return state?.depth ?? 0;
}

export function go(to: Route): void {
  if (href(to) === fragment.peek()) return;
  history.pushState({ depth: depth() + 1 }, '', href(to));
  fragment.value = href(to);
}

export function replace(to: Route): void {
  history.replaceState({ depth: depth() }, '', href(to));
  fragment.value = href(to);
}

/* The list of a section and one thing of it stand side by side: choosing another thing is no
 * step of its own, so that back always leads to the list. */
export function show(to: Route): void {
  if (route.peek().screen === to.screen) replace(to);
  else go(to);
}

/* One step back; where there is none of ours, to the screen above this one. */
export function back(above: Route): void {
  if (depth() === 0) replace(above);
  else history.back();
}
