/* What a person is to me, or what can make them more: friend, asked, or a button to ask. */
import type { User } from '../../api/account';
import { Button } from '../../design/button';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { MessageButton } from './message_button';
import { Unblock } from './unblock';

interface StandingProps {
  person: User;
  onAsk: (person: User) => void;
  prominent?: boolean; // the one thing to do here
}

export function Standing({ person, onAsk, prominent = false }: StandingProps) {
  const user = useUser();
  const action = useAction();
  const { contacts } = user;
  if (person.id === user.id) return <span class="standing">{t('find.self')}</span>;
  if (contacts.blocks.value.has(person.id)) return <Unblock person={person} />;
  if (contacts.friends.value.has(person.id))
    return <MessageButton person={person} kind={prominent ? 'primary' : 'quiet'} />;
  const received = contacts.incoming.value.find(
    ({ from, status }) => from.id === person.id && status === 'pending',
  );
  if (received) {
    return (
      <Button
        kind="primary"
        busy={action.busy}
        name={t('requests.accept.name', person.nickname)}
        onClick={() => {
          void action.run(() => contacts.answer(received.id, 'accepted'));
        }}
      >
        {t('requests.accept')}
      </Button>
    );
  }
  const asked = contacts.outgoing.value.some(
    ({ to, status }) => to.id === person.id && status === 'pending',
  );
  if (asked) return <span class="standing">{t('find.asked')}</span>;
  return (
    <Button
      kind="primary"
      icon="add"
      name={t('ask.open.name', person.nickname)}
      onClick={() => {
        onAsk(person);
      }}
    >
      {t('ask.open')}
    </Button>
  );
}
