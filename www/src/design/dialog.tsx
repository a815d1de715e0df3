/* A question in front of everything else: the browser's own modal dialog, so that focus, Esc and
 * the rest of the page behave as people know it. */
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import './dialog.css';
import { useModal } from './modal';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="dialog__box">
        <h2 class="dialog__title" id={id}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
