/* Files that are to be part of a post: nine pictures or one video, of kinds that the server takes. */
import { useState } from 'preact/hooks';
import type { MediaLimits } from '../../api/media';
import { errorText, t } from '../../i18n';
import { codeOf } from '../../api/errors';
import { readImage, readVideo } from '../../platform/pictures';
import { MOST_PIECES, type Piece, type PieceKind } from '../../store/composition';
import { kindFor } from '../media/choose';
import { sizeText } from '../media/words';
import { useUser } from '../session';

interface Chosen {
  kind: PieceKind;
  file: File;
}

export interface PieceChoice {
  problem: string | null;
  /* Whether there was anything among them. */
  take: (files: Iterable<File> | undefined) => boolean;
}

export function usePieces(): PieceChoice {
  const { media, moments } = useUser();
  const { composition } = moments;
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (files: readonly File[]): Promise<void> => {
    const { chosen, problem: found } = sort(files, await media.limits());
    const fitting = together(composition.pieces.peek(), chosen);
    const left = fitting.length < chosen.length ? t('compose.too_many', MOST_PIECES) : null;
    setProblem(found ?? left);
    await composition.add(fitting, (kind, file) =>
      kind === 'image' ? readImage(file) : readVideo(file),
    );
  };
  return {
    problem,
    take: (files) => {
      const all = [...(files ?? [])];
      if (all.length === 0) return false;
      setProblem(null);
      add(all).catch((error: unknown) => {
        setProblem(errorText(codeOf(error)));
      });
      return true;
    },
  };
}

/* What the server would refuse, as far as that is known here. */
function sort(
  files: readonly File[],
  limits: MediaLimits,
): { chosen: Chosen[]; problem: string | null } {
  const chosen: Chosen[] = [];
  let problem: string | null = null;
  for (const file of files) {
    const choice = kindFor(file, limits);
    if ('problem' in choice || choice.kind === 'file') problem ??= problemOf(file, limits);
    else chosen.push({ kind: choice.kind, file });
  }
  return { chosen, problem };
}

function problemOf({ name, type, size }: File, { purposes }: MediaLimits): string {
  if (size === 0) return t('tray.empty', name);
  const kind = type.startsWith('video/') ? 'video' : 'image';
  const { max_size, types } = purposes[kind];
  if (size > max_size && types?.includes(type))
    return t('tray.too_large', name, sizeText(max_size));
  return t('compose.unknown', name);
}

/* Of these as many as go with what is there already. */
function together(there: readonly Piece[], chosen: readonly Chosen[]): Chosen[] {
  const first = there[0]?.kind ?? chosen[0]?.kind;
  if (first === 'video') return there.length > 0 ? [] : chosen.slice(0, 1);
  return chosen.filter(({ kind }) => kind === 'image').slice(0, MOST_PIECES - there.length);
}
