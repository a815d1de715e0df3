/* Who recalled a message: the row that did it is the last that changed it. */
import type { Message } from '../../api/chat';
import type { Conversation } from '../../store/conversations';

/* null: not known here, and not necessarily the sender. */
export function recalledBy({ stream, head }: Conversation, message: Message): number | null {
  if (message.recalled_at === null) return null;
  const { rows } = stream.value;
  const row = rows[(message.changed_seq ?? 0) - (rows[0]?.seq ?? 0)];
  if (row?.kind === 'recall') return row.sender_id;
  return head.value.kind === 'direct' ? message.sender_id : null;
}
