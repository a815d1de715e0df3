/* Above a feed or an album: whose it is, on the picture that they chose, or their colour. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import type { PostMedia } from '../../api/moments';
import { Avatar } from '../../design/avatar';
import { Link } from '../../design/link';
import type { Route } from '../../platform/router';
import type { PostList } from '../../store/post_list';
import { Placeholder } from '../media/frame';
import { useAddress, useObjectUrl } from '../media/use_address';
import { useUser } from '../session';
import { CoverChoice } from './cover_choice';
import './cover.css';

const HUES = 8;

interface CoverProps {
  person: User;
  list: PostList;
  to: Route; // from their face
}

export function Cover({ person, list, to }: CoverProps) {
  const user = useUser();
  const cover = list.cover.value;
  return (
    <div class="cover">
      <div class={`cover__stage cover__stage--${person.id % HUES}`}>
        {cover && <CoverPicture key={cover.media_id} cover={cover} />}
        {person.id === user.id && <CoverChoice chosen={cover !== null} />}
        <Link to={to} class={`cover__who ${cover ? 'cover__who--lit' : ''}`}>
          <span class="cover__name">{user.nameOf(person)}</span>
          <Avatar user={person} size="l" />
        </Link>
      </div>
      {person.bio && <p class="cover__bio">{person.bio}</p>}
    </div>
  );
}

function CoverPicture({ cover: { media_id, placeholder } }: { cover: PostMedia }) {
  const [loaded, setLoaded] = useState(false);
  const file = useUser().media.own.value.get(media_id);
  const local = useObjectUrl(file);
  const shown = useAddress(file ? undefined : media_id, (from) => from.preview_url ?? from.url);
  const src = local ?? shown.src;
  return (
    <div class="cover__picture" data-loaded={loaded}>
      {placeholder && <Placeholder hash={placeholder} />}
      {src !== null && !shown.gone && (
        <img
          class="cover__image"
          src={src}
          alt=""
          draggable={false}
          onLoad={() => {
            setLoaded(true);
          }}
          onError={shown.onError}
        />
      )}
    </div>
  );
}
