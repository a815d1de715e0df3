/* Beside a conversation: its images and videos, and its files, as far back as it was read here. */
import { useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { Empty } from '../../design/empty';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { fullTime } from '../../i18n/format';
import type { Conversation } from '../../store/conversations';
import { enclosedIn, type EnclosedBody } from '../../store/enclosed';
import { useUser } from '../session';
import { Aside } from '../conversation/aside';
import { useAddress } from './use_address';
import { enclosedText, nameOf, sizeText } from './words';
import './gallery.css';

type Shelf = 'pictures' | 'files';

const KINDS: Record<Shelf, string[]> = { pictures: ['image', 'video'], files: ['file'] };

export function GalleryPart({ conversation }: { conversation: Conversation }) {
  const { id, stream } = conversation;
  const [shelf, setShelf] = useState<Shelf>('pictures');
  const found = stream.value.rows
    .filter((row) => KINDS[shelf].includes(row.kind) && !row.hidden && enclosedIn(row))
    .reverse();
  return (
    <Aside conversation={id} title={t('gallery.title')}>
      <div class="gallery__shelves" role="group" aria-label={t('gallery.title')}>
        {(['pictures', 'files'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class={`chip ${one === shelf ? 'chip--on' : ''}`}
            aria-pressed={one === shelf}
            onClick={() => {
              setShelf(one);
            }}
          >
            {t(`gallery.${one}`)}
          </button>
        ))}
      </div>
      {found.length === 0 ? (
        <Empty icon="image" title={t('gallery.none.title')} text={t('gallery.none.text')} />
      ) : (
        <ul class={`gallery gallery--${shelf}`}>
          {found.map((message) => (
            <Found key={message.seq} message={message} />
          ))}
        </ul>
      )}
    </Aside>
  );
}

/* Leads to where it was said. */
function Found({ message }: { message: Message }) {
  const user = useUser();
  const enclosed = enclosedIn(message);
  if (!enclosed) return null;
  const { kind, body } = enclosed;
  const name = `${enclosedText(enclosed)}, ${fullTime(message.created_at)}`;
  return (
    <li>
      <button
        type="button"
        class="gallery__item"
        aria-label={name}
        title={name}
        onClick={() => void user.goTo(message.conversation_id, message.seq)}
      >
        {kind === 'file' ? <FileLine body={body} /> : <Thumbnail body={body} kind={kind} />}
      </button>
    </li>
  );
}

function Thumbnail({ body, kind }: { body: EnclosedBody; kind: string }) {
  const shown = useAddress(body.media_id, (from) => {
    const small = from.thumbnail_url ?? from.preview_url;
    return small ?? (kind === 'video' ? '' : from.url);
  });
  return (
    <span class="gallery__picture">
      {shown.src ? (
        <img src={shown.src} alt="" loading="lazy" onError={shown.onError} />
      ) : (
        <Icon name="image" size={24} />
      )}
      {kind === 'video' && (
        <span class="gallery__play">
          <Icon name="play" size={18} />
        </span>
      )}
    </span>
  );
}

function FileLine({ body }: { body: EnclosedBody }) {
  return (
    <>
      <Icon name="file" size={22} />
      <span class="gallery__name">{nameOf(body)}</span>
      <span class="gallery__size">{sizeText(body.size ?? 0)}</span>
    </>
  );
}
