/* Whom a post is for. */
import type { AudienceKind } from '../../api/moments';
import { Choice } from '../../design/field';
import { t } from '../../i18n';
import { namesPeople, type Chosen } from '../../store/composition';
import { FriendPicker } from '../groups/friend_picker';
import { useUser } from '../session';

const KINDS: readonly AudienceKind[] = ['friends', 'private', 'only', 'except'];

interface AudiencePickerProps {
  chosen: Chosen;
  kinds?: readonly AudienceKind[];
  onChange: (chosen: Chosen) => void;
}

export function AudiencePicker({ chosen, kinds = KINDS, onChange }: AudiencePickerProps) {
  const { kind, people } = chosen;
  return (
    <div class="audience">
      <Choice
        legend={t('audience.title')}
        name="audience"
        value={kind}
        options={kinds.map((one) => [one, t(`audience.${one}`)] as const)}
        onChange={(next) => {
          onChange({ ...chosen, kind: next });
        }}
      />
      <p class="field__hint">{t(`audience.${kind}.hint`)}</p>
      {namesPeople(kind) && (
        <>
          <TagChoice chosen={chosen} onChange={onChange} />
          <FriendPicker
            legend={t(kind === 'only' ? 'audience.only.pick' : 'audience.except.pick')}
            chosen={people}
            onChange={(next) => {
              onChange({ ...chosen, people: next });
            }}
          />
        </>
      )}
    </div>
  );
}

function TagChoice({ chosen, onChange }: Pick<AudiencePickerProps, 'chosen' | 'onChange'>) {
  const { contacts } = useUser();
  const tags = [...contacts.tags.value.keys()];
  if (tags.length === 0) return null;
  return (
    <div class="chips" role="group" aria-label={t('audience.tags')}>
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          class="chip"
          aria-pressed={chosen.tags.has(tag)}
          onClick={() => {
            const next = new Set(chosen.tags);
            if (!next.delete(tag)) next.add(tag);
            onChange({ ...chosen, tags: next });
          }}
        >
          {tag}
        </button>
      ))}
    </div>
  );
}
