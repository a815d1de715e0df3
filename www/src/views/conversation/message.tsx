/* One message: its text, what it answers, when it was said, and how far it has come. */
import { useComputed } from '@preact/signals';
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { Icon, type IconName } from '../../design/icons';
import { errorText, t } from '../../i18n';
import { clockTime, fullTime } from '../../i18n/format';
import { enclosedIn, type Enclosed } from '../../store/enclosed';
import { contentOf, type OutboxEntry } from '../../store/outbox_entry';
import { EnclosedView } from '../media/enclosed_view';
import { enclosedText } from '../media/words';
import { useUser } from '../session';
import { contactOf, isForwarded, mergedOf, textOf, type Said } from './cards';
import { ContactCard } from './contact_card';
import { isEmojiOnly } from './linkify';
import type { Candidate } from './mention';
import { MergedCard } from './merged_card';
import { MessageTools, useActive } from './message_tools';
import { Quote } from './quote';
import { Reactions } from './reactions';
import { useSelecting } from './selection';
import { useTalk } from './talk';
import { Text } from './text';
import type { Mark } from './timeline';
import './message.css';

interface BubbleProps {
  said: Said;
  note: string; // in the place of a text
  enclosed?: Enclosed | null;
  entry?: OutboxEntry; // on its way
  mentioned?: readonly Candidate[];
  time: number;
  sender: string;
  mine: boolean;
  mark: Mark | null;
  first: boolean;
  last: boolean;
  message?: Message;
  replyTo?: number | null;
  active?: boolean;
}

interface StoredProps {
  message: Message;
  note: string;
  mentioned: readonly Candidate[];
  sender: string;
  mine: boolean;
  mark: Mark | null;
  first: boolean;
  last: boolean;
}

export function Stored({ message, ...rest }: StoredProps) {
  const talk = useTalk();
  const selecting = useSelecting(talk);
  const active = useActive(talk, message.seq) && !selecting;
  return (
    <div class={`utterance ${rest.mine ? 'utterance--mine' : ''}`} inert={selecting}>
      <div class="utterance__bubble">
        <Bubble
          {...rest}
          message={message}
          said={message}
          enclosed={enclosedIn(message)}
          time={message.created_at}
          replyTo={message.reply_to}
          active={active}
        />
        {active && <MessageTools message={message} />}
      </div>
      <Reactions message={message} active={active} />
    </div>
  );
}

export function Pending({
  entry,
  ...rest
}: {
  entry: OutboxEntry;
  mark: Mark;
  first: boolean;
  last: boolean;
}) {
  return (
    <>
      <Bubble
        {...rest}
        said={contentOf(entry)}
        note={entry.enclosed ? enclosedText(entry.enclosed) : t('card.kind')}
        enclosed={entry.enclosed ?? null}
        entry={entry}
        time={entry.created_at}
        sender={t('message.you')}
        replyTo={entry.reply_to ?? null}
        mine
      />
      {entry.failure && <Failure entry={entry} code={entry.failure} />}
    </>
  );
}

function Bubble({
  said,
  note,
  enclosed = null,
  entry,
  mentioned = [],
  time,
  sender,
  mine,
  mark,
  first,
  last,
  message,
  replyTo = null,
  active = false,
}: BubbleProps) {
  const { found } = useTalk();
  const led = useComputed(() => message !== undefined && found.value === message.seq).value;
  const text = textOf(said);
  const big = text !== null && replyTo === null && isEmojiOnly(text);
  const shape = [
    'message',
    mine ? 'message--mine' : 'message--theirs',
    first && 'message--first',
    last && 'message--last',
    big && 'message--big',
    enclosed && ENCLOSED_SHAPES[enclosed.kind],
    led && 'message--found',
    mark && `message--${mark}`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <article
      class={shape}
      data-seq={message?.seq}
      title={fullTime(time)}
      tabIndex={message && -1}
      aria-label={t('message.name', sender, text ?? note)}
    >
      <span class="visually-hidden">{sender}: </span>
      {isForwarded(said) && (
        <p class="message__forwarded">
          <Icon name="forward" size={13} />
          {t('message.forwarded')}
        </p>
      )}
      {replyTo !== null && <Quote seq={replyTo} active={active} />}
      {enclosed ? (
        <EnclosedView
          enclosed={enclosed}
          seq={message?.seq ?? null}
          entry={entry}
          active={active}
        />
      ) : text === null ? (
        <Shown said={said} note={note} active={active} />
      ) : (
        <div class="message__text" dir="auto">
          <Text text={text} mentioned={mentioned} />
        </div>
      )}
      <span class="message__foot">
        {message && <Changed message={message} />}
        <time dateTime={new Date(time).toISOString()}>{clockTime(time)}</time>
        {mark && <MarkSign mark={mark} />}
      </span>
    </article>
  );
}

function Shown({ said, note, active }: Pick<BubbleProps, 'said' | 'note' | 'active'>) {
  const { reading } = useTalk();
  const [contact, merged] = [contactOf(said), mergedOf(said)];
  if (contact !== null) return <ContactCard id={contact} active={active ?? false} />;
  if (!merged) return <p class="message__note">{note}</p>;
  return (
    <MergedCard
      merged={merged}
      active={active ?? false}
      onOpen={() => {
        reading.value = merged;
      }}
    />
  );
}

function Changed({ message: { pinned_at, edited_at } }: { message: Message }) {
  return (
    <>
      {pinned_at !== null && (
        <span title={t('message.pinned')}>
          <Icon name="pin" size={13} />
          <span class="visually-hidden">{t('message.pinned')}</span>
        </span>
      )}
      {edited_at !== null && <span title={fullTime(edited_at)}>{t('message.edited')}</span>}
    </>
  );
}

const ENCLOSED_SHAPES: Record<Enclosed['kind'], string> = {
  image: 'message--media',
  video: 'message--media',
  voice: 'message--voice',
  file: 'message--file',
  sticker: 'message--bare',
};

const SIGNS: Record<Mark, IconName> = {
  sending: 'waiting',
  failed: 'failed',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
};

function MarkSign({ mark }: { mark: Mark }) {
  const user = useUser();
  const waiting = mark === 'sending' && user.connection.state.value === 'offline';
  return (
    <span class="mark" data-mark={mark}>
      <Icon name={SIGNS[mark]} size={15} />
      <span class={mark === 'read' ? 'mark__text' : 'visually-hidden'}>
        {t(waiting ? 'message.waiting' : `message.${mark}`)}
      </span>
    </span>
  );
}

function Failure({ entry, code }: { entry: OutboxEntry; code: string }) {
  const { outbox } = useUser();
  return (
    <div class="failure">
      <p class="failure__text">{errorText(code)}</p>
      <IconButton
        icon="retry"
        size={18}
        name={t('message.retry')}
        onClick={() => {
          outbox.retry(entry.client_key);
        }}
      />
      <IconButton
        icon="trash"
        size={18}
        name={t('message.delete')}
        onClick={() => {
          outbox.remove(entry.client_key);
        }}
      />
    </div>
  );
}
