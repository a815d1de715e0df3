/* What can be done to a message whose image or video is in the viewer: shown where it stands,
 * forwarded, deleted. */
import { useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Place } from '../../design/overlay';
import { t } from '../../i18n';
import { placeAt } from '../chats/conversation_menu';
import { recall } from '../conversation/message_menu';
import { offeredFor } from '../conversation/standing';
import type { Talk } from '../conversation/talk';

interface ViewerToolsProps {
  talk: Talk;
  message: Message;
}

export function ViewerTools({ talk, message }: ViewerToolsProps) {
  const offered = offeredFor(talk, message);
  return (
    <>
      <IconButton
        icon="chats"
        name={t('gallery.show')}
        onClick={() => {
          talk.viewing.value = null;
          void talk.user.goTo(message.conversation_id, message.seq);
        }}
      />
      {offered.has('forward') && (
        <IconButton
          icon="forward"
          name={t('actions.forward')}
          onClick={() => {
            talk.forwarding.value = {
              from: talk.conversation.id,
              seqs: [message.seq],
              title: null,
            };
          }}
        />
      )}
      <Deletion talk={talk} message={message} recallable={offered.has('recall')} />
    </>
  );
}

interface DeletionProps extends ViewerToolsProps {
  recallable: boolean;
}

/* For oneself; for everybody too, where that is still possible. */
function Deletion({ talk, message, recallable }: DeletionProps) {
  const [menu, setMenu] = useState<Place | null>(null);
  const hide = (): void => {
    talk.question.value = { kind: 'hide', messages: [message] };
  };
  return (
    <>
      <IconButton
        icon="trash"
        name={t('viewer.delete')}
        expanded={recallable ? menu !== null : undefined}
        onClick={({ currentTarget }) => {
          if (recallable) setMenu(placeAt(currentTarget.getBoundingClientRect()));
          else hide();
        }}
      />
      {menu !== null && (
        <Overlay
          label={t('viewer.delete')}
          at={menu}
          onClose={() => {
            setMenu(null);
          }}
        >
          <div class="conversation-menu">
            <Menu label={t('viewer.delete')}>
              <MenuButton
                icon="recall"
                onClick={() => {
                  setMenu(null);
                  recall(talk, message);
                }}
              >
                {t('actions.recall')}
              </MenuButton>
              <MenuButton
                icon="trash"
                onClick={() => {
                  setMenu(null);
                  hide();
                }}
              >
                {t('actions.hide')}
              </MenuButton>
            </Menu>
          </div>
        </Overlay>
      )}
    </>
  );
}
