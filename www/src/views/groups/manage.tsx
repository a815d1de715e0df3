/* What a group is called and how it is run, for its owner and administrators. */
import { useState } from 'preact/hooks';
import type { Group, GroupChange, GroupHead, JoinPolicy } from '../../api/groups';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Choice, Field } from '../../design/field';
import { Switch } from '../../design/switch';
import { errorText, t } from '../../i18n';
import { may } from '../../store/group_rights';
import { useAction } from '../action';
import { AvatarChoice } from '../me/avatar_choice';
import { useUser } from '../session';
import { useGroup } from './use_group';
import '../me/profile.css';

export function Manage({ group: head }: { group: GroupHead }) {
  const { group, failure } = useGroup(head);
  if (!may(head.role, 'change_profile') || head.dissolved_at !== null)
    return <Empty icon="sliders" title={t('manage.title')} text={errorText('forbidden')} />;
  if (!group) {
    return failure ? (
      <Empty icon="sliders" title={t('manage.title')} text={errorText(failure)} />
    ) : (
      <Waiting label={t('common.loading')} />
    );
  }
  return (
    <>
      <ProfileForm group={group} />
      <Rules group={group} />
    </>
  );
}

function ProfileForm({ group }: { group: Group }) {
  const { groups } = useUser();
  const action = useAction();
  const [draft, setDraft] = useState<GroupChange>({}); // what others change meanwhile stays theirs
  const [saved, setSaved] = useState(false);
  const { name, avatar, description } = { ...group, ...draft };
  const change = (part: GroupChange): void => {
    setDraft({ ...draft, ...part });
    setSaved(false);
  };
  const errorOf = (field: string): string | null =>
    action.problem?.field === field ? action.problem.text : null;
  const save = async (): Promise<void> => {
    await groups.change(group.id, trimmed(draft));
    setDraft({});
    setSaved(true);
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(save);
      }}
    >
      <AvatarChoice
        group
        pictures
        legend={t('new_group.avatar')}
        user={{ id: group.id, avatar, nickname: name, username: '' }}
        onChange={(next) => {
          change({ avatar: next });
        }}
      />
      <Field
        label={t('manage.name')}
        name="name"
        value={name}
        required
        maxLength={64}
        error={errorOf('name')}
        onInput={(next) => {
          change({ name: next });
        }}
      />
      <Field
        label={t('manage.description')}
        name="description"
        value={description}
        rows={3}
        maxLength={500}
        optional
        error={errorOf('description')}
        onInput={(next) => {
          change({ description: next });
        }}
      />
      {action.problem && errorOf('name') === null && errorOf('description') === null && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <div class="form__end">
        <Button type="submit" kind="primary" busy={action.busy}>
          {t('common.save')}
        </Button>
        <p role="status" class="form__done">
          {saved && t('common.saved')}
        </p>
      </div>
    </form>
  );
}

function trimmed({ name, description, ...rest }: GroupChange): GroupChange {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(description === undefined ? {} : { description: description.trim() }),
  };
}

const POLICIES: readonly JoinPolicy[] = ['open', 'approval', 'invitation'];
const SWITCHES = ['findable', 'shares_history', 'mute_all'] as const;

/* Each holds at once. */
function Rules({ group }: { group: Group }) {
  const { groups } = useUser();
  const action = useAction();
  const set = (change: GroupChange): void => {
    void action.run(() => groups.change(group.id, change));
  };
  return (
    <section class="form">
      <h2 class="section-title">{t('manage.rules')}</h2>
      <Choice
        legend={t('group.policy')}
        name="join_policy"
        value={group.join_policy}
        options={POLICIES.map((policy) => [policy, t('group.policy.name', policy)] as const)}
        onChange={(join_policy) => {
          set({ join_policy });
        }}
      />
      <p class="field__hint">{t('group.policy.hint', group.join_policy)}</p>
      <div>
        {SWITCHES.map((key) => (
          <Switch
            key={key}
            label={t(`manage.${key}`)}
            checked={group[key]}
            disabled={action.busy}
            onChange={(on) => {
              set({ [key]: on });
            }}
          />
        ))}
      </div>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </section>
  );
}
