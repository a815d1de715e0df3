/* One post in an album: its day where it is the first of it, what it shows, how it begins. */
import type { Post } from '../../api/moments';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { t } from '../../i18n';
import { dayOfMonth, fullTime } from '../../i18n/format';
import { enclosedText, lengthText } from '../media/words';
import { AudienceMark } from './audience_mark';
import { enclosedOf } from './post_pictures';
import { Thumb } from './thumb';

const THUMBS = 4;

export function AlbumRow({ post, first }: { post: Post; first: boolean }) {
  const { text, created_at } = post;
  const all = enclosedOf(post);
  return (
    <li class="album-row" data-first={first}>
      <span class="album-row__day" aria-hidden="true">
        {first && dayOfMonth(created_at)}
      </span>
      <Link to={{ screen: 'post', id: post.id }} class="album-row__post">
        <time class="visually-hidden" dateTime={new Date(created_at).toISOString()}>
          {fullTime(created_at)}
        </time>
        {all[0] && (
          <span class={`album-row__thumbs album-row__thumbs--${Math.min(all.length, THUMBS)}`}>
            {all.slice(0, THUMBS).map(({ kind, body }) => (
              <Thumb key={body.media_id} body={body} video={kind === 'video'} />
            ))}
            {all[0].kind === 'video' && (
              <span class="album-row__length">
                <Icon name="play" size={12} />
                {lengthText(all[0].body.duration_ms ?? 0)}
              </span>
            )}
          </span>
        )}
        <span class="album-row__words">
          {text !== '' ? (
            <span class="album-row__text" dir="auto">
              {text}
            </span>
          ) : (
            all[0] && <span class="visually-hidden">{enclosedText(all[0])}</span>
          )}
          <span class="album-row__foot">
            {all.length > 1 && <span>{t('album.pictures', all.length)}</span>}
            {post.like_count > 0 && (
              <span>
                <Icon name="heart" size={14} /> {post.like_count}
              </span>
            )}
            {post.comment_count > 0 && (
              <span>
                <Icon name="chats" size={14} /> {post.comment_count}
              </span>
            )}
            <AudienceMark post={post} />
          </span>
        </span>
      </Link>
    </li>
  );
}
