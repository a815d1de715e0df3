/* What becomes of a file that somebody chose: an image and a video as such where the server takes
 * them so, everything else as a file.  Pure. */
import type { MediaKind, MediaLimits } from '../../api/media';

export type Choice = { kind: Exclude<MediaKind, 'voice'> } | { problem: 'empty' | 'too_large' };

export function kindFor(
  { type, size }: { type: string; size: number },
  { purposes }: Pick<MediaLimits, 'purposes'>,
): Choice {
  if (size === 0) return { problem: 'empty' };
  for (const kind of ['image', 'video'] as const) {
    const { types, max_size } = purposes[kind];
    if (type.startsWith(`${kind}/`) && size <= max_size && (types?.includes(type) ?? true))
      return { kind };
  }
  return size <= purposes.file.max_size ? { kind: 'file' } : { problem: 'too_large' };
}
