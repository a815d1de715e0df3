/* The messages that a search has found, by day; each leads to where it was said. */
import { useEffect } from 'preact/hooks';
import type { Message, SearchPage } from '../../api/chat';
import { Button } from '../../design/button';
import { Waiting } from '../../design/empty';
import { Link } from '../../design/link';
import { moveFocus } from '../../design/roving';
import { errorText, t } from '../../i18n';
import { clockTime, dayLabel, sameDay } from '../../i18n/format';
import { show, type Route } from '../../platform/router';
import type { UserStore } from '../../store/user_store';
import { useAction } from '../action';
import { minute } from '../clock';
import { whoIn } from '../conversation/names';
import { textOf } from '../conversation/cards';
import { useUser } from '../session';
import { excerptOf } from './found';
import { useSearch, type Search } from './use_search';
import './search.css';

interface SearchResultsProps {
  query: string;
  conversation?: number; // only in this one
  /* Stay where one is and let the conversation beside go to the place. */
  stays?: boolean;
}

export function SearchResults({ query, conversation, stays = false }: SearchResultsProps) {
  const user = useUser();
  const search = useSearch(query, conversation);
  const { results, busy, failure } = search;
  useSenders(user, results);
  const count = results?.length ?? 0;
  const Heading = conversation === undefined ? 'h3' : 'h2'; // under that of all messages
  return (
    <div
      class="found"
      onKeyDown={(event) => {
        moveFocus(event, '.found__item');
      }}
    >
      <p class="visually-hidden" role="status">
        {results && !busy && t('search.count', count, search.more)}
      </p>
      {daysOf(results ?? []).map((day) => (
        <section key={day[0]?.seq} class="found__day">
          <Heading class="found__date">{dayLabel(day[0]?.created_at ?? 0, minute.value)}</Heading>
          <ul>
            {day.map((message) => (
              <li key={`${message.conversation_id} ${message.seq}`}>
                <Result
                  message={message}
                  query={query}
                  titled={conversation === undefined}
                  stays={stays}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {busy && <Waiting label={t('search.busy')} />}
      {failure !== null && <p class="found__note">{errorText(failure)}</p>}
      {!busy && failure === null && results && <After search={search} count={count} />}
      {failure !== null && <Button onClick={search.go}>{t('common.retry')}</Button>}
    </div>
  );
}

function After({ search, count }: { search: Search; count: number }) {
  return (
    <>
      {!search.complete && <p class="found__note">{t('search.incomplete')}</p>}
      {count === 0 && !search.more && <p class="found__note">{t('search.none')}</p>}
      {search.more && <Button onClick={search.go}>{t('search.more')}</Button>}
    </>
  );
}

interface ResultProps {
  message: Message;
  query: string;
  titled: boolean; // say in which conversation
  stays: boolean;
}

function Result({ message, query, titled, stays }: ResultProps) {
  const user = useUser();
  const action = useAction();
  const { conversation_id: id, seq, sender_id: sender, created_at: time } = message;
  const head = user.conversations.all.value.get(id)?.head.value;
  const title = head ? user.names.ofConversation(head) : null;
  const name = sender === head?.peer?.id ? user.nameOf(head.peer) : whoIn(user, id)(sender);
  const open = (to: Route): void => {
    void action.run(async () => {
      await user.goTo(id, seq);
      if (!stays) show(to);
    });
  };
  return (
    <Link to={{ screen: 'conversation', id }} open={open} class="found__item">
      {titled && <span class="found__title">{title ?? t('search.hidden')}</span>}
      <span class={titled ? 'found__sender' : 'found__title'}>{name}</span>
      <time class="found__time" dateTime={new Date(time).toISOString()}>
        {clockTime(time)}
      </time>
      <span class="found__text" dir="auto">
        {excerptOf(textOf(message) ?? '', query).map((part, index) =>
          part.found ? <mark key={index}>{part.text}</mark> : part.text,
        )}
      </span>
      {action.problem && (
        <span class="found__problem" role="alert">
          {action.problem.text}
        </span>
      )}
    </Link>
  );
}

function daysOf(results: SearchPage['results']): Message[][] {
  const days: Message[][] = [];
  for (const { message } of results) {
    const day = days.at(-1);
    if (day?.[0] && sameDay(day[0].created_at, message.created_at)) day.push(message);
    else days.push([message]);
  }
  return days;
}

/* Those who said it in groups are known by name, sooner or later. */
function useSenders(user: UserStore, results: SearchPage['results'] | null): void {
  useEffect(() => {
    user.people.need((results ?? []).map(({ message }) => message.sender_id));
  }, [results]);
}
