/* One post: who, what, when, and what is said to it. */
import { useState } from 'preact/hooks';
import type { Post } from '../../api/moments';
import { Avatar } from '../../design/avatar';
import { IconButton } from '../../design/button';
import { Link } from '../../design/link';
import type { Place } from '../../design/overlay';
import { t } from '../../i18n';
import { fullTime, pastTime } from '../../i18n/format';
import { useAction } from '../action';
import { placeAt } from '../chats/conversation_menu';
import { minute } from '../clock';
import { Text } from '../conversation/text';
import { useUser } from '../session';
import { AudienceMark } from './audience_mark';
import { PostMenu } from './post_menu';
import { PostPictures } from './post_pictures';
import { Said } from './said';
import './post.css';

export function PostCard({ post }: { post: Post }) {
  const user = useUser();
  const name = user.nameOf(post.author);
  return (
    <article class="post" aria-label={t('post.of', name)}>
      <Link
        to={{ screen: 'album', id: post.author.id }}
        class="post__face"
        tabIndex={-1}
        aria-hidden="true"
      >
        <Avatar user={post.author} />
      </Link>
      <div class="post__body">
        <Link to={{ screen: 'album', id: post.author.id }} class="post__name">
          {name}
        </Link>
        {post.text !== '' && (
          <div class="post__text">
            <Text text={post.text} mentioned={[]} />
          </div>
        )}
        <PostPictures post={post} />
        <PostFoot post={post} />
      </div>
    </article>
  );
}

function PostFoot({ post }: { post: Post }) {
  const { moments } = useUser();
  const action = useAction();
  const [menu, setMenu] = useState<Place | null>(null);
  const [writing, setWriting] = useState(false);
  return (
    <>
      <div class="post__foot">
        <Link
          to={{ screen: 'post', id: post.id }}
          class="post__time"
          title={fullTime(post.created_at)}
        >
          <time dateTime={new Date(post.created_at).toISOString()}>
            {pastTime(post.created_at, minute.value)}
          </time>
        </Link>
        <AudienceMark post={post} />
        <span class="post__tools">
          <IconButton
            icon="heart"
            size={20}
            class={post.liked ? 'post__liked' : ''}
            name={t(post.liked ? 'post.unlike' : 'post.like')}
            pressed={post.liked}
            onClick={() => void action.run(() => moments.like(post))}
          />
          <IconButton
            icon="chats"
            size={20}
            name={t('post.comment')}
            expanded={writing}
            onClick={() => {
              setWriting(!writing);
            }}
          />
          <IconButton
            icon="dots"
            size={20}
            name={t('post.menu')}
            onClick={({ currentTarget }) => {
              setMenu(placeAt(currentTarget.getBoundingClientRect()));
            }}
          />
        </span>
      </div>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <Said post={post} writing={writing} onWriting={setWriting} />
      {menu && (
        <PostMenu
          post={post}
          at={menu}
          onClose={() => {
            setMenu(null);
          }}
        />
      )}
    </>
  );
}
