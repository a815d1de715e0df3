/* Sends the card of a person to others. */
import type { User } from '../../api/account';
import { t } from '../../i18n';
import { useUser } from '../session';
import { sentTo } from './forward_dialog';
import { SendTo } from './send_to';

const MOST = 10; // conversations at once

interface ShareContactProps {
  person: User;
  onSent: (text: string) => void;
  onClose: () => void;
}

export function ShareContact({ person, onSent, onClose }: ShareContactProps) {
  const user = useUser();
  return (
    <SendTo
      title={t('card.share')}
      text={t('card.preview', user.nameOf(person))}
      most={MOST}
      onSend={async (ids, targets) => {
        for (const id of ids) await user.outbox.addCard(id, person.id);
        onSent(sentTo(targets));
      }}
      onClose={onClose}
    />
  );
}
