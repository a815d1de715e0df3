/* A group in the head of its conversation.  What is the same for all its members and what only I
 * am in it come by different ways, so each is as new as the row it was read at. */
import type { Message } from '../api/chat';
import type { GroupHead, SharedGroup } from '../api/groups';
import type { Head } from './head';

/* Of two answers for me, whichever came first. */
export function mergeGroup(
  local: Pick<Head, 'group' | 'own_seq'>,
  answer: Pick<Head, 'group' | 'own_seq'>,
): Pick<Head, 'group' | 'own_seq'> {
  const [here, there] = [local.group, answer.group];
  if (!here || !there) return { group: there ?? here ?? null, own_seq: answer.own_seq };
  const shared = there.changed_seq >= here.changed_seq ? there : here;
  const newer = there.changed_seq >= local.own_seq;
  return {
    group: { ...shared, ...ownOf(newer ? there : here) },
    own_seq: newer ? there.changed_seq : local.own_seq,
  };
}

/* The group changed, for everybody in the same way. */
export function withSharedGroup(head: Head, shared: SharedGroup): Head {
  const { group } = head;
  if (!group || shared.changed_seq <= group.changed_seq) return head;
  const { id, name, avatar, owner_id, join_policy, mute_all } = shared;
  const { member_count, member_limit, changed_seq, dissolved_at } = shared;
  const next = { id, name, avatar, owner_id, join_policy, mute_all };
  return {
    ...head,
    group: { ...group, ...next, member_count, member_limit, changed_seq, dissolved_at },
  };
}

/* What I am in it became known otherwise: I did it. */
export function withStanding(head: Head, part: Partial<GroupHead>): Head {
  return head.group ? { ...head, group: { ...head.group, ...part } } : head;
}

/* A row that others wrote: there is something to be read. */
export function withAnnouncement(head: Head, message: Message, me: number): Head {
  if (message.kind !== 'system' || message.body?.['event'] !== 'announcement') return head;
  const announcement_unread = message.sender_id !== me && message.body['text'] !== '';
  return withStanding(head, { announcement_unread });
}

function ownOf({ role, nickname, muted_until, announcement_unread }: GroupHead) {
  return { role, nickname, muted_until, announcement_unread };
}
