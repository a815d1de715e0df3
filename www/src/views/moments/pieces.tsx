/* The pictures or the video of a post that is being written: added, put in order, taken out, tried
 * again. */
import { useRef } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { errorText, t } from '../../i18n';
import { MOST_PIECES, type Piece } from '../../store/composition';
import { UploadProgress } from '../media/progress';
import { useObjectUrl } from '../media/use_address';
import { useUser } from '../session';
import type { PieceChoice } from './use_pieces';

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };

export function Pieces({ choice }: { choice: PieceChoice }) {
  const { composition } = useUser().moments;
  const input = useRef<HTMLInputElement>(null);
  const pieces = composition.pieces.value;
  const room = pieces.length < MOST_PIECES && pieces[0]?.kind !== 'video';
  const codes = new Set(pieces.flatMap(({ failure }) => failure ?? []));
  return (
    <div>
      <ul class="pieces" aria-label={t('post.pictures')}>
        {pieces.map((piece, index) => (
          <PieceTile key={piece.key} piece={piece} index={index} count={pieces.length} />
        ))}
        {room && (
          <li>
            <button
              type="button"
              class="pieces__add"
              onClick={() => {
                input.current?.click();
              }}
            >
              <Icon name={pieces.length === 0 ? 'image' : 'plus'} size={28} />
              <span class={pieces.length === 0 ? '' : 'visually-hidden'}>{t('compose.add')}</span>
            </button>
          </li>
        )}
      </ul>
      <input
        ref={input}
        type="file"
        accept="image/*,video/*"
        multiple
        hidden
        aria-label={t('compose.add')}
        data-way="post"
        onChange={({ currentTarget }) => {
          choice.take(currentTarget.files ?? undefined);
          currentTarget.value = ''; // the same one may be chosen again
        }}
      />
      <div class="pieces__problems" role="alert">
        {choice.problem && <p class="field__error">{choice.problem}</p>}
        {[...codes].map((code) => (
          <p key={code} class="field__error">
            {t('compose.refused')} {errorText(code)}
          </p>
        ))}
      </div>
    </div>
  );
}

interface PieceTileProps {
  piece: Piece;
  index: number;
  count: number;
}

function PieceTile({ piece, index, count }: PieceTileProps) {
  const { composition } = useUser().moments;
  const { key, kind, file, media, failure } = piece;
  const address = useObjectUrl(file);
  const held = useMoving(key);
  const what = kind === 'video' ? t('compose.video') : t('compose.piece', index + 1, count);
  return (
    <li class="piece" data-piece={key} data-bad={failure !== null}>
      <button type="button" class="piece__picture" aria-label={what} {...held(index, count)}>
        {address !== null && kind === 'image' && <img src={address} alt="" draggable={false} />}
        {address !== null && kind === 'video' && (
          <video src={address} muted playsInline preload="metadata" aria-hidden="true" />
        )}
      </button>
      {media === null && failure === null && (
        <UploadProgress uploads={composition.uploads} upload={key} size={file.size} />
      )}
      {failure !== null && composition.uploads.has(key) && (
        <IconButton
          icon="retry"
          name={t('compose.retry', index + 1)}
          class="piece__retry"
          onClick={() => {
            composition.retry(key);
          }}
        />
      )}
      <IconButton
        icon="close"
        size={16}
        name={t('compose.remove', index + 1)}
        class="piece__remove"
        onClick={() => {
          composition.remove(key);
        }}
      />
    </li>
  );
}

/* By pointer to where it is let go, by arrow keys a place at a time. */
function useMoving(key: string) {
  const { composition } = useUser().moments;
  const held = useRef(false);
  return (index: number, count: number) => ({
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      composition.move(key, Math.max(0, Math.min(count - 1, index + step)));
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      held.current = true;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (!held.current) return;
      const below = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('.piece');
      const other = below?.dataset['piece'];
      if (other === undefined || other === key) return;
      composition.move(
        key,
        composition.pieces.peek().findIndex((piece) => piece.key === other),
      );
    },
    onLostPointerCapture: () => {
      held.current = false;
    },
  });
}
