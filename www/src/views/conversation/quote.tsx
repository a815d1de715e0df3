/* The message that another one answers: in a few words, and the way to it. */
import { useEffect, useMemo } from 'preact/hooks';
import { t } from '../../i18n';
import { rowOf } from '../../store/apart';
import { useNames, whoIn } from './names';
import { previewOf } from './preview';
import { recalledBy } from './recalled';
import { useTalk, type Talk } from './talk';
import './quote.css';

/* Who said it and what; null: it is not to be had, undefined: not known yet. */
export interface Quoted {
  who: string;
  text: string;
  sender: number;
  hue: string; // in groups, where many speak
}

export function useQuoted(talk: Talk, seq: number): Quoted | null | undefined {
  const { user, conversation } = talk;
  const row = rowOf(conversation, seq);
  const up = ['live', 'polling'].includes(user.connection.state.value);
  useEffect(() => {
    // Without an answer it is asked for again when the server is back.
    if (row === undefined && up) void user.apart.need(conversation, seq).catch(() => undefined);
  }, [conversation, seq, row === undefined, up]);
  useNames(
    user,
    conversation,
    useMemo(() => (row ? [row] : []), [row]),
  );
  if (!row) return row;
  if (row.hidden) return null;
  const who = whoIn(user, conversation.id);
  const text = previewOf(row, who, recalledBy(conversation, row));
  const many = conversation.head.value.group && row.sender_id !== user.id;
  const hue = many ? `quote--${row.sender_id % 8}` : '';
  return { who: who(row.sender_id), text, sender: row.sender_id, hue };
}

interface QuoteProps {
  seq: number;
  active: boolean; // reached by Tab only while its message is
}

export function Quote({ seq, active }: QuoteProps) {
  const talk = useTalk();
  const quoted = useQuoted(talk, seq);
  if (quoted === null) return <p class="quote quote--gone">{t('reply.gone')}</p>;
  return (
    <button
      type="button"
      class={`quote ${quoted?.hue ?? ''}`}
      tabIndex={active ? 0 : -1}
      disabled={!quoted}
      onClick={() => void talk.jump(seq)}
    >
      <span class="visually-hidden">{t('reply.in')} </span>
      <span class="quote__who">{quoted?.who ?? t('common.loading')}</span>
      <span class="quote__text" dir="auto">
        {quoted?.text}
      </span>
    </button>
  );
}
