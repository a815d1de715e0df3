/* What can be sent beside a text. */
import { useState } from 'preact/hooks';
import { Button, IconButton } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Place } from '../../design/overlay';
import { t } from '../../i18n';
import { useAction } from '../action';
import { placeAt } from '../chats/conversation_menu';
import { FriendPicker } from '../groups/friend_picker';
import { useTalk } from './talk';

export function Attach() {
  const [menu, setMenu] = useState<Place | null>(null);
  const [choosing, setChoosing] = useState(false);
  const close = (): void => {
    setMenu(null);
  };
  return (
    <>
      <IconButton
        icon="attach"
        name={t('attach.title')}
        expanded={menu !== null}
        onClick={({ currentTarget }) => {
          setMenu(placeAt(currentTarget.getBoundingClientRect()));
        }}
      />
      {menu !== null && (
        <Overlay label={t('attach.title')} at={menu} onClose={close}>
          <div class="conversation-menu">
            <Menu label={t('attach.title')}>
              <MenuButton
                icon="card"
                onClick={() => {
                  close();
                  setChoosing(true);
                }}
              >
                {t('card.kind')}
              </MenuButton>
            </Menu>
          </div>
        </Overlay>
      )}
      {choosing && (
        <CardDialog
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
    </>
  );
}

function CardDialog({ onClose }: { onClose: () => void }) {
  const talk = useTalk();
  const { user, conversation } = talk;
  const action = useAction();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const send = async (): Promise<void> => {
    user.history.toNewest(conversation); // where they will stand
    for (const id of chosen) await user.outbox.addCard(conversation.id, id);
    onClose();
  };
  return (
    <Dialog title={t('attach.card')} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.size > 0) void action.run(send);
        }}
      >
        <FriendPicker legend={t('attach.friends')} chosen={chosen} onChange={setChosen} />
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy} disabled={chosen.size === 0}>
            {t('send_to.submit', chosen.size)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
