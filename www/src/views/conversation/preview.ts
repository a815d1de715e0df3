/* A message in a few words: for lists and for those who listen. */
import type { Message } from '../../api/chat';
import { t } from '../../i18n';

export function textOf(message: Message): string | null {
  const text = message.kind === 'text' ? message.body?.['text'] : null;
  return typeof text === 'string' ? text : null;
}

/* What stands in the place of a message that has no text to show. */
export function noteOf(message: Message): string {
  if (message.kind === 'system') {
    return t(message.body?.['event'] === 'friends' ? 'message.friends' : 'message.system');
  }
  return t(message.body === null ? 'message.recalled' : 'message.unsupported');
}

export function previewOf(message: Message): string {
  return (textOf(message) ?? noteOf(message)).replace(/\s+/g, ' ').trim();
}
