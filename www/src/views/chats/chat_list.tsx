/* All conversations, latest first; and what is found of them and in them. */
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
import type { Conversation } from '../../store/conversations';
import { SearchResults } from '../search/search_results';
import { useUser } from '../session';
import { ChatItem } from './chat_item';
import './chat_list.css';

export function ChatList() {
  const { conversations } = useUser();
  const [query, setQuery] = useState('');
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
      {all.length > 0 && (
        <div role="search" aria-label={t('search.label')}>
          <Filter label={t('search.label')} value={query} onInput={setQuery} />
        </div>
      )}
      {query.trim() === '' ? <ChatItems /> : <Found query={query.trim()} />}
    </>
  );
}

function ChatItems() {
  const { conversations } = useUser();
  const all = conversations.sorted.value;
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
  return (
    <div class="chat-list scroll">
      <Items label={t('chats.list')} conversations={all} />
    </div>
  );
}

/* Conversations by name, and messages by what they say. */
function Found({ query }: { query: string }) {
  const user = useUser();
  const wanted = query.toLocaleLowerCase();
  const named = user.conversations.sorted.value.filter(({ head }) => {
    const { peer } = head.value;
    const names = [user.names.ofConversation(head.value), peer?.nickname, peer?.username];
    return names.join(' ').toLocaleLowerCase().includes(wanted);
  });
  return (
    <div class="chat-list scroll">
      {named.length > 0 && (
        <section>
          <h2 class="found__heading">{t('search.chats')}</h2>
          <Items label={t('search.chats')} conversations={named} />
        </section>
      )}
      <section>
        <h2 class="found__heading">{t('search.results')}</h2>
        <SearchResults query={query} />
      </section>
    </div>
  );
}

interface ItemsProps {
  label: string;
  conversations: readonly Conversation[];
}

function Items({ label, conversations }: ItemsProps) {
  const current = route.value;
  const open = 'id' in current && sectionOf(current) === 'chats' ? current.id : null;
  return (
    <ul
      class="chat-list__items"
      aria-label={label}
      onKeyDown={(event) => {
        moveFocus(event, '.chat-item');
      }}
    >
      {conversations.map((conversation) => (
        <ChatItem
          key={conversation.id}
          conversation={conversation}
          open={conversation.id === open}
        />
      ))}
    </ul>
  );
}
