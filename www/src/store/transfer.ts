/* Brings one file to the server: at once where it fits into a request, else in pieces, from where
 * an earlier attempt came to an end. */
import { ApiError } from '../api/errors';
import type { Declaration, Media, MediaApi, Upload } from '../api/media';

export type TransferApi = Pick<MediaApi, 'send' | 'begin' | 'append' | 'upload'>;

export interface Transfer {
  file: Blob;
  declared: Declaration;
  pieceSize: number;
  upload: number | null; // began before
  signal: AbortSignal;
  onBegun: (upload: number) => Promise<void>;
  onSent: (bytes: number) => void;
}

/* A piece that is refused this often at the same place is not taken by asking again. */
const TRIES = 3;

export async function transfer(api: TransferApi, work: Transfer): Promise<Media> {
  const { file, declared, pieceSize, signal } = work;
  if (work.upload === null && file.size <= pieceSize) return api.send(file, declared, signal);
  const upload = await stand(api, work);
  return upload.media ?? (await sendPieces(api, work, upload));
}

/* Where it goes on. */
async function stand(api: TransferApi, work: Transfer): Promise<Upload> {
  const { file, declared, signal } = work;
  if (work.upload !== null) {
    try {
      return await api.upload(work.upload, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error; // it rested too long
    }
  }
  const upload = await api.begin(file.size, declared, signal);
  await work.onBegun(upload.id);
  return upload;
}

async function sendPieces(
  api: TransferApi,
  work: Transfer,
  { id, offset }: Upload,
): Promise<Media> {
  const { file, pieceSize, signal, onSent } = work;
  let [at, misses] = [offset, 0];
  for (;;) {
    onSent(at);
    const end = Math.min(file.size, at + pieceSize);
    const last = end === file.size;
    try {
      const piece = { offset: at, bytes: file.slice(at, end), last };
      const media = await api.append(id, piece, signal);
      if (media) return media;
      [at, misses] = [end, 0];
    } catch (error) {
      misses += 1;
      if (misses === TRIES || !isMisplaced(error)) throw error;
      const upload = await api.upload(id, signal);
      if (upload.media) return upload.media;
      at = upload.offset;
    }
  }
}

/* Another place was meant than where the upload stands. */
function isMisplaced(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'upload_offset';
}
