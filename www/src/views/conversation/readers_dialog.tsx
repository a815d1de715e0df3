/* How far everybody has got with a message of mine. */
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../api/chat';
import { codeOf } from '../../api/errors';
import type { Reader, Readers } from '../../api/messages';
import { Avatar } from '../../design/avatar';
import { Dialog } from '../../design/dialog';
import { Waiting } from '../../design/empty';
import { errorText, t } from '../../i18n';
import { whoIn } from './names';
import type { Talk } from './talk';
import './readers_dialog.css';

interface ReadersDialogProps {
  talk: Talk;
  message: Message;
  onClose: () => void;
}

const STATES = ['read', 'delivered', 'sent'] as const;

export function ReadersDialog({ talk, message, onClose }: ReadersDialogProps) {
  const [answer, setAnswer] = useState<Readers | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    talk.user.actions.readers(message).then(setAnswer, (error: unknown) => {
      setProblem(errorText(codeOf(error)));
    });
  }, [message]);
  const readers = answer?.readers ?? [];
  const of = (state: Reader['state']) => readers.filter((reader) => reader.state === state);
  const title = answer
    ? t('readers.title', of('read').length, readers.length + answer.untold)
    : t('actions.readers');
  return (
    <Dialog title={title} onClose={onClose}>
      {problem && (
        <p class="field__error" role="alert">
          {problem}
        </p>
      )}
      {!answer && !problem && <Waiting label={t('common.loading')} />}
      {answer && (
        <div class="readers scroll" tabIndex={0} role="region" aria-label={title}>
          {STATES.map((state) => (
            <Group key={state} talk={talk} state={state} readers={of(state)} />
          ))}
          {answer.untold > 0 && <p class="readers__untold">{t('readers.untold', answer.untold)}</p>}
        </div>
      )}
    </Dialog>
  );
}

interface GroupProps {
  talk: Talk;
  state: Reader['state'];
  readers: readonly Reader[];
}

function Group({ talk, state, readers }: GroupProps) {
  if (readers.length === 0) return null;
  const { user, conversation } = talk;
  const who = whoIn(user, conversation.id);
  return (
    <section>
      <h3 class="readers__state">{t(`readers.${state}`, readers.length)}</h3>
      <ul>
        {readers.map(({ user: person }) => (
          <li key={person.id} class="readers__person">
            <Avatar user={person} size="s" />
            <span dir="auto">
              {user.names.user(person.id) ? who(person.id) : user.nameOf(person)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
