/* What becomes of the text that is being written: a new message, an answer to one, or the new text
 * of one of mine. */
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { codeOf } from '../../api/errors';
import type { Sticker } from '../../api/media';
import { IconButton } from '../../design/button';
import { Icon } from '../../design/icons';
import { errorText, t } from '../../i18n';
import { rowOf } from '../../store/apart';
import { Attach } from '../media/attach';
import { VoiceRecorder } from '../media/voice_recorder';
import { StickerSuggestions } from '../stickers/sticker_suggestions';
import { StickerTable } from '../stickers/sticker_table';
import { textOf } from './cards';
import { Composer } from './composer';
import { useQuoted } from './quote';
import { offeredFor } from './standing';
import { useTalk, type Talk } from './talk';
import './quote.css';

export function Compose({ name }: { name: string }) {
  const talk = useTalk();
  const { user, conversation } = talk;
  const { id } = conversation;
  useDraft(talk);
  const subject = user.composing.subjects.value.get(id);
  const message = subject ? (rowOf(conversation, subject.seq) ?? null) : null;
  const about = message?.body ? message : null; // not what was recalled meanwhile
  if (subject?.kind === 'edit' && about)
    return <Editing key={about.seq} talk={talk} message={about} name={name} />;
  const cancel = (): void => {
    user.composing.clear(id);
    user.drafts.set(id, user.drafts.get(id), null);
  };
  const replyTo = about?.seq ?? null;
  const sendSticker = (sticker: Sticker, onDone: () => void): void => {
    user.history.toNewest(talk.conversation);
    void user.media.stickers.send(id, sticker, replyTo);
    cancel();
    onDone();
  };
  return (
    <Composer
      key="new"
      conversation={id}
      name={name}
      initial={user.drafts.all.value.get(id)?.text ?? ''}
      about={replyTo}
      attach={<Attach replyTo={replyTo} onSent={cancel} />}
      voice={<VoiceRecorder replyTo={replyTo} onSent={cancel} />}
      stickers={(onDone) => (
        <StickerTable
          onSend={(sticker) => {
            sendSticker(sticker, onDone);
          }}
        />
      )}
      suggest={(text, onTaken) => (
        <StickerSuggestions
          text={text}
          onSend={(sticker) => {
            sendSticker(sticker, onTaken);
          }}
        />
      )}
      head={about && <ReplyHead talk={talk} seq={about.seq} onCancel={cancel} />}
      onWrite={(text) => {
        user.drafts.set(id, text, subject?.kind === 'reply' ? subject.seq : null);
      }}
      onSubmit={(text, mentions) => {
        user.history.toNewest(talk.conversation); // where it will stand
        void user.outbox.add(id, text, { mentions, replyTo });
        user.typing.sent(id);
        cancel();
        return true;
      }}
      onCancel={replyTo === null ? null : cancel}
      onUp={() => {
        const last = lastEditable(talk);
        if (last) talk.edit(last);
      }}
    />
  );
}

/* What was begun answers what it answered, also on another device; it is told when one leaves. */
function useDraft({ user, conversation }: Talk): void {
  const { id } = conversation;
  const seq = user.drafts.all.value.get(id)?.reply_to ?? null;
  useEffect(() => {
    if (seq === null || user.composing.subjects.peek().get(id)?.kind === 'edit') return;
    user.composing.set(id, { kind: 'reply', seq });
    if (rowOf(conversation, seq) === undefined)
      void user.apart.need(conversation, seq).catch(() => undefined);
  }, [conversation, seq]);
  useEffect(
    () => () => {
      user.drafts.flush(id);
    },
    [id],
  );
}

interface EditingProps {
  talk: Talk;
  message: Message;
  name: string;
}

function Editing({ talk, message, name }: EditingProps) {
  const { user, conversation } = talk;
  const [problem, setProblem] = useState<string | null>(null);
  const before = textOf(message) ?? '';
  const cancel = (): void => {
    user.composing.clear(conversation.id);
  };
  const save = async (text: string, mentions: readonly number[]): Promise<boolean> => {
    setProblem(null);
    try {
      if (text !== before) await user.actions.edit(message, text, mentions);
      cancel();
      return true;
    } catch (error) {
      setProblem(errorText(codeOf(error)));
      return false;
    }
  };
  return (
    <Composer
      conversation={conversation.id}
      name={name}
      initial={before}
      about={message.seq}
      editing
      head={
        <>
          <SubjectHead
            icon="edit"
            title={t('edit.title')}
            text={before}
            cancel={t('edit.cancel')}
            onCancel={cancel}
          />
          {problem && (
            <p class="composer__problem" role="alert">
              {problem}
            </p>
          )}
        </>
      }
      onWrite={() => undefined}
      onSubmit={save}
      onCancel={cancel}
    />
  );
}

function ReplyHead({ talk, seq, onCancel }: { talk: Talk; seq: number; onCancel: () => void }) {
  const quoted = useQuoted(talk, seq);
  if (!quoted) return null;
  const own = quoted.sender === talk.user.id;
  return (
    <SubjectHead
      icon="reply"
      title={own ? t('reply.own') : t('reply.to', quoted.who)}
      text={quoted.text}
      cancel={t('reply.cancel')}
      onCancel={onCancel}
    />
  );
}

interface SubjectHeadProps {
  icon: 'reply' | 'edit';
  title: string;
  text: string;
  cancel: string;
  onCancel: () => void;
}

function SubjectHead({ icon, title, text, cancel, onCancel }: SubjectHeadProps) {
  return (
    <div class="composer__subject">
      <Icon name={icon} size={20} />
      <span class="composer__subject-title">{title}</span>
      <span class="composer__subject-text">{text}</span>
      <IconButton icon="close" size={18} name={cancel} onClick={onCancel} />
    </div>
  );
}

/* The last text of mine that may still be changed. */
function lastEditable(talk: Talk): Message | undefined {
  const rows = [...talk.conversation.stream.peek().rows].reverse();
  return rows.find((row) => row.sender_id === talk.user.id && offeredFor(talk, row).has('edit'));
}
