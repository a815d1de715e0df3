/* Leaving a group, or dissolving it for all. */
import type { GroupHead } from '../../api/groups';
import { t } from '../../i18n';
import { replace } from '../../platform/router';
import { useUser } from '../session';
import { Confirm } from '../confirm';

interface LeaveDialogProps {
  group: GroupHead;
  ending: 'leave' | 'dissolve';
  onClose: () => void;
}

export function LeaveDialog({ group: { id }, ending, onClose }: LeaveDialogProps) {
  const { groups } = useUser();
  const end = async (): Promise<void> => {
    if (ending === 'dissolve') return groups.dissolve(id);
    await groups.leave(id);
    replace({ screen: 'chats' });
  };
  return (
    <Confirm
      title={t(`manage.${ending}.title`)}
      text={t(`manage.${ending}.text`)}
      submit={t(`manage.${ending}`)}
      onConfirm={end}
      onClose={onClose}
    />
  );
}
