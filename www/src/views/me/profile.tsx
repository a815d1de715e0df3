/* My own profile, to be changed. */
import { useState } from 'preact/hooks';
import type { Gender, Me } from '../../api/account';
import { Button } from '../../design/button';
import { Choice, Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { AvatarChoice } from './avatar_choice';
import { EraseAccount } from './erase_account';
import { PrivacySettings } from './privacy';
import './profile.css';

const PRIVATE = ['phone', 'email'] as const;
const GENDERS: readonly Gender[] = ['', 'female', 'male', 'other'];

export function Profile() {
  const me = useUser().me.value;
  return (
    <Screen title={t('profile.title')} above={{ screen: 'me' }}>
      {me && <ProfileForm key={me.id} me={me} />}
      {me && <PrivacySettings me={me} />}
      {me && <EraseAccount />}
    </Screen>
  );
}

/* '' takes it away; what was not touched is not sent. */
function privateChanges(me: Me, draft: Me): Partial<Me> {
  const changed = PRIVATE.filter((field) => (draft[field] ?? '').trim() !== (me[field] ?? ''));
  return Object.fromEntries(changed.map((field) => [field, (draft[field] ?? '').trim()]));
}

function ProfileForm({ me }: { me: Me }) {
  const user = useUser();
  const action = useAction();
  const [draft, setDraft] = useState(me);
  const [saved, setSaved] = useState(false);
  const change = (part: Partial<Me>): void => {
    setDraft({ ...draft, ...part });
    setSaved(false);
  };
  const errorOf = (field: string): string | null =>
    action.problem?.field === field ? action.problem.text : null;
  const save = async (): Promise<void> => {
    const { bio, gender, region, avatar } = draft;
    await user.changeProfile({
      nickname: draft.nickname.trim(),
      bio: bio.trim(),
      gender,
      region: region.trim(),
      avatar,
      ...privateChanges(me, draft),
    });
    setSaved(true);
  };
  return (
    <form
      class="profile"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(save);
      }}
    >
      <AvatarChoice
        pictures
        user={draft}
        onChange={(avatar) => {
          change({ avatar });
        }}
      />
      <Field
        label={t('profile.nickname')}
        name="nickname"
        value={draft.nickname}
        required
        maxLength={32}
        error={errorOf('nickname')}
        onInput={(nickname) => {
          change({ nickname });
        }}
      />
      <Field
        label={t('profile.bio')}
        name="bio"
        value={draft.bio}
        rows={3}
        maxLength={200}
        optional
        error={errorOf('bio')}
        onInput={(bio) => {
          change({ bio });
        }}
      />
      <Field
        label={t('profile.region')}
        name="region"
        value={draft.region}
        maxLength={64}
        optional
        error={errorOf('region')}
        onInput={(region) => {
          change({ region });
        }}
      />
      {PRIVATE.map((field) => (
        <Field
          key={field}
          label={t(`profile.${field}`)}
          name={field}
          value={draft[field] ?? ''}
          maxLength={254}
          optional
          spellcheck={false}
          hint={t('profile.private')}
          error={errorOf(field)}
          onInput={(value) => {
            change({ [field]: value });
          }}
        />
      ))}
      <Choice
        legend={t('profile.gender')}
        name="gender"
        value={draft.gender}
        options={GENDERS.map((gender) => [gender, t(`gender.${gender}`)] as const)}
        onChange={(gender) => {
          change({ gender });
        }}
      />
      <div class="profile__end">
        <Button type="submit" kind="primary" busy={action.busy}>
          {t('common.save')}
        </Button>
        <p role="status" class="profile__saved">
          {saved && t('common.saved')}
        </p>
      </div>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </form>
  );
}
