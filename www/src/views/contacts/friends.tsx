/* The friends themselves: all of them or those with a tag, by letter, with a way to jump. */
import { useRef, useState } from 'preact/hooks';
import type { Friend } from '../../api/social';
import { Avatar } from '../../design/avatar';
import { Empty, Waiting } from '../../design/empty';
import { Icon } from '../../design/icons';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { byInitial, OTHER } from '../../i18n/initial';
import { route, show } from '../../platform/router';
import { presenceText } from '../person/presence';
import { useUser } from '../session';
import '../person/tag_field.css';

const LETTERS_FROM = 12; // fewer friends are found by looking

export function Friends({ filter }: { filter: string }) {
  const user = useUser();
  const { contacts } = user;
  const [tag, setTag] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  if (!contacts.known.value) return <Waiting label={t('common.loading')} />;
  const tags = [...contacts.tags.value.keys()].sort();
  const chosen = tag !== null && tags.includes(tag) ? tag : null;
  const friends = [...contacts.friends.value.values()];
  if (friends.length === 0) {
    return (
      <Empty icon="contacts" title={t('contacts.none.title')} text={t('contacts.none.text')} />
    );
  }
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = friends.filter(
    ({ user: { nickname, username }, remark, tags: own }) =>
      (chosen === null || own.includes(chosen)) &&
      `${remark} ${nickname} ${username}`.toLocaleLowerCase().includes(wanted),
  );
  const sections = byInitial(shown, (friend) => user.nameOf(friend.user));
  const jump = (letter: string): void => {
    const section = list.current?.querySelector(`[data-letter="${letter}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('.contact-item')?.focus({ preventScroll: true });
  };
  return (
    <div class="friends" ref={list}>
      {tags.length > 0 && <TagChips tags={tags} chosen={chosen} onChoose={setTag} />}
      <div class="friends__body" role="group" aria-label={t('contacts.list')}>
        {sections.map(({ letter, items }) => (
          <section
            key={letter}
            data-letter={letter}
            aria-label={letter === OTHER ? t('contacts.other') : letter}
          >
            <h2 class="friends__letter" aria-hidden="true">
              {letter}
            </h2>
            <ul>
              {items.map((friend) => (
                <FriendItem key={friend.user.id} friend={friend} />
              ))}
            </ul>
          </section>
        ))}
        <p class="friends__count" role="status">
          {shown.length === 0 ? t('contacts.no_match') : t('contacts.count', shown.length)}
        </p>
      </div>
      {shown.length >= LETTERS_FROM && (
        <Letters letters={sections.map(({ letter }) => letter)} onJump={jump} />
      )}
    </div>
  );
}

interface TagChipsProps {
  tags: readonly string[];
  chosen: string | null;
  onChoose: (tag: string | null) => void;
}

function TagChips({ tags, chosen, onChoose }: TagChipsProps) {
  const chip = (tag: string | null, text: string) => (
    <button
      key={tag ?? ''}
      type="button"
      class="chip"
      aria-pressed={chosen === tag}
      onClick={() => {
        onChoose(tag);
      }}
    >
      {text}
    </button>
  );
  return (
    <div class="friends__tags" role="group" aria-label={t('tags.filter')}>
      {chip(null, t('tags.all'))}
      {tags.map((tag) => chip(tag, tag))}
      <Link to={{ screen: 'tags' }} class="chip" aria-label={t('tags.edit')} title={t('tags.edit')}>
        <Icon name="edit" size={14} />
      </Link>
    </div>
  );
}

/* One stop of the tab key; the arrow keys move among the letters. */
function Letters({ letters, onJump }: { letters: string[]; onJump: (letter: string) => void }) {
  return (
    <div
      class="letters"
      role="toolbar"
      aria-orientation="vertical"
      aria-label={t('contacts.letters')}
      onKeyDown={(event) => {
        moveFocus(event, '.letters__one');
        event.stopPropagation();
      }}
    >
      {letters.map((letter, index) => (
        <button
          key={letter}
          type="button"
          class="letters__one"
          tabIndex={index === 0 ? 0 : -1}
          aria-label={t('contacts.letter', letter)}
          onClick={() => {
            onJump(letter);
          }}
        >
          {letter}
        </button>
      ))}
    </div>
  );
}

function FriendItem({ friend: { user: person } }: { friend: Friend }) {
  const user = useUser();
  const presence = user.presenceOf(person.id);
  const online = presence?.online ?? false;
  const blocked = user.contacts.blocks.value.has(person.id);
  const current = route.value;
  const open = current.screen === 'person' && current.id === person.id;
  return (
    <li>
      <Link
        to={{ screen: 'person', id: person.id }}
        open={show}
        class="contact-item"
        aria-current={open ? 'page' : undefined}
      >
        <Avatar user={person} online={online} />
        <span class="contact-item__text">
          <span class="contact-item__name">{user.nameOf(person)}</span>
          {(blocked || presence) && (
            <span class={`contact-item__more ${online ? 'contact-item__more--online' : ''}`}>
              {blocked ? t('contacts.blocked') : presence && presenceText(presence)}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
