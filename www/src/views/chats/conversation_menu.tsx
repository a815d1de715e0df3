/* What one can do with a conversation as a whole, for oneself, on all one's devices. */
import { useState } from 'preact/hooks';
import type { ConversationChange } from '../../api/chat';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Box, type Place } from '../../design/overlay';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { go, route } from '../../platform/router';
import type { Conversation } from '../../store/conversations';
import { useAction } from '../action';
import { sectionOf } from '../app/rail';
import { Confirm } from '../confirm';
import { useUser } from '../session';
import './conversation_menu.css';

interface ConversationMenuProps {
  conversation: Conversation;
  at: Place;
  onDate?: () => void; // where its messages are shown
  onClose: () => void;
}

/* Beside what it is about, or where a thumb reaches. */
export function placeAt(box: Box): Place {
  return matchMedia('(pointer: coarse)').matches ? 'sheet' : box;
}

export function ConversationMenu({ conversation, at, onDate, onClose }: ConversationMenuProps) {
  const user = useUser();
  const [clearing, setClearing] = useState(false);
  const { id, head } = conversation;
  const name = user.names.ofConversation(head.value) ?? '';
  if (!clearing)
    return (
      <Overlay label={t('chats.menu', name)} at={at} onClose={onClose}>
        <Lines
          conversation={conversation}
          onDate={onDate}
          onClear={() => {
            setClearing(true);
          }}
          onClose={onClose}
        />
      </Overlay>
    );
  return (
    <Confirm
      title={t('chats.clear.title', name)}
      text={t('chats.clear.text')}
      submit={t('chats.clear')}
      onConfirm={() => user.change(id, { cleared_seq: head.peek().last_seq })}
      onClose={onClose}
    />
  );
}

interface LinesProps {
  conversation: Conversation;
  onDate: (() => void) | undefined;
  onClear: () => void;
  onClose: () => void;
}

function Lines({ conversation, onDate, onClear, onClose }: LinesProps) {
  const user = useUser();
  const action = useAction();
  const { id } = conversation;
  const { pinned, notify, unread, marked_unread, last_message } = conversation.head.value;
  const waits = unread > 0 || marked_unread;
  const change =
    (part: ConversationChange, away = false) =>
    (): void => {
      void action
        .run(() => user.change(id, part))
        .then((done) => {
          if (!done) return;
          onClose();
          if (away) turnAway(id);
        });
    };
  const read = (): void => {
    user.markRead(conversation);
    onClose();
  };
  return (
    <div
      class="conversation-menu"
      onKeyDown={(event) => {
        moveFocus(event, '.menu__line');
      }}
    >
      <Menu label={t('chats.actions')}>
        {onDate && last_message !== null && (
          <MenuButton icon="calendar" onClick={onDate}>
            {t('date.title')}
          </MenuButton>
        )}
        <MenuButton icon={pinned ? 'unpin' : 'pin'} onClick={change({ pinned: !pinned })}>
          {t(pinned ? 'chats.unpin' : 'chats.pin')}
        </MenuButton>
        <MenuButton icon={notify ? 'bellOff' : 'bell'} onClick={change({ notify: !notify })}>
          {t(notify ? 'chats.mute' : 'chats.unmute')}
        </MenuButton>
        {waits ? (
          <MenuButton icon="check" onClick={read}>
            {t('chats.mark_read')}
          </MenuButton>
        ) : (
          <MenuButton icon="unread" onClick={change({ marked_unread: true }, true)}>
            {t('chats.mark_unread')}
          </MenuButton>
        )}
        <MenuButton icon="eyeOff" onClick={change({ hidden: true }, true)}>
          {t('chats.hide')}
        </MenuButton>
        {last_message !== null && (
          <MenuButton icon="trash" danger onClick={onClear}>
            {t('chats.clear')}
          </MenuButton>
        )}
      </Menu>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </div>
  );
}

/* What shall wait, or is out of sight, is not on the screen any longer. */
function turnAway(id: number): void {
  const here = route.peek();
  if ('id' in here && here.id === id && sectionOf(here) === 'chats') go({ screen: 'chats' });
}
