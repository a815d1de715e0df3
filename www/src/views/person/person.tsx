/* A person's profile: who they are, and the way to talk to them. */
import { useEffect, useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { Avatar } from '../../design/avatar';
import { Empty, Waiting } from '../../design/empty';
import { Screen } from '../../design/screen';
import { errorText, t } from '../../i18n';
import { codeOf } from '../../api/errors';
import { useUser } from '../session';
import { AskDialog } from './ask_dialog';
import { PersonMenu } from './person_menu';
import { presenceText } from './presence';
import { Standing } from './standing';
import { Unblock } from './unblock';
import './person.css';
import './tag_field.css';

export function PersonScreen({ id }: { id: number }) {
  const { person, failure } = usePerson(id);
  const [asking, setAsking] = useState<User | null>(null);
  return (
    <Screen title={t('person.title')} above={{ screen: 'contacts' }}>
      {person && (
        <PersonCard person={person}>
          <Standing person={person} onAsk={setAsking} prominent />
        </PersonCard>
      )}
      {!person && !failure && <Waiting label={t('common.loading')} />}
      {!person && failure && (
        <Empty icon="person" title={t('person.missing')} text={errorText(failure)} />
      )}
      {asking && (
        <AskDialog
          person={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </Screen>
  );
}

/* As known here at once, then as the server has them. */
function usePerson(id: number): { person: User | null; failure: string | null } {
  const user = useUser();
  const [fetched, setFetched] = useState<User | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    user.user(id).then(
      (person) => {
        if (current) setFetched(person);
      },
      (error: unknown) => {
        if (current) setFailure(codeOf(error));
      },
    );
    return () => {
      current = false;
    };
  }, [id]);
  return { person: fetched ?? user.contacts.friends.value.get(id)?.user ?? null, failure };
}

export function PersonCard({
  person,
  children,
}: {
  person: User;
  children?: preact.ComponentChildren;
}) {
  const user = useUser();
  const name = user.nameOf(person);
  const presence = user.presenceOf(person.id);
  const tags = user.contacts.friends.value.get(person.id)?.tags ?? [];
  const blocked = user.contacts.blocks.value.has(person.id);
  const facts: [string, string][] = [
    ...(person.username ? [[t('person.username'), `@${person.username}`] as [string, string]] : []),
    ...(person.nickname && person.nickname !== name
      ? [[t('profile.nickname'), person.nickname] as [string, string]]
      : []),
    ...(person.gender
      ? [[t('person.gender'), t(`gender.${person.gender}`)] as [string, string]]
      : []),
    ...(person.region ? [[t('person.region'), person.region] as [string, string]] : []),
    ...(person.bio ? [[t('person.bio'), person.bio] as [string, string]] : []),
  ];
  return (
    <section class="person">
      <Avatar user={person} size="xl" online={presence?.online ?? false} />
      <h2 class="person__name">{name}</h2>
      {presence && <p class="person__presence">{presenceText(presence)}</p>}
      <div class="person__actions">{children ?? (blocked && <Unblock person={person} />)}</div>
      <dl class="person__facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {tags.length > 0 && (
          <div>
            <dt>{t('person.tags')}</dt>
            <dd class="chips">
              {tags.map((tag) => (
                <span key={tag} class="chip chip--on">
                  {tag}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {!person.deleted && <PersonMenu person={person} />}
    </section>
  );
}
