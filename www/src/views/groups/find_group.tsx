/* Finding a group by its name or number. */
import type { PublicGroup } from '../../api/groups';
import { t } from '../../i18n';
import { FindScreen } from '../find/find_screen';
import { useUser } from '../session';
import { GroupRow } from './group_row';

export function FindGroup() {
  const { groups } = useUser();
  return (
    <FindScreen
      title={t('find_group.title')}
      above={{ screen: 'groups' }}
      label={t('find_group.label')}
      icon="group"
      start={{ title: t('find_group.start.title'), text: t('find_group.start.text') }}
      none={{ title: t('find_group.none.title'), text: t('find_group.none.text') }}
      count={(count) => t('find_group.found', count)}
      more={t('find_group.more')}
      search={async (query, behind?: PublicGroup) => {
        const page = await groups.search(query, behind?.id);
        return { things: page.groups, more: page.more };
      }}
      row={(group) => <GroupRow group={group} text={factsOf(group)} />}
    />
  );
}

function factsOf({ id, member_count, join_policy }: PublicGroup): string {
  return [
    t('group.members', member_count),
    `${t('group.number')} ${id}`,
    t('group.policy.name', join_policy),
  ].join(' · ');
}
