/* One thing of a gallery: a picture that opens in the viewer; a file that leads to where it was
 * said, beside the way to have it. */
import type { Message } from '../../api/chat';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { dayLabel, fullTime } from '../../i18n/format';
import { enclosedIn } from '../../store/enclosed';
import type { Shelf } from '../../store/shelf';
import { minute } from '../clock';
import { whoIn } from '../conversation/names';
import { useTalk } from '../conversation/talk';
import { endingOf } from './file_card';
import { Thumbnail } from './thumbnail';
import { useWhereabouts } from './use_address';
import { enclosedText, nameOf, sizeText } from './words';

export function GalleryPicture({ message, shelf }: { message: Message; shelf: Shelf }) {
  const { viewing } = useTalk();
  const enclosed = enclosedIn(message);
  if (!enclosed) return null;
  const name = `${enclosedText(enclosed)}, ${fullTime(message.created_at)}`;
  return (
    <li>
      <button
        type="button"
        class="gallery__picture"
        aria-label={t('viewer.open', name)}
        title={name}
        onClick={() => {
          viewing.value = { seq: message.seq, shelf };
        }}
      >
        <Thumbnail enclosed={enclosed} />
      </button>
    </li>
  );
}

export function GalleryFile({ message }: { message: Message }) {
  const { user, conversation } = useTalk();
  const body = enclosedIn(message)?.body;
  const known = useWhereabouts(body?.media_id);
  if (!body) return null;
  const name = nameOf(body);
  const who = whoIn(user, conversation.id)(message.sender_id);
  return (
    <li class="gallery__file">
      <button
        type="button"
        class="gallery__line"
        title={`${name}, ${fullTime(message.created_at)}`}
        onClick={() => void user.goTo(message.conversation_id, message.seq)}
      >
        <span class="gallery__ending" aria-hidden="true">
          {endingOf(name) || <Icon name="file" size={20} />}
        </span>
        <span class="gallery__name" dir="auto">
          {name}
        </span>
        <span class="gallery__more">
          {known === null ? t('media.gone') : sizeText(body.size ?? 0)}
          {` · ${dayLabel(message.created_at, minute.value)} · ${who}`}
        </span>
      </button>
      {known && (
        <a
          class="icon-button gallery__download"
          href={known.url}
          download={name}
          aria-label={t('media.download', name)}
          title={t('media.download', name)}
        >
          <Icon name="download" size={20} />
        </a>
      )}
    </li>
  );
}
