/* In the place of the composer while messages are chosen: how many, and what to do with them. */
import type { ComponentChildren } from 'preact';
import { IconButton } from '../../design/button';
import { Icon, type IconName } from '../../design/icons';
import { t } from '../../i18n';
import { clockTime } from '../../i18n/format';
import type { Message } from '../../api/chat';
import { isForwardable } from '../../store/message_rights';
import { mergedTitle } from '../forward/merged_title';
import { textOf } from './cards';
import { whoIn } from './names';
import { chosenIn } from './selection';
import { useTalk, type Talk } from './talk';

export function SelectionBar() {
  const talk = useTalk();
  const chosen = chosenIn(talk);
  const seqs = chosen.filter(isForwardable).map(({ seq }) => seq);
  const texts = chosen.filter((message) => textOf(message) !== null);
  const forward = (title: string | null): void => {
    talk.forwarding.value = { from: talk.conversation.id, seqs, title };
  };
  return (
    <section class="composer" aria-label={t('select.title')}>
      <div class="picked">
        <IconButton
          icon="close"
          name={t('common.cancel')}
          onClick={() => {
            talk.selection.end();
          }}
        />
        <p class="picked__count" role="status">
          {t('select.count', chosen.length)}
        </p>
        <div class="picked__actions" role="group" aria-label={t('select.actions')}>
          <Action
            icon="forward"
            disabled={seqs.length === 0}
            onClick={() => {
              forward(null);
            }}
          >
            {t('select.singly')}
          </Action>
          <Action
            icon="bundle"
            disabled={seqs.length === 0}
            onClick={() => {
              forward(mergedTitle(talk.user, talk.conversation));
            }}
          >
            {t('select.merged')}
          </Action>
          <Action
            icon="copy"
            disabled={texts.length === 0}
            onClick={() => void copyAll(talk, texts)}
          >
            {t('select.copy')}
          </Action>
          <Action
            icon="trash"
            danger
            disabled={chosen.length === 0}
            onClick={() => {
              talk.question.value = { kind: 'hide', messages: chosen };
            }}
          >
            {t('actions.hide')}
          </Action>
        </div>
      </div>
    </section>
  );
}

interface ActionProps {
  icon: IconName;
  danger?: boolean;
  disabled: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

function Action({ icon, danger = false, disabled, onClick, children }: ActionProps) {
  return (
    <button
      type="button"
      class={`picked__action ${danger ? 'picked__action--danger' : ''}`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={22} />
      <span>{children}</span>
    </button>
  );
}

/* Several with who said them and when. */
async function copyAll(talk: Talk, messages: readonly Message[]): Promise<void> {
  const who = whoIn(talk.user, talk.conversation.id);
  const lines = messages.map((message) => {
    const text = textOf(message) ?? '';
    if (messages.length === 1) return text;
    return `${t('message.name', who(message.sender_id), clockTime(message.created_at))}\n${text}`;
  });
  if (await talk.copy(lines.join('\n\n'))) talk.selection.end();
}
