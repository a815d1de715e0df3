/* Beside a conversation: searching in it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Filter } from '../../design/filter';
import { t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import { Aside } from '../conversation/aside';
import { SearchResults } from './search_results';

export function SearchPart({ conversation: { id } }: { conversation: Conversation }) {
  const [query, setQuery] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('input')?.focus();
  }, []);
  return (
    <Aside conversation={id} title={t('search.inside')}>
      <div ref={box} class="search-part" role="search" aria-label={t('search.inside')}>
        <Filter label={t('search.messages')} value={query} onInput={setQuery} />
      </div>
      {query.trim() !== '' && <SearchResults query={query.trim()} conversation={id} stays />}
    </Aside>
  );
}
