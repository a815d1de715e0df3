/* What one person has posted, by month. */
import { useEffect, useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { codeOf } from '../../api/errors';
import type { Post } from '../../api/moments';
import { Empty, Waiting } from '../../design/empty';
import { PaneHead } from '../../design/screen';
import { errorText, t } from '../../i18n';
import { monthLabel, sameDay } from '../../i18n/format';
import { useUser } from '../session';
import { AlbumRow } from './album_row';
import { Cover } from './cover';
import { olderNearEnd, PostEnd } from './post_items';
import './album.css';
import './moments.css';
import './post.css';

export function Album({ id }: { id: number }) {
  const user = useUser();
  const list = user.moments.album(id);
  const { person, failure } = usePerson(id);
  useEffect(() => {
    void list.refresh();
  }, [list]);
  const posts = list.ids.value.flatMap((one) => user.moments.posts.value.get(one) ?? []);
  const mine = id === user.id;
  const title = person ? t('album.of', user.nameOf(person)) : t('moments.title');
  return (
    <>
      <PaneHead title={mine ? t('moments.mine') : title} above={{ screen: 'moments' }} />
      <div
        class="moments scroll"
        onScroll={({ currentTarget }) => {
          olderNearEnd(currentTarget, list);
        }}
      >
        {person && (
          <Cover
            person={person}
            list={list}
            to={mine ? { screen: 'profile' } : { screen: 'person', id }}
          />
        )}
        {!person && !failure && <Waiting label={t('common.loading')} />}
        {failure && <Empty icon="person" title={t('person.missing')} text={errorText(failure)} />}
        {months(posts).map(([month, those]) => (
          <section key={month} aria-label={month}>
            <h2 class="moments__month">{month}</h2>
            <ul class="album" aria-label={month}>
              {those.map((post, index) => (
                <AlbumRow
                  key={post.id}
                  post={post}
                  first={!sameDay(post.created_at, those[index - 1]?.created_at ?? 0)}
                />
              ))}
            </ul>
          </section>
        ))}
        {person && list.known.value && posts.length === 0 && (
          <Empty
            icon="moments"
            title={t('album.none.title')}
            text={t(mine ? 'album.none.mine' : 'album.none.text')}
          />
        )}
        {!failure && <PostEnd list={list} />}
      </div>
    </>
  );
}

function usePerson(id: number): { person: User | null; failure: string | null } {
  const user = useUser();
  const [fetched, setFetched] = useState<User | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const known =
    id === user.id ? user.me.value : (user.contacts.friends.value.get(id)?.user ?? null);
  useEffect(() => {
    if (known) return;
    user.user(id).then(setFetched, (error: unknown) => {
      setFailure(codeOf(error));
    });
  }, [id]);
  return { person: known ?? fetched, failure };
}

function months(posts: readonly Post[]): [string, Post[]][] {
  const all = new Map<string, Post[]>();
  for (const post of posts) {
    const month = monthLabel(post.created_at);
    const those = all.get(month);
    if (those) those.push(post);
    else all.set(month, [post]);
  }
  return [...all];
}
