/* A group as the server tells of it. */
import type { ConversationHead, Message } from '../src/api/chat';
import type { GroupHead, SharedGroup } from '../src/api/groups';
import { head } from './fakes';

export const GROUP: GroupHead = {
  id: 9,
  name: 'Walkers',
  avatar: null,
  owner_id: 2,
  join_policy: 'approval',
  mute_all: false,
  member_count: 3,
  member_limit: 500,
  changed_seq: 4,
  dissolved_at: null,
  role: 'member',
  nickname: '',
  muted_until: 0,
  announcement_unread: false,
};

export function groupHead(
  part: Partial<GroupHead> = {},
  last: Message | null = null,
): ConversationHead {
  return head(9, last, { kind: 'group', peer: null, group: { ...GROUP, ...part } });
}

export function shared(part: Partial<SharedGroup>): SharedGroup {
  return {
    id: 9,
    name: GROUP.name,
    avatar: null,
    description: '',
    announcement: '',
    announced_by: null,
    announced_at: null,
    owner_id: 2,
    join_policy: 'approval',
    findable: true,
    shares_history: false,
    mute_all: false,
    member_count: 3,
    member_limit: 500,
    changed_seq: 4,
    created_at: 1,
    dissolved_at: null,
    ...part,
  };
}
