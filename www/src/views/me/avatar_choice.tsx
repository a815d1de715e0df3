/* The face that others see: a picture, an emoji, or the first letter of the name. */
import { Avatar, emojiOf } from '../../design/avatar';
import { mediaOf } from '../../design/avatar_picture';
import type { User } from '../../api/account';
import { t } from '../../i18n';
import { AvatarPicker } from '../media/avatar_picker';

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
  pictures?: boolean; // there is something that can have one already
}

export function AvatarChoice({
  user,
  onChange,
  legend,
  group = false,
  pictures = false,
}: AvatarChoiceProps) {
  const chosen = emojiOf(user.avatar);
  return (
    <fieldset class="avatar-choice">
      <legend class="field__label">{legend ?? t('profile.avatar')}</legend>
      <Avatar user={user} size="xl" group={group} />
      {pictures && <AvatarPicker onPick={onChange} />}
      <div class="avatar-choice__faces">
        <Face
          name={t('profile.avatar.none')}
          checked={chosen === null && mediaOf(user.avatar) === null}
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
