/* One message on its way out: what is kept of it, when it can leave, and what it becomes.  Pure. */
import type { Content, Draft } from '../api/chat';
import { isReady, type Enclosed } from './enclosed';
import { EVERYBODY } from './head';

export interface OutboxEntry {
  client_key: string;
  conversation_id: number;
  text: string; // '' of what is no text
  contact?: number; // whose card it is
  enclosed?: Enclosed; // or what it holds
  mentions?: readonly number[]; // EVERYBODY among them: all members of the group
  reply_to?: number;
  created_at: number;
  position: number; // orders the entries of a conversation
  failure: string | null; // the server refused it: a code of the API; waits for the person
}

/* What can leave: an upload under way holds up only what is of its kind and comes after it. */
export function nextOf(
  entries: readonly OutboxEntry[],
  conversation: number,
): OutboxEntry | undefined {
  const held = new Set<string>();
  for (const entry of entries) {
    if (entry.conversation_id !== conversation || entry.failure !== null) continue;
    const kind = entry.enclosed?.kind ?? 'text';
    if (!isReady(entry.enclosed)) held.add(kind);
    else if (!held.has(kind)) return entry;
  }
  return undefined;
}

/* What it will be, as the API takes it. */
export function contentOf({ text, contact, enclosed }: OutboxEntry): Content {
  if (contact !== undefined) return { kind: 'contact', body: { user_id: contact } };
  if (!enclosed) return { kind: 'text', body: { text } };
  const { kind, body } = enclosed;
  if (kind === 'sticker') return { kind, body: { sticker_id: body.sticker_id ?? 0 } };
  return { kind, body: { media_id: body.media_id ?? 0 } };
}

/* As the API takes them. */
export function mentioning(ids: readonly number[]): Pick<Draft, 'mentions' | 'mention_all'> {
  const people = ids.filter((id) => id !== EVERYBODY);
  return {
    ...(people.length > 0 ? { mentions: people } : {}),
    ...(people.length < ids.length ? { mention_all: true } : {}),
  };
}
