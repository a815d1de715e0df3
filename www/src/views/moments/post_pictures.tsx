/* What a post shows: one picture in its own shape, several in a square grid, or a video. */
import { useState } from 'preact/hooks';
import type { Post } from '../../api/moments';
import { t } from '../../i18n';
import { enclosedIn, type Enclosed } from '../../store/enclosed';
import { Frame } from '../media/frame';
import { bubbleOf } from '../media/image_view';
import { useAddress, useObjectUrl } from '../media/use_address';
import { VideoView } from '../media/video_view';
import { ViewerFrame } from '../media/viewer_frame';
import { enclosedText } from '../media/words';
import { useUser } from '../session';
import '../media/media.css';
import './pictures.css';

export function enclosedOf({ media }: Post): Enclosed[] {
  return media.flatMap((one) => enclosedIn({ kind: one.purpose, body: { ...one } }) ?? []);
}

export function PostPictures({ post }: { post: Post }) {
  const [at, setAt] = useState<number | null>(null);
  const all = enclosedOf(post);
  const [first] = all;
  if (!first) return null;
  if (first.kind === 'video')
    return (
      <div class="pictures pictures--1">
        <VideoView enclosed={first} seq={null} entry={undefined} active />
      </div>
    );
  return (
    <>
      <ul class={`pictures pictures--${all.length}`} aria-label={t('post.pictures')}>
        {all.map((enclosed, index) => (
          <li key={enclosed.body.media_id}>
            <Picture
              enclosed={enclosed}
              alone={all.length === 1}
              name={all.length === 1 ? enclosedText(enclosed) : t('post.picture', index + 1)}
              onOpen={() => {
                setAt(index);
              }}
            />
          </li>
        ))}
      </ul>
      {at !== null && <PostViewer post={post} all={all} at={at} onShow={setAt} />}
    </>
  );
}

interface PictureProps {
  enclosed: Enclosed;
  alone: boolean;
  name: string;
  onOpen: () => void;
}

function Picture({ enclosed: { body }, alone, name, onOpen }: PictureProps) {
  const file = useUser().media.own.value.get(body.media_id ?? 0);
  const local = useObjectUrl(file);
  const shown = useAddress(file ? undefined : body.media_id, (from) =>
    alone ? bubbleOf(from, body) : (from.thumbnail_url ?? from.preview_url ?? from.url),
  );
  return (
    <button type="button" class="media" aria-label={t('viewer.open', name)} onClick={onOpen}>
      <Frame body={body} alt="" shown={shown} local={local} square={!alone} />
    </button>
  );
}

interface PostViewerProps {
  post: Post;
  all: readonly Enclosed[];
  at: number;
  onShow: (at: number | null) => void;
}

function PostViewer({ post, all, at, onShow }: PostViewerProps) {
  const user = useUser();
  const enclosed = all[at];
  if (!enclosed) return null;
  return (
    <ViewerFrame
      enclosed={enclosed}
      by={user.nameOf(post.author)}
      time={post.created_at}
      previous={at > 0}
      next={at < all.length - 1}
      onStep={(by) => {
        if (all[at + by]) onShow(at + by);
      }}
      onClose={() => {
        onShow(null);
      }}
    />
  );
}
