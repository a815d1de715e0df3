/* Friend requests: those received, to be answered; and what became of those sent. */
import type { FriendRequest } from '../../api/social';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { useAction, type Action } from '../action';
import { minute } from '../clock';
import { PersonRow } from '../person/person_row';
import { MessageButton } from '../person/message_button';
import { useUser } from '../session';
import './requests.css';

export function Requests() {
  const { contacts } = useUser();
  const incoming = contacts.incoming.value;
  const outgoing = contacts.outgoing.value;
  return (
    <Screen title={t('requests.title')} above={{ screen: 'contacts' }}>
      {!contacts.known.value && <Waiting label={t('common.loading')} />}
      {contacts.known.value && incoming.length + outgoing.length === 0 && (
        <Empty icon="bell" title={t('requests.none.title')} text={t('requests.none.text')} />
      )}
      {incoming.length > 0 && (
        <Section title={t('requests.incoming')}>
          {incoming.map((request) => (
            <Received key={request.id} request={request} />
          ))}
        </Section>
      )}
      {outgoing.length > 0 && (
        <Section title={t('requests.outgoing')}>
          {outgoing.map((request) => (
            <Sent key={request.id} request={request} />
          ))}
        </Section>
      )}
    </Screen>
  );
}

function Section({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section class="requests">
      <h2 class="requests__title">{title}</h2>
      <ul class="rows" aria-label={title}>
        {children}
      </ul>
    </section>
  );
}

function Received({ request }: { request: FriendRequest }) {
  const user = useUser();
  const action = useAction();
  const { contacts } = user;
  const name = user.nameOf(request.from);
  const answer = (status: 'accepted' | 'declined') => () => {
    void action.run(() => contacts.answer(request.id, status));
  };
  return (
    <li>
      <PersonRow person={request.from} text={request.message || `@${request.from.username}`}>
        {request.status === 'pending' ? (
          <>
            <Button
              disabled={action.busy}
              name={t('requests.decline.name', name)}
              onClick={answer('declined')}
            >
              {t('requests.decline')}
            </Button>
            <Button
              kind="primary"
              disabled={action.busy}
              name={t('requests.accept.name', name)}
              onClick={answer('accepted')}
            >
              {t('requests.accept')}
            </Button>
          </>
        ) : (
          <Outcome request={request} />
        )}
      </PersonRow>
      <Problem action={action} />
    </li>
  );
}

function Problem({ action: { problem } }: { action: Action }) {
  return (
    problem && (
      <p class="requests__problem" role="alert">
        {problem.text}
      </p>
    )
  );
}

function Sent({ request }: { request: FriendRequest }) {
  const user = useUser();
  const action = useAction();
  return (
    <li>
      <PersonRow person={request.to} text={request.message || `@${request.to.username}`}>
        <Outcome request={request} />
        {request.status === 'pending' && (
          <Button
            busy={action.busy}
            name={t('requests.withdraw.name', user.nameOf(request.to))}
            onClick={() => void action.run(() => user.contacts.withdraw(request))}
          >
            {t('requests.withdraw')}
          </Button>
        )}
      </PersonRow>
      <Problem action={action} />
    </li>
  );
}

function Outcome({ request }: { request: FriendRequest }) {
  const user = useUser();
  const other = request.from.id === user.id ? request.to : request.from;
  if (request.status === 'accepted' && user.contacts.friends.value.has(other.id))
    return <MessageButton person={other} />;
  return (
    <span class="standing">
      {t(`requests.${request.status}`)} ·{' '}
      {listTime(request.answered_at ?? request.created_at, minute.value)}
    </span>
  );
}
