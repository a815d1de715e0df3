/* Messages that show something other than a text: a person, or other messages. */
import type { Message } from '../../api/chat';
import { t } from '../../i18n';
import { enclosedIn } from '../../store/enclosed';
import { enclosedText } from '../media/words';

export type Said = Pick<Message, 'kind' | 'body'>;

/* One of the messages that became one: by name, as whoever reads it may not know the person. */
export interface MergedItem {
  name: string;
  kind: string;
  body: Record<string, unknown>;
  created_at: number;
}

export interface Merged {
  title: string;
  items: readonly MergedItem[];
}

/* Whose card it is. */
export function contactOf({ kind, body }: Said): number | null {
  const id = kind === 'contact' ? body?.['user_id'] : null;
  return typeof id === 'number' ? id : null;
}

export function mergedOf({ kind, body }: Said): Merged | null {
  const items = kind === 'merged' ? body?.['items'] : null;
  if (!Array.isArray(items)) return null;
  return { title: String(body?.['title'] ?? ''), items: items as MergedItem[] };
}

export function titleOf({ title }: Merged): string {
  return title === '' ? t('merged.title.none') : t('merged.title', title);
}

export function isForwarded({ body }: Said): boolean {
  return body?.['forwarded'] === true;
}

export function textOf({ kind, body }: Said): string | null {
  const text = kind === 'text' ? body?.['text'] : null;
  return typeof text === 'string' ? text : null;
}

export function senderOf({ name }: MergedItem): string {
  return name || t('group.someone');
}

/* The viewer shows it. */
export function isPicture(item: MergedItem): boolean {
  return ['image', 'video'].includes(item.kind) && enclosedIn(item) !== null;
}

/* In one line, without the names that others may not have. */
export function lineOf(item: MergedItem): string {
  const merged = mergedOf(item);
  if (merged) return titleOf(merged);
  if (contactOf(item) !== null) return t('card.kind');
  const enclosed = enclosedIn(item);
  if (enclosed) return enclosedText(enclosed);
  return (textOf(item) ?? t('message.unsupported')).replace(/\s+/g, ' ').trim();
}
