/* The tags that I gave to friends, and who has each. */
import { useState } from 'preact/hooks';
import type { Friend } from '../../api/social';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { language, t } from '../../i18n';
import { FormDialog } from '../form_dialog';
import { Confirm } from '../confirm';
import { PersonRow } from '../person/person_row';
import { TAG_MAX } from '../person/tag_field';
import { useUser } from '../session';
import './tags.css';

export function Tags() {
  const { contacts } = useUser();
  const order = new Intl.Collator(language.value);
  const tags = [...contacts.tags.value].sort(([a], [b]) => order.compare(a, b));
  return (
    <Screen title={t('tags.title')} above={{ screen: 'contacts' }}>
      {tags.length === 0 && (
        <Empty icon="tag" title={t('tags.none.title')} text={t('tags.none.text')} />
      )}
      {tags.map(([tag, friends]) => (
        <TagSection key={tag} tag={tag} friends={friends} />
      ))}
    </Screen>
  );
}

function TagSection({ tag, friends }: { tag: string; friends: readonly Friend[] }) {
  const { contacts } = useUser();
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  return (
    <section class="tag-section" aria-label={tag}>
      <header class="tag-section__head">
        <h2 class="tag-section__name">{tag}</h2>
        <span class="tag-section__count">{t('tags.count', friends.length)}</span>
        <Button
          name={t('tags.rename.name', tag)}
          onClick={() => {
            setAsked('rename');
          }}
        >
          {t('tags.rename')}
        </Button>
        <Button
          kind="danger"
          name={t('tags.delete.name', tag)}
          onClick={() => {
            setAsked('delete');
          }}
        >
          {t('tags.delete')}
        </Button>
      </header>
      <ul class="rows" aria-label={tag}>
        {friends.map(({ user }) => (
          <li key={user.id}>
            <PersonRow person={user} />
          </li>
        ))}
      </ul>
      {asked === 'rename' && <RenameDialog tag={tag} onClose={close} />}
      {asked === 'delete' && (
        <Confirm
          title={t('tags.delete.title', tag)}
          text={t('tags.delete.text')}
          submit={t('tags.delete')}
          onConfirm={() => contacts.renameTag(tag, '')}
          onClose={close}
        />
      )}
    </section>
  );
}

function RenameDialog({ tag, onClose }: { tag: string; onClose: () => void }) {
  const { contacts } = useUser();
  const [name, setName] = useState(tag);
  const rename = async (): Promise<void> => {
    if (name.trim() !== '' && name.trim() !== tag) await contacts.renameTag(tag, name.trim());
  };
  return (
    <FormDialog title={t('tags.rename.title', tag)} onSubmit={rename} onClose={onClose}>
      {(problem) => (
        <Field
          label={t('tags.name')}
          value={name}
          onInput={setName}
          maxLength={TAG_MAX}
          autoFocus
          required
          error={problem?.text}
        />
      )}
    </FormDialog>
  );
}
