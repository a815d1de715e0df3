/* What is asked and told about one message in front of everything else: before it is recalled or
 * deleted, what it said before, who reacted to it. */
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { codeOf } from '../../api/errors';
import type { Edit } from '../../api/messages';
import { Dialog } from '../../design/dialog';
import { Waiting } from '../../design/empty';
import { errorText, t } from '../../i18n';
import { fullTime } from '../../i18n/format';
import { Confirm } from '../confirm';
import { textOf } from './cards';
import { whoIn } from './names';
import { whoReacted } from './reactions';
import { ReadersDialog } from './readers_dialog';
import { useTalk, type Talk } from './talk';
import './message_questions.css';

export function MessageQuestion() {
  const talk = useTalk();
  const question = talk.question.value;
  if (!question) return null;
  const close = (): void => {
    talk.question.value = null;
  };
  const { actions } = talk.user;
  if (question.kind === 'hide')
    return <Hide talk={talk} messages={question.messages} onClose={close} />;
  const { kind, message } = question;
  switch (kind) {
    case 'recall':
      return (
        <Confirm
          title={t('recall.title')}
          text={recallText(talk, message)}
          submit={t('actions.recall')}
          onConfirm={() => actions.recall(message)}
          onClose={close}
        />
      );
    case 'readers':
      return <ReadersDialog talk={talk} message={message} onClose={close} />;
    case 'history':
      return <Versions talk={talk} message={message} onClose={close} />;
    case 'reactions':
      return <Reactors talk={talk} seq={message.seq} onClose={close} />;
  }
}

interface HideProps {
  talk: Talk;
  messages: readonly Message[];
  onClose: () => void;
}

function Hide({ talk, messages, onClose }: HideProps) {
  const hide = async (): Promise<void> => {
    for (const message of messages) await talk.user.actions.hide(message);
    talk.selection.end();
  };
  return (
    <Confirm
      title={t('hide.title', messages.length)}
      text={t('hide.text', messages.length)}
      submit={t('actions.hide')}
      onConfirm={hide}
      onClose={onClose}
    />
  );
}

function recallText({ user, conversation }: Talk, { sender_id }: Message): string {
  const { peer } = conversation.head.peek();
  const who = whoIn(user, conversation.id);
  if (sender_id !== user.id) return t('recall.text.of', who(sender_id));
  return peer ? t('recall.text.read', who(peer.id)) : t('recall.text.group');
}

interface VersionsProps {
  talk: Talk;
  message: Message;
  onClose: () => void;
}

function Versions({ talk, message, onClose }: VersionsProps) {
  const [edits, setEdits] = useState<Edit[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    talk.user.actions.edits(message).then(setEdits, (error: unknown) => {
      setProblem(errorText(codeOf(error)));
    });
  }, [message]);
  return (
    <Dialog title={t('history.title')} onClose={onClose}>
      {problem && (
        <p class="field__error" role="alert">
          {problem}
        </p>
      )}
      {!edits && !problem && <Waiting label={t('common.loading')} />}
      {edits && (
        <ol class="versions scroll" tabIndex={0} aria-label={t('history.title')}>
          {edits.map(({ seq, text, edited_at }) => (
            <Version key={seq} when={t('history.until', fullTime(edited_at))} text={text} />
          ))}
          <Version when={t('history.now')} text={textOf(message) ?? ''} />
        </ol>
      )}
    </Dialog>
  );
}

function Version({ when, text }: { when: string; text: string }) {
  return (
    <li class="version">
      <span class="version__when">{when}</span>
      <p class="version__text" dir="auto">
        {text}
      </p>
    </li>
  );
}

function Reactors({ talk, seq, onClose }: { talk: Talk; seq: number; onClose: () => void }) {
  const message = talk.message(seq);
  const all = message ? talk.user.reactions.of(message) : [];
  return (
    <Dialog title={t('reactions.title')} onClose={onClose}>
      <ul class="reactors">
        {all.map((reaction) => (
          <li key={reaction.emoji} class="reactors__line">
            <span class="reaction__emoji">{reaction.emoji}</span>
            <span>{whoReacted(talk, reaction)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
