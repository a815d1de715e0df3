/* Asks where something shall be sent: one or several conversations or friends. */
import { useState } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Filter } from '../../design/filter';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { useAction } from '../action';
import { Option } from '../groups/friend_picker';
import { GroupAvatar } from '../groups/group_avatar';
import { useUser } from '../session';
import { conversationsOf, targetsOf, type Target } from './targets';
import './send_to.css';

interface SendToProps {
  title: string;
  text: string; // what is sent
  most: number; // at once
  /* Rejects when it was refused, which is told here. */
  onSend: (conversations: number[], targets: readonly Target[]) => Promise<unknown>;
  onClose: () => void;
}

export function SendTo({ title, text, most, onSend, onClose }: SendToProps) {
  const user = useUser();
  const action = useAction();
  const [chosen, setChosen] = useState<readonly Target[]>([]);
  const send = async (): Promise<void> => {
    await onSend(await conversationsOf(user, chosen), chosen);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="send-to"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) void action.run(send);
        }}
      >
        <p class="send-to__what" dir="auto">
          {text}
        </p>
        <Targets chosen={chosen} most={most} onChange={setChosen} />
        <p role="status" class="send-to__chosen">
          {chosen.map(({ name }) => name).join(', ')}
          {chosen.length >= most && ` · ${t('send_to.most', most)}`}
        </p>
        {action.problem && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
        <div class="dialog__actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy} disabled={chosen.length === 0}>
            {t('send_to.submit', chosen.length)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface TargetsProps {
  chosen: readonly Target[];
  most: number;
  onChange: (chosen: readonly Target[]) => void;
}

function Targets({ chosen, most, onChange }: TargetsProps) {
  const user = useUser();
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = targetsOf(user).filter(({ words }) => words.includes(wanted));
  const keys = new Set(chosen.map(({ key }) => key));
  const toggle = (target: Target): void => {
    const others = chosen.filter(({ key }) => key !== target.key);
    onChange(keys.has(target.key) ? others : [...chosen, target]);
  };
  return (
    <fieldset class="picker">
      <legend class="visually-hidden">{t('send_to.legend')}</legend>
      <Filter label={t('send_to.filter')} value={filter} onInput={setFilter} />
      <div
        class="picker__list scroll"
        onKeyDown={(event) => {
          moveFocus(event, 'input[type=checkbox]');
        }}
      >
        {shown.map((target) => (
          <Option
            key={target.key}
            face={<Face target={target} />}
            name={target.name}
            checked={keys.has(target.key)}
            disabled={chosen.length >= most && !keys.has(target.key)}
            onToggle={() => {
              toggle(target);
            }}
          />
        ))}
        {shown.length === 0 && <p class="standing">{t('picker.no_match')}</p>}
      </div>
    </fieldset>
  );
}

function Face({ target: { person, group } }: { target: Target }) {
  if (group) return <GroupAvatar group={group} size="s" />;
  return person && <Avatar user={person} size="s" />;
}
