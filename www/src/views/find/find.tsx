/* Finding a person by what one knows of them, and asking to be friends. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { t } from '../../i18n';
import { AskDialog } from '../person/ask_dialog';
import { PersonRow } from '../person/person_row';
import { Standing } from '../person/standing';
import { useUser } from '../session';
import { FindScreen } from './find_screen';

export function Find() {
  const user = useUser();
  const [asking, setAsking] = useState<User | null>(null);
  return (
    <FindScreen
      title={t('find.title')}
      above={{ screen: 'contacts' }}
      label={t('find.label')}
      icon="person"
      start={{ title: t('find.start.title'), text: t('find.start.text') }}
      none={{ title: t('find.none.title'), text: t('find.none.text') }}
      count={(count) => t('find.found', count)}
      search={async (query) => ({ things: await user.search(query), more: false })}
      row={(person) => (
        <PersonRow person={person}>
          <Standing person={person} onAsk={setAsking} />
        </PersonRow>
      )}
    >
      {asking && (
        <AskDialog
          person={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </FindScreen>
  );
}
