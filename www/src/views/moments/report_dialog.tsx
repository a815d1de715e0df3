/* Telling the administrator of a post. */
import { useState } from 'preact/hooks';
import type { Post, ReportReason } from '../../api/moments';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Choice, Field } from '../../design/field';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const REASONS: readonly ReportReason[] = ['spam', 'abuse', 'sexual', 'violence', 'fraud', 'other'];

export function ReportDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const { moments } = useUser();
  const action = useAction();
  const [reason, setReason] = useState<ReportReason>('spam');
  const [note, setNote] = useState('');
  const [done, setDone] = useState(false);
  const send = async (): Promise<void> => {
    if (await action.run(() => moments.report(post.id, reason, note.trim()))) setDone(true);
  };
  if (done)
    return (
      <Dialog title={t('report.title')} onClose={onClose}>
        <p role="status">{t('report.done')}</p>
        <div class="dialog__actions">
          <Button kind="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t('report.title')} onClose={onClose}>
      <Choice
        legend={t('report.reason')}
        name="reason"
        value={reason}
        options={REASONS.map((one) => [one, t(`report.${one}`)] as const)}
        onChange={setReason}
      />
      <Field
        label={t('report.note')}
        value={note}
        onInput={setNote}
        rows={3}
        maxLength={500}
        optional
      />
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="danger" busy={action.busy} onClick={() => void send()}>
          {t('report.send')}
        </Button>
      </div>
    </Dialog>
  );
}
