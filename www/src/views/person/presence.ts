/* Whether somebody is here, in words. */
import { t } from '../../i18n';
import { pastTime } from '../../i18n/format';
import type { Presence } from '../../store/contacts';
import { minute } from '../clock';

export function presenceText(presence: Presence): string {
  return presence.online
    ? t('presence.online')
    : t('presence.seen', pastTime(presence.last_seen_at, minute.value));
}
