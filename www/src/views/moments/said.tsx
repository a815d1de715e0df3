/* Who likes a post, what is said to it, and saying something. */
import { useState } from 'preact/hooks';
import type { Comment, Post } from '../../api/moments';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { fullTime } from '../../i18n/format';
import { useAction } from '../action';
import { Confirm } from '../confirm';
import { useUser } from '../session';
import { CommentForm } from './comment_form';

/* Goes where a line ends. */
const EN_SPACE = '\u2002';

interface SaidProps {
  post: Post;
  writing: boolean;
  onWriting: (writing: boolean) => void;
}

export function Said({ post, writing, onWriting }: SaidProps) {
  const user = useUser();
  const [answered, setAnswered] = useState<Comment | null>(null);
  const { comments, likes } = post;
  const open = writing || answered !== null;
  if (comments.length === 0 && likes.length === 0 && !open) return null;
  const close = (): void => {
    setAnswered(null);
    onWriting(false);
  };
  return (
    <div class="said">
      {likes.length > 0 && (
        <p class="said__likes">
          <Icon name="heart" size={16} />
          <span class="visually-hidden">{t('post.liked_by')} </span>
          {likes.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ', '}
              <Link to={{ screen: 'person', id: one.id }} class="said__name">
                {user.nameOf(one)}
              </Link>
            </span>
          ))}
          {post.like_count > likes.length &&
            ` ${t('post.likes_more', post.like_count - likes.length)}`}
        </p>
      )}
      {post.comment_count > comments.length && <Earlier post={post} />}
      {comments.length > 0 && (
        <ul class="said__comments" aria-label={t('post.comments')}>
          {comments.map((one) => (
            <CommentItem key={one.id} post={post} comment={one} onAnswer={setAnswered} />
          ))}
        </ul>
      )}
      {open && (
        <CommentForm key={answered?.id ?? 0} post={post} answered={answered} onClose={close} />
      )}
    </div>
  );
}

function Earlier({ post }: { post: Post }) {
  const { moments } = useUser();
  const action = useAction();
  return (
    <button
      type="button"
      class="said__earlier"
      disabled={action.busy}
      onClick={() => void action.run(() => moments.earlier(post.id))}
    >
      {action.problem?.text ?? t('post.earlier', post.comment_count - post.comments.length)}
    </button>
  );
}

interface CommentItemProps {
  post: Post;
  comment: Comment;
  onAnswer: (comment: Comment) => void;
}

function CommentItem({ post, comment, onAnswer }: CommentItemProps) {
  const user = useUser();
  const [deleting, setDeleting] = useState(false);
  const { author, reply_user: to } = comment;
  const mine = author?.id === user.id;
  const name = author ? user.nameOf(author) : t('moments.somebody');
  return (
    <li class="comment">
      <span class="comment__who" title={fullTime(comment.created_at)}>
        {author ? (
          <Link to={{ screen: 'person', id: author.id }} class="said__name">
            {name}
          </Link>
        ) : (
          name
        )}
        {to && (
          <>
            {' '}
            {t('post.to')} <span class="said__name">{user.nameOf(to)}</span>
          </>
        )}
        {': '}
      </span>
      <span class="comment__text">{comment.text}</span>
      {EN_SPACE}
      <span class="comment__tools">
        <button
          type="button"
          class="comment__tool"
          aria-label={t('post.answer.to', name)}
          onClick={() => {
            onAnswer(comment);
          }}
        >
          {t('post.answer')}
        </button>
        {(mine || post.author.id === user.id) && (
          <button
            type="button"
            class="comment__tool"
            aria-label={t('post.uncomment.of', name)}
            onClick={() => {
              setDeleting(true);
            }}
          >
            {t('post.uncomment')}
          </button>
        )}
      </span>
      {deleting && (
        <Confirm
          title={t('post.uncomment.title')}
          text={comment.text}
          submit={t('post.uncomment')}
          onConfirm={() => user.moments.removeComment(post.id, comment)}
          onClose={() => {
            setDeleting(false);
          }}
        />
      )}
    </li>
  );
}
