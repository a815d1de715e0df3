/* Who may do what in a group, as the server has it: for what is offered, never for what is
 * allowed. */
import type { Role } from '../api/groups';

export type GroupAction =
  | 'change_profile'
  | 'change_policy'
  | 'announce'
  | 'add'
  | 'answer_requests'
  | 'keep_links'
  | 'mute_all'
  | 'write_when_all_are_muted'
  | 'mention_all'
  | 'pin'
  | 'recall'
  | 'set_role'
  | 'transfer'
  | 'dissolve'
  | 'leave';

const ADMINS: readonly Role[] = ['owner', 'admin'];
const OWNER: readonly Role[] = ['owner'];

const RIGHTS: Record<GroupAction, readonly Role[]> = {
  change_profile: ADMINS,
  change_policy: ADMINS,
  announce: ADMINS,
  add: ADMINS,
  answer_requests: ADMINS,
  keep_links: ADMINS,
  mute_all: ADMINS,
  write_when_all_are_muted: ADMINS,
  mention_all: ADMINS,
  pin: ADMINS,
  recall: ADMINS,
  set_role: OWNER,
  transfer: OWNER,
  dissolve: OWNER,
  leave: ['admin', 'member'],
};

export function may(role: Role, action: GroupAction): boolean {
  return RIGHTS[action].includes(role);
}

/* Muting and removing: the owner anybody, an administrator members. */
export function governs(role: Role, other: Role): boolean {
  return other === 'member' ? role !== 'member' : other === 'admin' && role === 'owner';
}

/* Why this person may not write in a group now; null: they may. */
export type Silence =
  { reason: 'dissolved' } | { reason: 'muted'; until: number } | { reason: 'all_muted' };

export function silenceOf(
  group: {
    role: Role;
    muted_until: number;
    mute_all: boolean;
    dissolved_at: number | null;
  },
  now: number,
): Silence | null {
  if (group.dissolved_at !== null) return { reason: 'dissolved' };
  if (group.muted_until > now) return { reason: 'muted', until: group.muted_until };
  if (group.mute_all && !may(group.role, 'write_when_all_are_muted'))
    return { reason: 'all_muted' };
  return null;
}
