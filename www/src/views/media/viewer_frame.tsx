/* One image or video as large as the screen, the way to its neighbours, and what can be done with
 * it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { useModal } from '../../design/modal';
import { t } from '../../i18n';
import { fullTime, shortTime } from '../../i18n/format';
import type { Enclosed } from '../../store/enclosed';
import { useUser } from '../session';
import { Stage } from './stage';
import { useObjectUrl, useWhereabouts } from './use_address';
import './viewer.css';

interface ViewerFrameProps {
  enclosed: Enclosed;
  by: string;
  time: number;
  previous: boolean; // there is one
  next: boolean;
  tools?: ComponentChildren;
  onStep: (by: -1 | 1) => void;
  onClose: () => void;
}

export function ViewerFrame(props: ViewerFrameProps) {
  const { enclosed, by, time, previous, next, tools, onStep, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  useLayoutEffect(() => {
    // The button that led to the last one has gone; the arrow keys stay.
    if (document.activeElement === document.body) dialog.current?.focus();
  }, [previous, next]);
  return (
    <dialog
      ref={dialog}
      class="viewer"
      tabIndex={-1}
      aria-label={t('viewer.title', by, fullTime(time))}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'ArrowLeft') onStep(-1);
        else if (event.key === 'ArrowRight') onStep(1);
      }}
    >
      <header class="viewer__head">
        <p class="viewer__who" aria-live="polite">
          <b>{by}</b>
          <span title={fullTime(time)}>{shortTime(time)}</span>
        </p>
        {tools}
        <Download enclosed={enclosed} />
        <IconButton icon="close" name={t('common.close')} onClick={onClose} />
      </header>
      <Stage key={enclosed.body.media_id} enclosed={enclosed} onStep={onStep} onClose={onClose} />
      {previous && <Step icon="back" by={-1} onStep={onStep} />}
      {next && <Step icon="next" by={1} onStep={onStep} />}
    </dialog>
  );
}

interface StepProps {
  icon: 'back' | 'next';
  by: -1 | 1;
  onStep: (by: -1 | 1) => void;
}

function Step({ icon, by, onStep }: StepProps) {
  const which = icon === 'back' ? 'previous' : 'next';
  return (
    <IconButton
      icon={icon}
      name={t(`viewer.${which}`)}
      class={`viewer__step viewer__step--${which}`}
      onClick={() => {
        onStep(by);
      }}
    />
  );
}

function Download({ enclosed: { body } }: { enclosed: Enclosed }) {
  const { media } = useUser();
  const id = body.media_id ?? 0;
  const known = useWhereabouts(id);
  const local = useObjectUrl(media.own.value.get(id));
  const href = local ?? (known ? `${known.url}&download=1` : undefined);
  if (href === undefined) return null;
  const name = body.name?.trim() || `hichat-${id}.${(body.type ?? '').split('/')[1] ?? 'bin'}`;
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
