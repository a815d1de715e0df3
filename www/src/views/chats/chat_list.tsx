/* All conversations, latest first. */
import { useState } from 'preact/hooks';
import { Empty, Waiting } from '../../design/empty';
import { Filter } from '../../design/filter';
import { Link } from '../../design/link';
import { Icon } from '../../design/icons';
import { moveFocus } from '../../design/roving';
import { PaneHead } from '../../design/screen';
import { t } from '../../i18n';
import { route } from '../../platform/router';
import { sectionOf } from '../app/rail';
import { useUser } from '../session';
import { ChatItem } from './chat_item';
import './chat_list.css';

const FILTER_FROM = 7; // fewer are found by looking

export function ChatList() {
  const { conversations } = useUser();
  const [filter, setFilter] = useState('');
  const all = conversations.sorted.value;
  return (
    <>
      <PaneHead title={t('chats.title')}>
        <Link
          to={{ screen: 'new_group' }}
          class="icon-button"
          aria-label={t('new_group.open')}
          title={t('new_group.open')}
        >
          <Icon name="group" size={22} />
        </Link>
        <Link
          to={{ screen: 'find' }}
          class="icon-button"
          aria-label={t('chats.find')}
          title={t('chats.find')}
        >
          <Icon name="add" size={22} />
        </Link>
      </PaneHead>
      {all.length >= FILTER_FROM && (
        <Filter label={t('chats.filter')} value={filter} onInput={setFilter} />
      )}
      <ChatItems filter={filter} />
    </>
  );
}

function ChatItems({ filter }: { filter: string }) {
  const user = useUser();
  const { conversations } = user;
  const all = conversations.sorted.value;
  const current = route.value;
  const open = 'id' in current && sectionOf(current) === 'chats' ? current.id : null;
  if (!conversations.known.value) return <Waiting label={t('common.loading')} />;
  if (all.length === 0) {
    return (
      <Empty icon="chats" title={t('chats.none.title')} text={t('chats.none.text')}>
        <Link to={{ screen: 'find' }} class="button button--primary">
          {t('chats.find')}
        </Link>
      </Empty>
    );
  }
  const wanted = filter.trim().toLocaleLowerCase();
  const shown =
    wanted === ''
      ? all
      : all.filter(({ head }) => {
          const { peer } = head.value;
          const names = [user.names.ofConversation(head.value), peer?.nickname, peer?.username];
          return names.join(' ').toLocaleLowerCase().includes(wanted);
        });
  if (shown.length === 0) return <p class="chat-list__none">{t('chats.no_match')}</p>;
  return (
    <ul
      class="chat-list scroll"
      aria-label={t('chats.list')}
      onKeyDown={(event) => {
        moveFocus(event, '.chat-item');
      }}
    >
      {shown.map((conversation) => (
        <ChatItem
          key={conversation.id}
          conversation={conversation}
          open={conversation.id === open}
        />
      ))}
    </ul>
  );
}
