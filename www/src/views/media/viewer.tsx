/* The images and videos of a conversation, one at a time, as large as the screen, however long ago
 * they were sent; or those of a bundle that stands in it. */
import { useEffect } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { enclosedIn } from '../../store/enclosed';
import type { Shelf } from '../../store/shelf';
import { senderOf, type MergedItem } from '../conversation/cards';
import { whoIn } from '../conversation/names';
import { useTalk, type Talk } from '../conversation/talk';
import { PICTURES, useShelf } from './use_shelf';
import { ViewerFrame } from './viewer_frame';
import { ViewerTools } from './viewer_tools';
import { playerOf } from './voice_player';

const NEAR = 3; // the end of what is known

/* What is open in it, if anything is. */
export function Viewer() {
  const talk = useTalk();
  useEffect(
    () => () => {
      playerOf(talk).stop(); // the conversation is left
    },
    [talk],
  );
  const viewing = talk.viewing.value;
  if (viewing === null) return null;
  if ('items' in viewing) return <BundleViewer talk={talk} {...viewing} />;
  return <TalkViewer talk={talk} {...viewing} />;
}

function TalkViewer({ talk, seq, shelf }: { talk: Talk; seq: number; shelf: Shelf | null }) {
  const own = useShelf(talk.conversation, PICTURES, 'shown', shelf === null);
  const among = shelf ?? own;
  const rows = among?.rows.value ?? [];
  const at = rows.findIndex((row) => row.seq === seq);
  const message = rows[at] ?? (among ? nearest(rows, seq) : talk.message(seq));
  const enclosed = message && enclosedIn(message);
  useEffect(() => {
    if (at < 0 || !among) return;
    if (at < NEAR) void among.older();
    if (at >= rows.length - NEAR) void among.newer();
  }, [among, at, rows.length]);
  const show = (row: Message | undefined): void => {
    if (row) talk.viewing.value = { seq: row.seq, shelf };
  };
  const close = (): void => {
    talk.viewing.value = null;
  };
  const gone = !message || !enclosed;
  useEffect(() => {
    if (gone)
      close(); // it was the only one
    else if (message.seq !== seq) show(message);
  }, [gone, message?.seq]);
  if (gone) return null;
  return (
    <ViewerFrame
      enclosed={enclosed}
      by={whoIn(talk.user, talk.conversation.id)(message.sender_id)}
      time={message.created_at}
      previous={at > 0}
      next={at >= 0 && at < rows.length - 1}
      tools={<ViewerTools talk={talk} message={message} />}
      onStep={(by) => {
        show(rows[at + by]);
      }}
      onClose={close}
    />
  );
}

/* What one sees when the one that was looked at has gone. */
function nearest(rows: readonly Message[], seq: number): Message | null {
  return rows.find((row) => row.seq > seq) ?? rows.at(-1) ?? null;
}

interface BundleViewerProps {
  talk: Talk;
  items: readonly MergedItem[];
  at: number;
}

function BundleViewer({ talk, items, at }: BundleViewerProps) {
  const item = items[at];
  const enclosed = item && enclosedIn(item);
  if (!enclosed) return null;
  return (
    <ViewerFrame
      enclosed={enclosed}
      by={senderOf(item)}
      time={item.created_at}
      previous={at > 0}
      next={at < items.length - 1}
      onStep={(by) => {
        if (items[at + by]) talk.viewing.value = { items, at: at + by };
      }}
      onClose={() => {
        talk.viewing.value = null;
      }}
    />
  );
}
