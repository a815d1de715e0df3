/* Who is in a group: all of them, or the first few. */
import { useState } from 'preact/hooks';
import type { GroupHead, Member } from '../../api/groups';
import { Button } from '../../design/button';
import { Waiting } from '../../design/empty';
import { Filter } from '../../design/filter';
import { Link } from '../../design/link';
import { errorText, t } from '../../i18n';
import { useUser } from '../session';
import { MemberDialog } from './member_dialog';
import { MemberRow } from './member_row';
import { useMembers } from './use_members';

const FILTER_FROM = 10;
const FEW = 8;

export function MemberList({ group }: { group: GroupHead }) {
  const user = useUser();
  const pages = useMembers(group);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = pages.members.filter(({ user: person }) =>
    [user.names.inGroup(group.id, person.id), person.nickname, person.username]
      .join(' ')
      .toLocaleLowerCase()
      .includes(wanted),
  );
  return (
    <>
      {group.member_count >= FILTER_FROM && (
        <Filter label={t('members.filter')} value={filter} onInput={setFilter} />
      )}
      <Members group={group} members={shown} />
      {pages.loading && pages.members.length === 0 && <Waiting label={t('common.loading')} />}
      {pages.failure && pages.members.length === 0 && (
        <p class="field__error" role="alert">
          {errorText(pages.failure)}
        </p>
      )}
      {wanted !== '' && shown.length === 0 && <p class="standing">{t('members.no_match')}</p>}
      {pages.more && (
        <Button busy={pages.loading} onClick={pages.loadMore}>
          {t('members.more')}
        </Button>
      )}
    </>
  );
}

/* On the page of the group. */
export function MemberPreview({ group }: { group: GroupHead }) {
  const pages = useMembers(group);
  const title = t('group.members', group.member_count);
  return (
    <section class="member-preview">
      <h3 class="section-title">{title}</h3>
      {pages.members.length === 0 && pages.loading && <Waiting label={t('common.loading')} />}
      <Members group={group} members={pages.members.slice(0, FEW)} />
      {group.member_count > FEW && (
        <Link to={{ screen: 'members', id: group.id }} class="button button--quiet button--wide">
          {t('members.all', group.member_count)}
        </Link>
      )}
    </section>
  );
}

function Members({ group, members }: { group: GroupHead; members: readonly Member[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { value: known } = useUser().members.of(group.id);
  const member = chosen === null ? null : known.get(chosen);
  return (
    <>
      <ul class="members" aria-label={t('members.list')}>
        {members.map((one) => (
          <li key={one.user.id}>
            <MemberRow
              group={group}
              member={one}
              onAct={({ user }) => {
                setChosen(user.id);
              }}
            />
          </li>
        ))}
      </ul>
      {member && (
        <MemberDialog
          group={group}
          member={member}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </>
  );
}
