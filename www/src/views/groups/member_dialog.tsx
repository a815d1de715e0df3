/* What can be done with a member: by whom, group_rights.ts knows. */
import { useState } from 'preact/hooks';
import type { GroupHead, Member } from '../../api/groups';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Menu, MenuButton } from '../../design/menu';
import { t } from '../../i18n';
import { untilTime } from '../../i18n/format';
import { go } from '../../platform/router';
import { governs, may } from '../../store/group_rights';
import { useAction, type Action } from '../action';
import { minute } from '../clock';
import { useUser } from '../session';
import { Confirm } from '../confirm';

type Step = 'menu' | 'mute' | 'remove' | 'transfer';

interface MemberDialogProps {
  group: GroupHead;
  member: Member;
  onClose: () => void;
}

interface StepProps extends MemberDialogProps {
  name: string;
  onStep: (step: Step) => void;
}

export function MemberDialog(props: MemberDialogProps) {
  const user = useUser();
  const [step, setStep] = useState<Step>('menu');
  const { group, member, onClose } = props;
  const { id } = member.user;
  const name = user.names.inGroup(group.id, id) ?? member.user.nickname;
  switch (step) {
    case 'menu':
      return <MemberMenu {...props} name={name} onStep={setStep} />;
    case 'mute':
      return <MuteDialog {...props} name={name} onStep={setStep} />;
    case 'remove':
      return (
        <Confirm
          key="remove"
          title={t('members.remove.title', name)}
          text={t('members.remove.text')}
          submit={t('members.remove')}
          onConfirm={() => user.groups.remove(group.id, id)}
          onClose={onClose}
        />
      );
    case 'transfer':
      return (
        <Confirm
          key="transfer"
          title={t('members.transfer.title', name)}
          text={t('members.transfer.text')}
          submit={t('members.transfer')}
          onConfirm={() => user.groups.transfer(group.id, id)}
          onClose={onClose}
        />
      );
  }
}

function MemberMenu({ group, member, name, onStep, onClose }: StepProps) {
  const { groups } = useUser();
  const action = useAction();
  const { id } = member.user;
  const muted = member.muted_until > minute.value;
  const governed = governs(group.role, member.role);
  const run = (work: () => Promise<unknown>) => () => {
    void action.run(work).then((done) => {
      if (done) onClose();
    });
  };
  const promoted = member.role === 'admin';
  return (
    <Dialog key="menu" title={name} onClose={onClose}>
      {muted && <p>{t('members.muted_until', untilTime(member.muted_until))}</p>}
      <Menu label={t('members.actions', name)}>
        <MenuButton
          icon="person"
          onClick={() => {
            onClose();
            go({ screen: 'person', id });
          }}
        >
          {t('members.profile')}
        </MenuButton>
        {may(group.role, 'set_role') && (
          <MenuButton
            icon="shield"
            disabled={action.busy}
            onClick={run(() =>
              groups.changeMember(group.id, id, { role: promoted ? 'member' : 'admin' }),
            )}
          >
            {t(promoted ? 'members.demote' : 'members.promote')}
          </MenuButton>
        )}
        {governed && muted && (
          <MenuButton
            icon="mute"
            disabled={action.busy}
            onClick={run(() => groups.changeMember(group.id, id, { muted_until: 0 }))}
          >
            {t('members.unmute')}
          </MenuButton>
        )}
        {governed && !muted && <StepButton step="mute" icon="mute" onStep={onStep} />}
        {may(group.role, 'transfer') && <StepButton step="transfer" icon="crown" onStep={onStep} />}
        {governed && <StepButton step="remove" icon="leave" danger onStep={onStep} />}
      </Menu>
      <End action={action} onClose={onClose} />
    </Dialog>
  );
}

interface StepButtonProps {
  step: 'mute' | 'remove' | 'transfer';
  icon: 'mute' | 'leave' | 'crown';
  danger?: boolean;
  onStep: (step: Step) => void;
}

function StepButton({ step, icon, danger = false, onStep }: StepButtonProps) {
  return (
    <MenuButton
      icon={icon}
      danger={danger}
      onClick={() => {
        onStep(step);
      }}
    >
      {t(`members.${step}`)}
    </MenuButton>
  );
}

const MINUTE = 60_000;

const DURATIONS: readonly [number, () => string][] = [
  [10 * MINUTE, () => t('members.mute.minutes', 10)],
  [60 * MINUTE, () => t('members.mute.hours', 1)],
  [12 * 60 * MINUTE, () => t('members.mute.hours', 12)],
  [24 * 60 * MINUTE, () => t('members.mute.days', 1)],
  [7 * 24 * 60 * MINUTE, () => t('members.mute.days', 7)],
  [30 * 24 * 60 * MINUTE, () => t('members.mute.days', 30)],
];

function MuteDialog({ group, member, name, onClose }: StepProps) {
  const { groups } = useUser();
  const action = useAction();
  const mute = (ms: number) => () => {
    const change = { muted_until: Date.now() + ms };
    void action
      .run(() => groups.changeMember(group.id, member.user.id, change))
      .then((done) => {
        if (done) onClose();
      });
  };
  return (
    <Dialog key="mute" title={t('members.mute.title', name)} onClose={onClose}>
      <div class="durations">
        {DURATIONS.map(([ms, label]) => (
          <Button key={ms} disabled={action.busy} onClick={mute(ms)}>
            {label()}
          </Button>
        ))}
      </div>
      <End action={action} onClose={onClose} />
    </Dialog>
  );
}

function End({ action, onClose }: { action: Action; onClose: () => void }) {
  return (
    <>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.close')}</Button>
      </div>
    </>
  );
}
