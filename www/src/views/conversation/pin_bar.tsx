/* Under the head: what is pinned here, one at a time; choosing it leads there, and the next one
 * follows. */
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { pinsOf } from '../../store/apart';
import { minute } from '../clock';
import { useNames, whoIn } from './names';
import { previewOf } from './preview';
import { offeredFor } from './standing';
import { useTalk, type Talk } from './talk';
import './pin_bar.css';

export function PinBar() {
  const talk = useTalk();
  const { user, conversation } = talk;
  const [at, setAt] = useState(0);
  const known = conversation.pinsKnown.value;
  const up = ['live', 'polling'].includes(user.connection.state.value);
  useEffect(() => {
    // It is asked for again when the server is back.
    if (up && !known) void user.apart.loadPins(conversation).catch(() => undefined);
  }, [conversation, up, known]);
  const pins = pinsOf(conversation);
  useNames(user, conversation, pins);
  const index = at < pins.length ? at : 0;
  const pin = pins[index];
  if (!pin) return null;
  const position = t('pins.position', index + 1, pins.length);
  return (
    <section class="pin-bar" aria-label={t('pins.title')}>
      <button
        type="button"
        class="pin-bar__pin"
        onClick={() => {
          setAt((index + 1) % pins.length);
          void talk.jump(pin.seq);
        }}
      >
        <Icon name="pin" size={18} />
        <span class="pin-bar__title">
          {t('pins.one')}
          {pins.length > 1 && <span class="pin-bar__position"> · {position}</span>}
        </span>
        <span class="pin-bar__text">{saidBy(talk, pin)}</span>
      </button>
      <IconButton
        icon="list"
        size={20}
        name={t('pins.list', pins.length)}
        onClick={() => {
          talk.pinsOpen.value = true;
        }}
      />
    </section>
  );
}

export function PinsDialog() {
  const talk = useTalk();
  const pins = pinsOf(talk.conversation);
  if (!talk.pinsOpen.value || pins.length === 0) return null;
  return (
    <Dialog
      title={t('pins.title')}
      onClose={() => {
        talk.pinsOpen.value = false;
      }}
    >
      <ul class="pins">
        {pins.map((pin) => (
          <PinnedLine key={pin.seq} talk={talk} pin={pin} />
        ))}
      </ul>
    </Dialog>
  );
}

function PinnedLine({ talk, pin }: { talk: Talk; pin: Message }) {
  const text = saidBy(talk, pin);
  return (
    <li class="pins__line">
      <button type="button" class="pins__pin" onClick={() => void talk.jump(pin.seq)}>
        <span class="pins__text">{text}</span>
        <span class="pins__time">{listTime(pin.created_at, minute.value)}</span>
      </button>
      {offeredFor(talk, pin).has('unpin') && (
        <IconButton
          icon="unpin"
          size={18}
          name={t('pins.unpin', text)}
          onClick={() => void talk.run(() => talk.user.actions.unpin(pin))}
        />
      )}
    </li>
  );
}

function saidBy({ user, conversation }: Talk, message: Message): string {
  const who = whoIn(user, conversation.id);
  return t('message.name', who(message.sender_id), previewOf(message, who));
}
