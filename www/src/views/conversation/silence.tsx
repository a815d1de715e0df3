/* In the place of the composer, when one may not write in a group: why, and until when; and when
 * there is nobody to write to. */
import { useEffect, useState } from 'preact/hooks';
import type { GroupHead } from '../../api/groups';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { untilTime } from '../../i18n/format';
import { silenceOf, type Silence } from '../../store/group_rights';
import { minute } from '../clock';

const LONGEST_MS = 2 ** 31 - 1; // of a timer

/* Looks again when a mute ends. */
export function useSilence(group: GroupHead | null | undefined): Silence | null {
  const [now, setNow] = useState(Date.now());
  const until = group?.muted_until ?? 0;
  useEffect(() => {
    const wait = until - Date.now();
    setNow(Date.now());
    if (wait <= 0) return;
    const timer = setTimeout(
      () => {
        setNow(Date.now());
      },
      Math.min(wait + 50, LONGEST_MS),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [until]);
  return group ? silenceOf(group, Math.max(now, minute.value)) : null;
}

export function SilentComposer({ silence }: { silence: Silence }) {
  return (
    <div class="composer">
      <p class="composer__silence" role="status">
        <Icon name={silence.reason === 'dissolved' ? 'group' : 'mute'} size={18} />
        <span>
          {silence.reason === 'muted'
            ? t('silence.muted', untilTime(silence.until))
            : t(`silence.${silence.reason}`)}
        </span>
      </p>
    </div>
  );
}

export function GoneComposer() {
  return (
    <div class="composer">
      <p class="composer__silence" role="status">
        <Icon name="person" size={18} />
        <span>{t('silence.gone')}</span>
      </p>
    </div>
  );
}
