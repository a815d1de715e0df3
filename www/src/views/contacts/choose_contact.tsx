/* Beside the contacts, before one was chosen. */
import { Empty } from '../../design/empty';
import { Link } from '../../design/link';
import { t } from '../../i18n';

export function ChooseContact() {
  return (
    <Empty icon="contacts" title={t('contacts.choose.title')} text={t('contacts.choose.text')}>
      <Link to={{ screen: 'find' }} class="button button--quiet">
        {t('find.title')}
      </Link>
    </Empty>
  );
}
