/* Where the messages that were chosen shall go, and what became of it. */
import { errorText, t } from '../../i18n';
import type { Refusal } from '../../api/messages';
import { mostTargets, type Forwarding } from '../../store/forwards';
import { whoIn } from '../conversation/names';
import { previewOf } from '../conversation/preview';
import { useTalk, type Talk } from '../conversation/talk';
import { SendTo } from './send_to';
import type { Target } from './targets';

export function ForwardDialog() {
  const talk = useTalk();
  const what = talk.forwarding.value;
  if (!what) return null;
  const send = async (ids: number[], targets: readonly Target[]): Promise<void> => {
    const refused = await talk.user.forwards.send(what, ids);
    talk.selection.end();
    tellOutcome(talk, ids, targets, refused);
  };
  return (
    <SendTo
      title={t(what.title === null ? 'forward.title' : 'forward.title.merged')}
      text={describe(talk, what)}
      most={mostTargets(what)}
      onSend={send}
      onClose={() => {
        talk.forwarding.value = null;
      }}
    />
  );
}

function describe(talk: Talk, { seqs, title }: Forwarding): string {
  const [first = 0, ...others] = seqs;
  const message = talk.message(first);
  if (title !== null) return t('merged.title', title);
  if (others.length > 0 || !message) return t('merged.count', seqs.length);
  const who = whoIn(talk.user, talk.conversation.id);
  return t('message.name', who(message.sender_id), previewOf(message, who));
}

function tellOutcome(
  talk: Talk,
  ids: readonly number[],
  targets: readonly Target[],
  refused: readonly Refusal[],
): void {
  const [first] = refused;
  if (first) {
    const name = targets[ids.indexOf(first.conversation_id)]?.name ?? '';
    talk.tell(t('forward.refused', name, refused.length - 1, errorText(first.code)), true);
  } else talk.tell(sentTo(targets), false);
}

export function sentTo(targets: readonly Target[]): string {
  const [first] = targets;
  return targets.length === 1 && first
    ? t('forward.done.one', first.name)
    : t('forward.done', targets.length);
}
