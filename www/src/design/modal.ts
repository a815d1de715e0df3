/* Shows a dialog element in front of everything, and gives the focus back when it has gone. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement as HTMLElement | null;
    element?.showModal();
    return () => {
      element?.close();
      opener?.focus(); // the browser would do it, were the dialog not gone at once
    };
  }, []);
}
