/* Beside the message that is pointed at: what is done most, and the way to the rest. */
import { useComputed } from '@preact/signals';
import type { TargetedMouseEvent } from 'preact';
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { t } from '../../i18n';
import { offeredFor } from './standing';
import { useTalk, type Panel, type Talk } from './talk';

export function useActive(talk: Talk, seq: number): boolean {
  return useComputed(() => talk.hovered.value === seq || talk.focused.value === seq).value;
}

export function MessageTools({ message }: { message: Message }) {
  const talk = useTalk();
  const offered = offeredFor(talk, message);
  const open =
    (kind: Panel['kind']) =>
    (event: TargetedMouseEvent<HTMLButtonElement>): void => {
      const at = event.currentTarget.getBoundingClientRect();
      talk.panel.value = { kind, seq: message.seq, at };
    };
  return (
    <div class="message-tools">
      {offered.has('react') && (
        <IconButton icon="react" size={19} name={t('actions.react')} onClick={open('quick')} />
      )}
      {offered.has('reply') && (
        <IconButton
          icon="reply"
          size={19}
          name={t('actions.reply')}
          onClick={() => {
            talk.reply(message);
          }}
        />
      )}
      <IconButton icon="dots" size={19} name={t('actions.more')} onClick={open('menu')} />
    </div>
  );
}
