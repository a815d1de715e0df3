/* The tags of a friend: taken away one by one, added by typing or from those in use. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { useUser } from '../session';
import './tag_field.css';

export const TAG_MAX = 16;
const TAGS_MOST = 10;

interface TagFieldProps {
  tags: readonly string[];
  onChange: (tags: string[]) => void;
  typed: string; // not added yet: saving adds it
  onType: (text: string) => void;
  error: string | null;
}

export function withTag(tags: readonly string[], typed: string): string[] {
  const tag = typed.trim();
  return tag === '' || tags.includes(tag) ? [...tags] : [...tags, tag];
}

export function TagField({ tags, onChange, typed, onType, error }: TagFieldProps) {
  const { contacts } = useUser();
  const [before] = useState(() => [...contacts.tags.peek().keys()].sort());
  const full = tags.length >= TAGS_MOST;
  const others = full ? [] : before.filter((tag) => !tags.includes(tag));
  const add = (tag: string): void => {
    onChange(withTag(tags, tag));
    onType('');
  };
  return (
    <div class="tag-field">
      {tags.length > 0 && (
        <ul class="chips" aria-label={t('person.tags')}>
          {tags.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                class="chip chip--on"
                aria-label={t('tags.remove', tag)}
                onClick={() => {
                  onChange(tags.filter((other) => other !== tag));
                }}
              >
                <span>{tag}</span>
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!full && (
        <div
          class="tag-field__add"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || typed.trim() === '') return;
            event.preventDefault();
            add(typed);
          }}
        >
          <Field
            label={t('tags.add')}
            value={typed}
            onInput={onType}
            maxLength={TAG_MAX}
            hint={t('tags.hint', TAGS_MOST)}
            error={error}
          />
          <Button
            disabled={typed.trim() === ''}
            onClick={() => {
              add(typed);
            }}
          >
            {t('tags.add.submit')}
          </Button>
        </div>
      )}
      {others.length > 0 && (
        <ul class="chips" aria-label={t('tags.known')}>
          {others.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                class="chip"
                onClick={() => {
                  add(tag);
                }}
              >
                + {tag}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
