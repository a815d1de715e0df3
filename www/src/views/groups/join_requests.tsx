/* Who wants to join a group, for its owner and administrators. */
import { useEffect } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import type { JoinRequest } from '../../api/joining';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { t } from '../../i18n';
import { useAction } from '../action';
import { PersonRow } from '../person/person_row';
import { useUser } from '../session';

export function JoinRequests({ group: { id } }: { group: GroupHead }) {
  const { joining } = useUser();
  const action = useAction();
  const requests = joining.requests.value.get(id);
  useEffect(() => {
    void action.run(() => joining.loadRequests(id));
  }, [id]);
  if (!requests) {
    return action.problem ? (
      <p class="field__error" role="alert">
        {action.problem.text}
      </p>
    ) : (
      <Waiting label={t('common.loading')} />
    );
  }
  if (requests.length === 0)
    return <Empty icon="bell" title={t('joining.none.title')} text={t('joining.none.text')} />;
  return (
    <ul class="rows" aria-label={t('joining.title')}>
      {requests.map((request) => (
        <li key={request.id}>
          <Request group={id} request={request} />
        </li>
      ))}
    </ul>
  );
}

function Request({ group, request }: { group: number; request: JoinRequest }) {
  const user = useUser();
  const action = useAction();
  const { user: person, inviter, message } = request;
  if (!person) return null;
  const name = user.nameOf(person);
  const text = inviter ? t('joining.proposed', user.nameOf(inviter)) : message;
  const answer = (status: 'accepted' | 'declined') => () => {
    void action.run(() => user.joining.answer(group, request.id, status));
  };
  return (
    <>
      <PersonRow person={person} text={text || `@${person.username}`}>
        <Button
          disabled={action.busy}
          name={t('joining.decline.name', name)}
          onClick={answer('declined')}
        >
          {t('joining.decline')}
        </Button>
        <Button
          kind="primary"
          disabled={action.busy}
          name={t('joining.accept.name', name)}
          onClick={answer('accepted')}
        >
          {t('joining.accept')}
        </Button>
      </PersonRow>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </>
  );
}
