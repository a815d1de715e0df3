/* Opens the conversation with a friend. */
import type { User } from '../../api/account';
import { Button } from '../../design/button';
import { t } from '../../i18n';
import { go } from '../../platform/router';
import { useAction } from '../action';
import { useUser } from '../session';

export function MessageButton({
  person,
  kind = 'quiet',
}: {
  person: User;
  kind?: 'primary' | 'quiet';
}) {
  const user = useUser();
  const action = useAction();
  const open = async (): Promise<void> => {
    const { id } = await user.openWith(person);
    go({ screen: 'conversation', id });
  };
  return (
    <>
      <Button
        icon="chats"
        kind={kind}
        busy={action.busy}
        onClick={() => {
          void action.run(open);
        }}
      >
        {t('person.message')}
      </Button>
      {action.problem && (
        <p class="standing" role="alert">
          {action.problem.text}
        </p>
      )}
    </>
  );
}
