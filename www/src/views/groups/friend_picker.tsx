/* Choosing some of one's friends. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { Filter } from '../../design/filter';
import { moveFocus } from '../../design/roving';
import { Tick } from '../../design/tick';
import { language, t } from '../../i18n';
import { useUser } from '../session';
import './friend_picker.css';

interface FriendPickerProps {
  legend: string;
  except?: ReadonlySet<number>;
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

const FILTER_FROM = 7;

export function FriendPicker({ legend, except, chosen, onChange }: FriendPickerProps) {
  const user = useUser();
  const [filter, setFilter] = useState('');
  const order = new Intl.Collator(language.value);
  const all = [...user.contacts.friends.value.values()];
  const friends = all
    .filter(({ user: { id } }) => !except?.has(id))
    .sort((a, b) => order.compare(user.nameOf(a.user), user.nameOf(b.user)));
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = friends.filter(({ user: { nickname, username }, remark }) =>
    `${remark} ${nickname} ${username}`.toLocaleLowerCase().includes(wanted),
  );
  const toggle = (id: number): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  if (friends.length === 0)
    return <p class="standing">{t(all.length === 0 ? 'picker.no_friends' : 'picker.none')}</p>;
  return (
    <fieldset class="picker">
      <legend class="field__label">
        {legend}
        <span role="status">{chosen.size > 0 && ` · ${t('picker.chosen', chosen.size)}`}</span>
      </legend>
      {friends.length >= FILTER_FROM && (
        <Filter label={t('picker.filter')} value={filter} onInput={setFilter} />
      )}
      <div
        class="picker__list scroll"
        onKeyDown={(event) => {
          moveFocus(event, 'input[type=checkbox]');
        }}
      >
        {shown.map(({ user: person }) => (
          <Option
            key={person.id}
            face={<Avatar user={person} size="s" />}
            name={user.nameOf(person)}
            checked={chosen.has(person.id)}
            onToggle={() => {
              toggle(person.id);
            }}
          />
        ))}
        {shown.length === 0 && <p class="standing">{t('picker.no_match')}</p>}
      </div>
    </fieldset>
  );
}

interface OptionProps {
  face: ComponentChildren;
  name: string;
  checked: boolean;
  disabled?: boolean;
  onToggle: () => void;
}

export function Option({ face, name, checked, disabled = false, onToggle }: OptionProps) {
  return (
    <label class="picker__option">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={onToggle} />
      <Tick />
      {face}
      <span class="picker__name">{name}</span>
    </label>
  );
}
