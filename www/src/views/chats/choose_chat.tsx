/* Beside the list, before a conversation was chosen. */
import { Empty } from '../../design/empty';
import { t } from '../../i18n';

export function ChooseChat() {
  return <Empty icon="chats" title={t('chats.choose.title')} text={t('chats.choose.text')} />;
}
