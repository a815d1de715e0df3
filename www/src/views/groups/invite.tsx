/* Bringing friends into a group: at once, or as its join policy says. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import type { Invited } from '../../api/joining';
import { Button } from '../../design/button';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { may } from '../../store/group_rights';
import { useAction } from '../action';
import { useUser } from '../session';
import { FriendPicker } from './friend_picker';

export function Invite({ group }: { group: GroupHead }) {
  const user = useUser();
  const action = useAction();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [invited, setInvited] = useState<Invited | null>(null);
  const adds = may(group.role, 'add');
  const friends = user.contacts.friends.value;
  const known = user.members.of(group.id).value;
  useEffect(() => {
    user.members.need(group.id, group.changed_seq, friends.keys());
  }, [group.id, group.changed_seq, friends]);
  const inside = useMemo(
    () => new Set([...known].flatMap(([id, member]) => (member ? id : []))),
    [known],
  );
  const invite = async (): Promise<void> => {
    const outcome = await user.joining.invite(group.id, [...chosen]);
    setInvited(outcome);
    setChosen(new Set());
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.size > 0) void action.run(invite);
      }}
    >
      <FriendPicker
        legend={t('new_group.friends')}
        except={inside}
        chosen={chosen}
        onChange={setChosen}
      />
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <p role="status" class="form__done">
        {invited && outcomeOf(invited, group)}
      </p>
      <div class="form__end">
        <Button type="submit" kind="primary" busy={action.busy} disabled={chosen.size === 0}>
          {t(adds ? 'invite.submit' : 'invite.submit.member', chosen.size)}
        </Button>
        {may(group.role, 'keep_links') && (
          <Link to={{ screen: 'links', id: group.id }} class="button button--quiet">
            <Icon name="link" size={18} />
            <span>{t('invite.link')}</span>
          </Link>
        )}
      </div>
    </form>
  );
}

function outcomeOf({ added, pending }: Invited, group: GroupHead): string {
  const waits = group.join_policy === 'invitation' ? 'invitation' : 'approval';
  return [
    added.length > 0 && t('invite.added', added.length),
    pending.length > 0 && t(`invite.pending.${waits}`, pending.length),
  ]
    .filter(Boolean)
    .join(' ');
}
