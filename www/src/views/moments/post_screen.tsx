/* One post alone, as a notification leads to it. */
import { useEffect } from 'preact/hooks';
import { Empty, Waiting } from '../../design/empty';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { PostCard } from './post_card';
import './moments.css';

export function PostScreen({ id }: { id: number }) {
  const { moments } = useUser();
  const action = useAction();
  const post = moments.posts.value.get(id);
  useEffect(() => {
    void action.run(() => moments.load(id));
  }, [id]);
  return (
    <Screen title={t('post.title')} above={{ screen: 'moments' }}>
      {post && <PostCard post={post} />}
      {!post && action.problem && (
        <Empty icon="moments" title={t('post.missing')} text={action.problem.text} />
      )}
      {!post && !action.problem && <Waiting label={t('common.loading')} />}
    </Screen>
  );
}
