/* Shows a dialog element in front of everything, and gives the focus back when it has gone: to what
 * had it, or to what that stood in. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement as HTMLElement | null;
    const around = opener?.parentElement?.closest<HTMLElement>('[tabindex]');
    element?.showModal();
    return () => {
      element?.close();
      // The browser would do it, were the dialog not gone at once.
      if (opener?.isConnected) opener.focus();
      else around?.focus({ preventScroll: true });
    };
  }, []);
}
