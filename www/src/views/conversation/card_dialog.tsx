/* Contact cards of friends, to be sent into the open conversation. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { useAction } from '../action';
import { FriendPicker } from '../groups/friend_picker';
import { useTalk } from './talk';

export function CardDialog({ onClose }: { onClose: () => void }) {
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
