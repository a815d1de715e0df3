/* What I can do to a message of this conversation now. */
import type { Message } from '../../api/chat';
import { silenceOf } from '../../store/group_rights';
import { actionsOn, type MessageAction } from '../../store/message_rights';
import type { Talk } from './talk';

export function offeredFor({ user, conversation }: Talk, message: Message): Set<MessageAction> {
  const { peer, group = null } = conversation.head.value;
  const now = Date.now();
  const apart = peer ? peer.deleted === true || user.contacts.blocks.value.has(peer.id) : false;
  return actionsOn(message, {
    me: user.id,
    group,
    receipts: conversation.head.value.read_receipts,
    writes: group ? silenceOf(group, now) === null : !apart,
    roleOf: (id) => user.members.of(conversation.id).value.get(id)?.role,
    windows: user.windows.value,
    now,
  });
}
