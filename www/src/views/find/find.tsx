/* Finding a person by what one knows of them, and asking to be friends. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { useAction } from '../action';
import { AskDialog } from '../person/ask_dialog';
import { PersonRow } from '../person/person_row';
import { Standing } from '../person/standing';
import { useUser } from '../session';
import './find.css';

export function Find() {
  const user = useUser();
  const action = useAction();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<User[] | null>(null);
  const [asking, setAsking] = useState<User | null>(null);
  const search = async (): Promise<void> => {
    setFound(await user.search(query.trim()));
  };
  return (
    <Screen title={t('find.title')} above={{ screen: 'contacts' }}>
      <form
        class="find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() !== '') void action.run(search);
        }}
      >
        <Field
          label={t('find.label')}
          type="search"
          value={query}
          onInput={setQuery}
          autoFocus
          maxLength={64}
          spellcheck={false}
          error={action.problem?.text}
        />
        <Button type="submit" kind="primary" icon="search" busy={action.busy}>
          {t(action.busy ? 'find.busy' : 'find.submit')}
        </Button>
      </form>
      <p class="visually-hidden" role="status">
        {found && t('find.found', found.length)}
      </p>
      {found === null && (
        <Empty icon="search" title={t('find.start.title')} text={t('find.start.text')} />
      )}
      {found?.length === 0 && (
        <Empty icon="person" title={t('find.none.title')} text={t('find.none.text')} />
      )}
      {found && found.length > 0 && (
        <ul class="rows" aria-label={t('find.results')}>
          {found.map((person) => (
            <li key={person.id}>
              <PersonRow person={person}>
                <Standing person={person} onAsk={setAsking} />
              </PersonRow>
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <AskDialog
          person={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </Screen>
  );
}
