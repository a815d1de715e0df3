/* Images that belong together, as one row of the list. */
import { t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import type { UserStore } from '../../store/user_store';
import { spansOf, type Album, type Part } from './albums';
import { Pending } from './message';
import { PickOf, placing, Said, Sender, senderIn, theirsClass, type Place } from './said';
import './mosaic.css';

interface AlbumRowProps {
  item: Album;
  place: Place;
  user: UserStore;
  conversation: Conversation;
}

export function AlbumRow({ item, place, user, conversation }: AlbumRowProps) {
  const { parts, first } = item;
  const [begins] = parts;
  const sender = begins?.kind === 'message' ? begins.message.sender_id : user.id;
  const mine = sender === user.id;
  const name = mine ? t('message.you') : senderIn(user, conversation, sender);
  const kind = mine
    ? `row row--mine ${first ? 'row--first' : ''}`
    : theirsClass(conversation, first);
  const spans = spansOf(parts.length);
  return (
    <li class={`${kind} row--album`} {...placing(place)}>
      {!mine && first && <Sender id={sender} user={user} conversation={conversation} />}
      <div class="mosaic" role="group" aria-label={t('media.album', name, parts.length)}>
        {parts.map((part, index) => (
          <Tile
            key={part.key}
            part={part}
            span={spans[index] ?? 2}
            user={user}
            conversation={conversation}
            sender={name}
          />
        ))}
      </div>
    </li>
  );
}

interface TileProps {
  part: Part;
  span: number;
  user: UserStore;
  conversation: Conversation;
  sender: string;
}

function Tile({ part, span, user, conversation, sender }: TileProps) {
  const kind = `mosaic__tile mosaic__tile--${span}`;
  if (part.kind === 'pending')
    return (
      <div class={kind}>
        <Pending entry={part.entry} mark={part.mark} first={part.first} last={part.last} />
      </div>
    );
  return (
    <div class={kind} data-of={part.message.seq}>
      <PickOf item={part} user={user} conversation={conversation} sender={sender} />
      <Said item={part} user={user} id={conversation.id} sender={sender} />
    </div>
  );
}
