/* Says that a person is blocked, and takes it back. */
import type { User } from '../../api/account';
import { Button } from '../../design/button';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

export function Unblock({ person }: { person: User }) {
  const user = useUser();
  const action = useAction();
  return (
    <div class="unblock" role="status">
      <p>
        <Icon name="block" size={18} />
        <span>{action.problem?.text ?? t('person.blocked', user.nameOf(person))}</span>
      </p>
      <Button
        busy={action.busy}
        name={t('person.unblock.name', user.nameOf(person))}
        onClick={() => {
          void action.run(() => user.contacts.unblock(person.id));
        }}
      >
        {t('person.unblock')}
      </Button>
    </div>
  );
}
