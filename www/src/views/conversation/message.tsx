/* One message: its text, when it was said, and how far it has come. */
import type { Message } from '../../api/chat';
import { IconButton } from '../../design/button';
import { Icon, type IconName } from '../../design/icons';
import { errorText, t } from '../../i18n';
import { clockTime, fullTime } from '../../i18n/format';
import type { OutboxEntry } from '../../store/outbox';
import { EVERYBODY } from '../../store/head';
import { useUser } from '../session';
import { isEmojiOnly, linkify } from './linkify';
import { splitMentions, type Candidate } from './mention';
import { textOf } from './preview';
import type { Mark } from './timeline';
import './message.css';

interface BubbleProps {
  text: string | null;
  note?: string; // in the place of a text
  mentioned?: readonly Candidate[];
  time: number;
  sender: string;
  mine: boolean;
  mark: Mark | null;
  first: boolean;
  last: boolean;
  seq?: number;
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
  return <Bubble {...rest} text={textOf(message)} time={message.created_at} seq={message.seq} />;
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
      <Bubble {...rest} text={entry.text} time={entry.created_at} sender={t('message.you')} mine />
      {entry.failure && <Failure entry={entry} code={entry.failure} />}
    </>
  );
}

function Bubble({
  text,
  note,
  mentioned = [],
  time,
  sender,
  mine,
  mark,
  first,
  last,
  seq,
}: BubbleProps) {
  const big = text !== null && isEmojiOnly(text);
  const shape = [
    'message',
    mine ? 'message--mine' : 'message--theirs',
    first && 'message--first',
    last && 'message--last',
    big && 'message--big',
    mark && `message--${mark}`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div class={shape} data-seq={seq} title={fullTime(time)}>
      <span class="visually-hidden">{sender}: </span>
      {text === null ? (
        <p class="message__note">{note}</p>
      ) : (
        <p class="message__text" dir="auto">
          <Text text={text} mentioned={mentioned} />
        </p>
      )}
      <span class="message__foot">
        <time dateTime={new Date(time).toISOString()}>{clockTime(time)}</time>
        {mark && <MarkSign mark={mark} />}
      </span>
    </div>
  );
}

/* Text nodes and nothing else; addresses as links that give nothing away, names of those who are
 * meant set apart. */
function Text({ text, mentioned }: { text: string; mentioned: readonly Candidate[] }) {
  return (
    <>
      {linkify(text).map((part, index) =>
        part.href === null ? (
          <Plain key={index} text={part.text} mentioned={mentioned} />
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}

function Plain({ text, mentioned }: { text: string; mentioned: readonly Candidate[] }) {
  const me = useUser().id;
  if (mentioned.length === 0) return <>{text}</>;
  return (
    <>
      {splitMentions(text, mentioned).map(({ text: part, mention }, index) =>
        mention === null ? (
          part
        ) : (
          <b
            key={index}
            class={`mention ${[me, EVERYBODY].includes(mention.id) ? 'mention--me' : ''}`}
          >
            {part}
          </b>
        ),
      )}
    </>
  );
}

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
