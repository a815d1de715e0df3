/* A message in a few words: for lists and for those who listen. */
import type { Message } from '../../api/chat';
import { textOf } from './cards';
import type { Who } from './names';
import { noteOf } from './note';

export function previewOf(message: Message, who: Who, recalledBy: number | null = null): string {
  return (textOf(message) ?? noteOf(message, who, recalledBy)).replace(/\s+/g, ' ').trim();
}
