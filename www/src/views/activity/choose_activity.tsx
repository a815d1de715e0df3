/* Beside the notifications. */
import { Empty } from '../../design/empty';
import { t } from '../../i18n';

export function ChooseActivity() {
  return <Empty icon="bell" title={t('activity.choose.title')} text={t('activity.choose.text')} />;
}
