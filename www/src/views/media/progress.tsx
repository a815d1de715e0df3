/* How far a file of mine has come on its way, around the way to stop it. */
import { useComputed } from '@preact/signals';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import type { OutboxEntry } from '../../store/outbox_entry';
import type { Uploads } from '../../store/uploads';
import { useUser } from '../session';
import './progress.css';

const ROUND = 2 * Math.PI * 20;

export function Progress({ entry }: { entry: OutboxEntry }) {
  const { media, outbox } = useUser();
  const { client_key, enclosed } = entry;
  return (
    <UploadProgress
      uploads={media.uploads}
      upload={client_key}
      size={enclosed?.body.size ?? 0}
      onCancel={() => {
        outbox.remove(client_key);
      }}
    />
  );
}

interface UploadProgressProps {
  uploads: Uploads;
  upload: string; // its key
  size: number;
  onCancel?: () => void; // absent: it is stopped elsewhere
}

export function UploadProgress({ uploads, upload, size, onCancel }: UploadProgressProps) {
  const share = useComputed(() => {
    const sent = uploads.sent.value.get(upload) ?? 0;
    return size > 0 ? Math.min(1, sent / size) : 0;
  }).value;
  const percent = Math.floor(share * 100);
  return (
    <span
      class="progress"
      role="progressbar"
      aria-label={t('media.sending', percent)}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <svg viewBox="0 0 48 48" aria-hidden="true" class="progress__ring" data-begun={share > 0}>
        <circle cx="24" cy="24" r="20" class="progress__track" />
        <circle
          cx="24"
          cy="24"
          r="20"
          class="progress__arc"
          stroke-dasharray={ROUND}
          stroke-dashoffset={ROUND * (1 - Math.max(0.06, share))}
        />
      </svg>
      {onCancel && (
        <button
          type="button"
          class="progress__cancel"
          aria-label={t('media.cancel')}
          title={t('media.cancel')}
          onClick={onCancel}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </span>
  );
}
