/* The images and videos of a conversation, one at a time, as large as the screen. */
import { useEffect } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { enclosedIn, type Enclosed } from '../../store/enclosed';
import { whoIn } from '../conversation/names';
import { useTalk, type Talk } from '../conversation/talk';
import { ViewerFrame } from './viewer_frame';
import { playerOf } from './voice_player';

/* What is open in it, if anything is. */
export function Viewer() {
  const talk = useTalk();
  useEffect(
    () => () => {
      playerOf(talk).stop(); // the conversation is left
    },
    [talk],
  );
  const seq = talk.viewing.value;
  const message = seq === null ? null : talk.message(seq);
  const enclosed = message && enclosedIn(message);
  if (!message || !enclosed) return null;
  return <ViewerDialog talk={talk} message={message} enclosed={enclosed} />;
}

interface ViewerProps {
  talk: Talk;
  message: Message;
  enclosed: Enclosed;
}

function ViewerDialog({ talk, message, enclosed }: ViewerProps) {
  const all = viewable(talk);
  const at = all.findIndex(({ seq }) => seq === message.seq);
  return (
    <ViewerFrame
      enclosed={enclosed}
      by={whoIn(talk.user, talk.conversation.id)(message.sender_id)}
      time={message.created_at}
      previous={at > 0}
      next={at >= 0 && at < all.length - 1}
      onStep={(by) => {
        const next = all[at + by];
        if (next) talk.viewing.value = next.seq;
      }}
      onClose={() => {
        talk.viewing.value = null;
      }}
    />
  );
}

function viewable({ conversation }: Talk): Message[] {
  const { rows } = conversation.shown.value;
  return rows.filter(
    (row) =>
      ['image', 'video'].includes(row.kind) && row.body !== null && !row.hidden && enclosedIn(row),
  );
}
