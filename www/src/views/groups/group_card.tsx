/* A group as anybody who may find it sees it, and the way in. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { PublicGroup } from '../../api/groups';
import { codeOf } from '../../api/errors';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Field } from '../../design/field';
import { Link } from '../../design/link';
import { Screen } from '../../design/screen';
import { errorText, t } from '../../i18n';
import { replace } from '../../platform/router';
import { useAction, type Action } from '../action';
import { FormDialog } from '../form_dialog';
import { useUser } from '../session';
import { GroupNumber } from './group_about';
import { GroupAvatar } from './group_avatar';
import { InvitationRow } from './my_groups';
import './group_about.css';
import './groups.css';

export function GroupScreen({ id }: { id: number }) {
  const { groups, joining } = useUser();
  const [group, setGroup] = useState<PublicGroup | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const known = groups.mine.value.some((conversation) => conversation.id === id);
  const invitation = joining.invitations.value.find((one) => one.group.id === id);
  const invited = useRef(false);
  invited.current ||= invitation !== undefined;
  useEffect(() => {
    // Answered here, or just before one came here.
    if (known && invited.current) replace({ screen: 'conversation', id });
  }, [known]);
  useEffect(() => {
    groups.load(id).then(setGroup, (error: unknown) => {
      setFailure(codeOf(error));
    });
    void joining.loadInvitations().catch(() => undefined);
  }, [id]);
  if (!group) {
    return (
      <Screen title={t('join.title')} above={{ screen: 'groups' }}>
        {failure === null && <Waiting label={t('common.loading')} />}
        {failure === 'not_found' && (
          <Empty icon="group" title={t('join.missing.title')} text={t('join.missing.text')} />
        )}
        {failure !== null && failure !== 'not_found' && (
          <Empty icon="failed" title={t('join.title')} text={errorText(failure)} />
        )}
      </Screen>
    );
  }
  return (
    <Screen title={t('join.title')} above={{ screen: 'groups' }}>
      <GroupCard group={group}>
        {known && <OpenChat id={id} />}
        {!known && !invitation && <Door group={group} />}
      </GroupCard>
      {!known && invitation && <InvitationRow invitation={invitation} />}
    </Screen>
  );
}

export function GroupCard({
  group,
  children,
}: {
  group: PublicGroup;
  children: ComponentChildren;
}) {
  return (
    <section class="group-card">
      <div class="group-about">
        <GroupAvatar group={group} size="xl" />
        <h2 class="group-about__name">{group.name}</h2>
        <p class="group-about__more">
          {t('group.members', group.member_count)} · {t('group.policy.name', group.join_policy)}
        </p>
        <GroupNumber id={group.id} />
      </div>
      {group.description && <p class="group-about__description">{group.description}</p>}
      <div class="group-card__actions">{children}</div>
    </section>
  );
}

export function OpenChat({ id }: { id: number }) {
  return (
    <Link to={{ screen: 'conversation', id }} class="button button--primary">
      {t('join.open')}
    </Link>
  );
}

/* How one comes in, as the join policy has it. */
function Door({ group }: { group: PublicGroup }) {
  const { joining } = useUser();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(group.request_id ?? null);
  const ask = async (message: string): Promise<void> => {
    const { id, status } = await joining.ask(group.id, message);
    if (status === 'accepted') replace({ screen: 'conversation', id: group.id });
    else setAsked(id);
  };
  if (asked !== null) {
    const withdraw = async (): Promise<void> => {
      await joining.withdraw(group.id, asked);
      setAsked(null);
    };
    return (
      <>
        <p role="status">{t('join.asked')}</p>
        <Button busy={action.busy} onClick={() => void action.run(withdraw)}>
          {t('join.withdraw')}
        </Button>
        <Problem action={action} />
      </>
    );
  }
  if (group.join_policy === 'invitation')
    return <p class="standing">{t('join.invitation_only')}</p>;
  return (
    <>
      <Button
        kind="primary"
        icon="groupAdd"
        busy={action.busy}
        onClick={() => {
          if (group.join_policy === 'open') void action.run(() => ask(''));
          else setAsking(true);
        }}
      >
        {t(group.join_policy === 'open' ? 'join.submit' : 'join.ask')}
      </Button>
      <Problem action={action} />
      {asking && (
        <AskToJoin
          group={group}
          onAsk={ask}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function Problem({ action: { problem } }: { action: Action }) {
  return (
    problem && (
      <p class="field__error" role="alert">
        {problem.text}
      </p>
    )
  );
}

interface AskToJoinProps {
  group: PublicGroup;
  onAsk: (message: string) => Promise<void>;
  onClose: () => void;
}

function AskToJoin({ group, onAsk, onClose }: AskToJoinProps) {
  const user = useUser();
  const [message, setMessage] = useState(t('ask.default', user.me.peek()?.nickname ?? ''));
  return (
    <FormDialog
      title={t('join.ask.title', group.name)}
      submit={t('join.ask.submit')}
      onSubmit={() => onAsk(message.trim())}
      onClose={onClose}
    >
      {(problem) => (
        <Field
          label={t('join.ask.message')}
          value={message}
          onInput={setMessage}
          rows={3}
          maxLength={200}
          optional
          error={problem?.text}
        />
      )}
    </FormDialog>
  );
}
