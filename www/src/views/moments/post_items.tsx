/* The posts of a list, and what stands at its end. */
import { Button } from '../../design/button';
import { Waiting } from '../../design/empty';
import { errorText, t } from '../../i18n';
import type { PostList } from '../../store/post_list';
import { useUser } from '../session';
import { PostCard } from './post_card';

const NEAR_END_PX = 600;

export function olderNearEnd(element: HTMLElement, list: PostList): void {
  const { scrollHeight, scrollTop, clientHeight } = element;
  if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX && list.failure.peek() === null)
    void list.older();
}

export function PostItems({ list, label }: { list: PostList; label: string }) {
  const { moments } = useUser();
  const posts = moments.posts.value;
  if (list.ids.value.length === 0) return null;
  return (
    <ul class="posts" aria-label={label}>
      {list.ids.value.map((id) => {
        const post = posts.get(id);
        return (
          post && (
            <li key={id}>
              <PostCard post={post} />
            </li>
          )
        );
      })}
    </ul>
  );
}

export function PostEnd({ list }: { list: PostList }) {
  const again = (): void => {
    void (list.known.peek() ? list.older() : list.refresh());
  };
  if (list.failure.value !== null)
    return (
      <div class="posts__end">
        <p role="alert">{errorText(list.failure.value)}</p>
        <Button onClick={again}>{t('common.retry')}</Button>
      </div>
    );
  if (list.loading.value && !list.known.value) return <Waiting label={t('common.loading')} />;
  if (!list.known.value || !list.more.value) return null;
  return (
    <div class="posts__end">
      <Button busy={list.loading.value} onClick={again}>
        {t('moments.older')}
      </Button>
    </div>
  );
}
