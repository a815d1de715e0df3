/* Finding a group by its name or number. */
import { useState } from 'preact/hooks';
import type { FoundGroups, PublicGroup } from '../../api/groups';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { GroupRow } from './group_row';
import '../find/find.css';

export function FindGroup() {
  const { groups } = useUser();
  const action = useAction();
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState('');
  const [page, setPage] = useState<FoundGroups | null>(null);
  const found = page?.groups ?? null;
  const search = async (): Promise<void> => {
    setAsked(query.trim());
    setPage(await groups.search(query.trim()));
  };
  const goOn = async (): Promise<void> => {
    const known = found ?? [];
    const next = await groups.search(asked, known.at(-1)?.id);
    setPage({ ...next, groups: [...known, ...next.groups] });
  };
  return (
    <Screen title={t('find_group.title')} above={{ screen: 'groups' }}>
      <form
        class="find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() !== '') void action.run(search);
        }}
      >
        <Field
          label={t('find_group.label')}
          type="search"
          value={query}
          onInput={setQuery}
          autoFocus
          maxLength={64}
          spellcheck={false}
          error={action.problem?.text}
        />
        <Button type="submit" kind="primary" icon="search" busy={action.busy}>
          {t(action.busy ? 'find.busy' : 'find.submit')}
        </Button>
      </form>
      <p class="visually-hidden" role="status">
        {found && t('find_group.found', found.length)}
      </p>
      {found === null && (
        <Empty
          icon="search"
          title={t('find_group.start.title')}
          text={t('find_group.start.text')}
        />
      )}
      {found?.length === 0 && (
        <Empty icon="group" title={t('find_group.none.title')} text={t('find_group.none.text')} />
      )}
      {found && found.length > 0 && (
        <ul class="rows" aria-label={t('find.results')}>
          {found.map((group) => (
            <li key={group.id}>
              <GroupRow group={group} text={factsOf(group)} />
            </li>
          ))}
        </ul>
      )}
      {page?.more && (
        <Button busy={action.busy} onClick={() => void action.run(goOn)}>
          {t('find_group.more')}
        </Button>
      )}
    </Screen>
  );
}

function factsOf({ id, member_count, join_policy }: PublicGroup): string {
  return [
    t('group.members', member_count),
    `${t('group.number')} ${id}`,
    t('group.policy.name', join_policy),
  ].join(' · ');
}
