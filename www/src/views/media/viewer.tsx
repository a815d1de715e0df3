/* The images and videos of a conversation, one at a time, as large as the screen. */
import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { useModal } from '../../design/modal';
import { t } from '../../i18n';
import { fullTime } from '../../i18n/format';
import { enclosedIn, type Enclosed } from '../../store/enclosed';
import { whoIn } from '../conversation/names';
import { useTalk, type Talk } from '../conversation/talk';
import { Stage } from './stage';
import { useObjectUrl, useWhereabouts } from './use_address';
import { playerOf } from './voice_player';
import './viewer.css';

/* What is open in it, if anything is. */
export function Viewer() {
  const talk = useTalk();
  useEffect(
    () => () => {
      playerOf(talk).stop(); // the conversation is left
    },
    [talk],
  );
  const seq = talk.viewing.value;
  const message = seq === null ? null : talk.message(seq);
  const enclosed = message && enclosedIn(message);
  if (!message || !enclosed) return null;
  return <ViewerDialog talk={talk} message={message} enclosed={enclosed} />;
}

interface ViewerProps {
  talk: Talk;
  message: Message;
  enclosed: Enclosed;
}

function ViewerDialog({ talk, message, enclosed }: ViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  const all = viewable(talk);
  const at = all.findIndex(({ seq }) => seq === message.seq);
  const by = whoIn(talk.user, talk.conversation.id)(message.sender_id);
  const close = (): void => {
    talk.viewing.value = null;
  };
  const step = (by: -1 | 1): void => {
    const next = all[at + by];
    if (next) talk.viewing.value = next.seq;
  };
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={t('viewer.title', by, fullTime(message.created_at))}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'ArrowLeft') step(-1);
        else if (event.key === 'ArrowRight') step(1);
      }}
    >
      <header class="viewer__head">
        <p class="viewer__who" aria-live="polite">
          <b>{by}</b>
          <span>{fullTime(message.created_at)}</span>
        </p>
        <Download enclosed={enclosed} />
        <IconButton icon="close" name={t('common.close')} onClick={close} />
      </header>
      <Stage key={message.seq} enclosed={enclosed} onStep={step} onClose={close} />
      {at > 0 && (
        <IconButton
          icon="back"
          name={t('viewer.previous')}
          class="viewer__step viewer__step--previous"
          onClick={() => {
            step(-1);
          }}
        />
      )}
      {at >= 0 && at < all.length - 1 && (
        <IconButton
          icon="next"
          name={t('viewer.next')}
          class="viewer__step viewer__step--next"
          onClick={() => {
            step(1);
          }}
        />
      )}
    </dialog>
  );
}

function viewable({ conversation }: Talk): Message[] {
  const { rows } = conversation.shown.value;
  return rows.filter(
    (row) =>
      ['image', 'video'].includes(row.kind) && row.body !== null && !row.hidden && enclosedIn(row),
  );
}

function Download({ enclosed: { body } }: { enclosed: Enclosed }) {
  const { user } = useTalk();
  const id = body.media_id ?? 0;
  const known = useWhereabouts(id);
  const local = useObjectUrl(user.media.own.value.get(id));
  const href = local ?? (known ? `${known.url}&download=1` : undefined);
  if (href === undefined) return null;
  const name = `hichat-${id}.${(body.type ?? '').split('/')[1] ?? 'bin'}`;
  return (
    <a
      class="icon-button"
      href={href}
      download={name}
      aria-label={t('media.download', name)}
      title={t('media.download', name)}
    >
      <Icon name="download" size={22} />
    </a>
  );
}
