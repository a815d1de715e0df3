/* The groups that I am in, the invitations that wait for me, and the ways to more groups. */
import { useEffect } from 'preact/hooks';
import type { Invitation } from '../../api/joining';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { Screen } from '../../design/screen';
import { language, t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { GroupRow } from './group_row';
import './groups.css';

export function MyGroups() {
  const { groups, joining } = useUser();
  const order = new Intl.Collator(language.value);
  const mine = groups.mine.value
    .flatMap(({ head }) => head.value.group ?? [])
    .sort((a, b) => order.compare(a.name, b.name));
  const invitations = joining.invitations.value;
  useEffect(() => {
    void joining.loadInvitations().catch(() => undefined);
    void groups.findMine().catch(() => undefined);
  }, []);
  return (
    <Screen title={t('group.mine')} above={{ screen: 'contacts' }}>
      <GroupDoors />
      {invitations.length > 0 && <Invitations invitations={invitations} />}
      {mine.length + invitations.length === 0 && (
        <Empty icon="group" title={t('group.mine.none.title')} text={t('group.mine.none.text')} />
      )}
      {mine.length > 0 && (
        <ul class="rows" aria-label={t('group.mine')}>
          {mine.map((group) => (
            <li key={group.id}>
              <GroupRow group={group} to={{ screen: 'conversation', id: group.id }} />
            </li>
          ))}
        </ul>
      )}
    </Screen>
  );
}

export function GroupDoors() {
  return (
    <nav class="group-doors" aria-label={t('group.mine')}>
      <Link to={{ screen: 'new_group' }} class="button button--primary">
        <Icon name="groupAdd" size={18} />
        <span>{t('new_group.open')}</span>
      </Link>
      <Link to={{ screen: 'find_group' }} class="button button--quiet">
        <Icon name="search" size={18} />
        <span>{t('find_group.title')}</span>
      </Link>
    </nav>
  );
}

function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  return (
    <section>
      <h2 class="section-title">{t('invitation.title')}</h2>
      <ul class="rows" aria-label={t('invitation.title')}>
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <InvitationRow invitation={invitation} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const user = useUser();
  const action = useAction();
  const { group, inviter } = invitation;
  const answer = (status: 'accepted' | 'declined') => () => {
    void action.run(() => user.joining.answerInvitation(invitation, status));
  };
  return (
    <>
      <GroupRow
        group={group}
        text={t('invitation.by', inviter ? user.nameOf(inviter) : t('group.someone'))}
      >
        <Button
          disabled={action.busy}
          name={t('invitation.decline.name', group.name)}
          onClick={answer('declined')}
        >
          {t('invitation.decline')}
        </Button>
        <Button
          kind="primary"
          disabled={action.busy}
          name={t('invitation.accept.name', group.name)}
          onClick={answer('accepted')}
        >
          {t('invitation.accept')}
        </Button>
      </GroupRow>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </>
  );
}
