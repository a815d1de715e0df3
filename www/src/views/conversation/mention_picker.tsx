/* Members whose name begins as what was written after an @. */
import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../../design/avatar';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { EVERYBODY } from '../../store/head';
import { useUser } from '../session';
import type { Candidate } from './mention';
import type { Mention } from './use_mention';
import './mention_picker.css';

export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}

export function MentionPicker({ mention }: { mention: Mention }) {
  const { id, options, active, choose } = mention;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <ul
      ref={list}
      id={id}
      class="mention-picker scroll"
      role="listbox"
      aria-label={t('mention.list')}
    >
      {options.map((candidate, index) => (
        <li
          key={candidate.id}
          id={optionId(id, index)}
          class="mention-picker__option"
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault(); // the focus stays in the text
          }}
          onClick={() => {
            choose(candidate);
          }}
        >
          <Face candidate={candidate} />
          <span class="mention-picker__name">{candidate.name}</span>
        </li>
      ))}
    </ul>
  );
}

function Face({ candidate }: { candidate: Candidate }) {
  const person = useUser().names.user(candidate.id);
  if (person) return <Avatar user={person} size="s" />;
  return (
    <span class="mention-picker__all">
      <Icon name={candidate.id === EVERYBODY ? 'megaphone' : 'person'} size={18} />
    </span>
  );
}
