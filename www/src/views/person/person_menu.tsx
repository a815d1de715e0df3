/* What can be done about a person beside talking to them. */
import { useState } from 'preact/hooks';
import type { User } from '../../api/account';
import { Menu, MenuButton, MenuLink } from '../../design/menu';
import { t } from '../../i18n';
import { ShareContact } from '../forward/share_contact';
import { Confirm } from '../confirm';
import { HidingSwitches } from '../moments/hiding';
import { useUser } from '../session';
import { NoteDialog } from './note_dialog';

export function PersonMenu({ person }: { person: User }) {
  const user = useUser();
  const { contacts } = user;
  const [sent, setSent] = useState('');
  const [asked, setAsked] = useState<'note' | 'share' | 'block' | 'delete' | null>(null);
  if (person.id === user.id) return null;
  const friend = contacts.friends.value.get(person.id);
  const blocked = contacts.blocks.value.has(person.id);
  const name = user.nameOf(person);
  const close = (): void => {
    setAsked(null);
  };
  const ask = (what: 'note' | 'share' | 'block' | 'delete') => () => {
    setSent('');
    setAsked(what);
  };
  return (
    <>
      {friend && (
        <section class="person__moments" aria-label={t('hiding.title')}>
          <Menu label={t('hiding.title')}>
            <MenuLink to={{ screen: 'album', id: person.id }} icon="moments">
              {t('album.open')}
            </MenuLink>
          </Menu>
          <HidingSwitches person={person} />
        </section>
      )}
      <Menu label={t('person.actions')}>
        {friend && (
          <MenuButton icon="edit" onClick={ask('note')}>
            {t('person.note')}
          </MenuButton>
        )}
        {!blocked && (
          <MenuButton icon="card" onClick={ask('share')}>
            {t('card.share')}
          </MenuButton>
        )}
        {!blocked && (
          <MenuButton icon="block" danger onClick={ask('block')}>
            {t('person.block')}
          </MenuButton>
        )}
        {friend && (
          <MenuButton icon="trash" danger onClick={ask('delete')}>
            {t('person.delete')}
          </MenuButton>
        )}
      </Menu>
      <p role="status" class="form__done">
        {sent}
      </p>
      {asked === 'share' && <ShareContact person={person} onSent={setSent} onClose={close} />}
      {asked === 'note' && friend && <NoteDialog friend={friend} onClose={close} />}
      {asked === 'block' && (
        <Confirm
          title={t('person.block.title', name)}
          text={t('person.block.text')}
          submit={t('person.block')}
          onConfirm={() => contacts.block(person.id)}
          onClose={close}
        />
      )}
      {asked === 'delete' && (
        <Confirm
          title={t('person.delete.title', name)}
          text={t('person.delete.text')}
          submit={t('person.delete')}
          onConfirm={() => contacts.remove(person.id)}
          onClose={close}
        />
      )}
    </>
  );
}
