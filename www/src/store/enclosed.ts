/* What a message holds that is no text: the body of such a message, read with the caution that
 * everything from elsewhere needs.  Pure. */
import type { MediaKind } from '../api/media';

export type EnclosedKind = MediaKind | 'sticker';

/* As in the body of a message; without a media_id its upload is not complete. */
export interface EnclosedBody {
  media_id?: number;
  sticker_id?: number;
  type?: string;
  size?: number;
  name?: string;
  width?: number;
  height?: number;
  animated?: boolean;
  duration_ms?: number;
  waveform?: string;
  placeholder?: string;
  emoji?: string;
}

export interface Enclosed {
  kind: EnclosedKind;
  body: EnclosedBody;
}

const KINDS: readonly string[] = ['image', 'voice', 'video', 'file', 'sticker'];
const NUMBERS = ['media_id', 'sticker_id', 'size', 'width', 'height', 'duration_ms'] as const;
const TEXTS = ['type', 'name', 'waveform', 'placeholder', 'emoji'] as const;

/* null: it is something else, or not what it should be. */
export function enclosedIn(message: {
  kind: string;
  body: Readonly<Record<string, unknown>> | null;
}): Enclosed | null {
  const { kind, body } = message;
  if (!KINDS.includes(kind) || body === null) return null;
  const read: EnclosedBody = { animated: body['animated'] === true };
  for (const name of NUMBERS) {
    const value = body[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) read[name] = value;
  }
  for (const name of TEXTS) {
    const value = body[name];
    if (typeof value === 'string') read[name] = value;
  }
  return read.media_id === undefined ? null : { kind: kind as EnclosedKind, body: read };
}

/* It can be sent. */
export function isReady(enclosed: Enclosed | undefined): boolean {
  if (!enclosed) return true;
  const { kind, body } = enclosed;
  return (kind === 'sticker' ? body.sticker_id : body.media_id) !== undefined;
}
