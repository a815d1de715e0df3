/* The face that others see: an emoji, or the first letter of the name. */
import { Avatar, emojiOf } from '../../design/avatar';
import type { User } from '../../api/account';
import { t } from '../../i18n';

const FACES = [
  '🦊',
  '🐼',
  '🐱',
  '🐶',
  '🐰',
  '🐻',
  '🐨',
  '🐯',
  '🦁',
  '🐸',
  '🐵',
  '🦉',
  '🐧',
  '🐳',
  '🐢',
  '🦋',
  '🌸',
  '🌻',
  '🍀',
  '🍁',
  '🌙',
  '⭐',
  '🔥',
  '🌊',
  '🍊',
  '🍑',
  '🥝',
  '🍵',
  '🎧',
  '🎸',
  '🚲',
  '🚀',
];

interface AvatarChoiceProps {
  user: Pick<User, 'id' | 'nickname' | 'username' | 'avatar'>;
  onChange: (avatar: string | null) => void;
  legend?: string;
  group?: boolean;
}

export function AvatarChoice({ user, onChange, legend, group = false }: AvatarChoiceProps) {
  const chosen = emojiOf(user.avatar);
  return (
    <fieldset class="avatar-choice">
      <legend class="field__label">{legend ?? t('profile.avatar')}</legend>
      <Avatar user={user} size="xl" group={group} />
      <div class="avatar-choice__faces">
        <Face
          name={t('profile.avatar.none')}
          checked={chosen === null}
          onChoose={() => {
            onChange(null);
          }}
        >
          –
        </Face>
        {FACES.map((face) => (
          <Face
            key={face}
            name={face}
            checked={chosen === face}
            onChoose={() => {
              onChange(`emoji:${face}`);
            }}
          >
            {face}
          </Face>
        ))}
      </div>
    </fieldset>
  );
}

interface FaceProps {
  name: string;
  checked: boolean;
  onChoose: () => void;
  children: string;
}

function Face({ name, checked, onChoose, children }: FaceProps) {
  return (
    <label class="avatar-choice__face" title={name}>
      <input type="radio" name="avatar" aria-label={name} checked={checked} onChange={onChoose} />
      <span aria-hidden="true">{children}</span>
    </label>
  );
}
