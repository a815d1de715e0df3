/* Whom I have blocked, and the way back. */
import type { Block } from '../../api/social';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { listTime } from '../../i18n/format';
import { useAction } from '../action';
import { minute } from '../clock';
import { PersonRow } from '../person/person_row';
import { useUser } from '../session';

export function Blocks() {
  const { contacts } = useUser();
  const blocks = [...contacts.blocks.value.values()].sort((a, b) => b.created_at - a.created_at);
  return (
    <Screen title={t('blocks.title')} above={{ screen: 'contacts' }}>
      {blocks.length === 0 && (
        <Empty icon="block" title={t('blocks.none.title')} text={t('blocks.none.text')} />
      )}
      {blocks.length > 0 && (
        <ul class="rows" aria-label={t('blocks.title')}>
          {blocks.map((block) => (
            <Blocked key={block.user.id} block={block} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

function Blocked({ block: { user: person, created_at } }: { block: Block }) {
  const user = useUser();
  const action = useAction();
  return (
    <li>
      <PersonRow person={person} text={t('blocks.since', listTime(created_at, minute.value))}>
        <Button
          busy={action.busy}
          name={t('person.unblock.name', user.nameOf(person))}
          onClick={() => {
            void action.run(() => user.contacts.unblock(person.id));
          }}
        >
          {t('person.unblock')}
        </Button>
      </PersonRow>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </li>
  );
}
