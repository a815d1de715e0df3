/* The messages of a conversation, oldest first, older ones coming as one scrolls up. */
import { useComputed, useSignal, type Signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { errorText, t } from '../../i18n';
import type { Conversation } from '../../store/conversations';
import type { UserStore } from '../../store/user_store';
import { useUser } from '../session';
import { Jumps } from './jumps';
import { useNames } from './names';
import { clickedInList, focusPick, pressedInPicking } from './pick';
import { Row } from './row';
import { useSelecting } from './selection';
import { useTalk } from './talk';
import { buildTimeline } from './timeline';
import { usePlace } from './use_place';
import { pressedInList, usePointing } from './use_pointing';
import { useScroll } from './use_scroll';
import './message_list.css';

export function MessageList({ conversation }: { conversation: Conversation }) {
  const user = useUser();
  const { id, shown, excerpt } = conversation;
  const unreadLine = useUnreadLine(conversation, user);
  const items = useComputed(() => {
    const head = conversation.head.value;
    return buildTimeline(shown.value.rows, excerpt.value ? [] : user.outbox.of(id), {
      me: user.id,
      unreadAfter: unreadLine.after.value,
      peerRead: head.peer_read_seq,
      peerDelivered: head.peer_delivered_seq,
    });
  }).value;
  const { loaded, complete } = shown.value;
  const loading = user.history.loading(id).value;
  const head = conversation.head.value;
  const hint = useId();
  const seen = useRef<{ seq: number; atEnd: boolean } | null>(null);

  const read = (): void => {
    const reached = seen.current;
    if (!reached || excerpt.peek() || !user.environment.attended()) return;
    // At the end everything was seen, rows that only change others included.
    user.read(
      id,
      reached.atEnd ? Math.max(reached.seq, conversation.stream.peek().last) : reached.seq,
    );
  };
  const talk = useTalk();
  const pointing = usePointing(talk);
  const selecting = useSelecting(talk);
  const scroll = useScroll({
    items,
    ready: loaded,
    follows: excerpt.value === null,
    onNearStart: () => {
      if (!user.history.loading(id).peek().failure) void user.history.older(conversation);
    },
    onNearEnd: () => {
      if (!user.history.loading(id).peek().failure) void user.history.newer(conversation);
    },
    onSeen: (seq, end) => {
      seen.current = { seq, atEnd: end };
      read();
      user.history.bound(conversation, end ? null : seq);
    },
  });

  const target = talk.target.value;
  useEffect(() => {
    if (target) scroll.show(target.seq);
  }, [target]);
  usePlace(talk, scroll.list);
  useEffect(() => {
    const [first] = talk.selection.seqs.peek() ?? [];
    if (first !== undefined) focusPick(scroll.list.current, first);
  }, [selecting]);
  const up = ['live', 'polling'].includes(user.connection.state.value);
  useEffect(() => {
    void user.history.open(conversation); // again when the server is back: it may have failed
  }, [conversation, up]);
  useEffect(() => {
    if (user.environment.attended()) user.unmark(conversation);
    return () => {
      user.history.close(conversation);
    };
  }, [conversation]);
  useEffect(
    () =>
      user.environment.watch((change) => {
        if (change !== 'attention' || !user.environment.attended()) return;
        unreadLine.reset();
        user.unmark(conversation);
        read();
      }),
    [conversation],
  );

  const picking = {
    onClick: (event: MouseEvent) => {
      clickedInList(talk, event);
    },
  };
  const name = user.names.ofConversation(head) ?? '';
  const whole = complete && excerpt.value === null;
  useNames(user, conversation, shown.value.rows);
  return (
    <div class={`messages ${selecting ? 'messages--picking' : ''}`}>
      <p id={hint} class="visually-hidden">
        {t('message.hint')}
      </p>
      <div
        ref={scroll.list}
        class="messages__scroll scroll"
        tabIndex={0}
        role="region"
        aria-label={t('conversation.messages', name)}
        aria-describedby={hint}
        onKeyDown={(event) => {
          const far = { Home: scroll.toStart, End: scroll.toEnd }[event.key];
          if (!far) return (selecting ? pressedInPicking : pressedInList)(talk, event);
          event.preventDefault(); // by itself it would glide over all that is not in the document
          far();
        }}
      >
        <div class="messages__content">
          {!loaded && loading.failure === null && <Waiting label={t('common.loading')} />}
          {!loaded && loading.failure !== null && (
            <Empty
              icon="failed"
              title={t('conversation.newest.failed')}
              text={errorText(loading.failure)}
            >
              <Button
                onClick={() => {
                  void user.history.open(conversation);
                }}
              >
                {t('common.retry')}
              </Button>
            </Empty>
          )}
          <div class="messages__top">{loaded && <Top conversation={conversation} />}</div>
          <ol ref={scroll.rows} class="messages__list" {...(selecting ? picking : pointing)}>
            {items.slice(scroll.range.start, scroll.range.end).map((item, index) => (
              <Row
                key={item.key}
                item={item}
                place={{ at: scroll.range.start + index + 1, of: whole ? items.length : null }}
                user={user}
                conversation={conversation}
              />
            ))}
          </ol>
        </div>
      </div>
      <p class="talk-notice" role={talk.notice.value?.bad ? 'alert' : 'status'}>
        {talk.notice.value?.text}
      </p>
      <Jumps scroll={scroll} unreadAfter={unreadLine.after} />
    </div>
  );
}

/* What stands above the oldest row that is loaded. */
function Top({ conversation }: { conversation: Conversation }) {
  const { history } = useUser();
  const loading = history.loading(conversation.id).value;
  if (loading.older) return <Waiting label={t('conversation.older')} />;
  if (conversation.shown.value.complete) {
    return <p class="messages__start">{t('conversation.start')}</p>;
  }
  if (loading.failure === null) return null;
  const retry = (): void => {
    void history.older(conversation);
  };
  return <Button onClick={retry}>{t('conversation.older.retry')}</Button>;
}

/* The line above what was new when one began to look: it stays while one reads. */
function useUnreadLine(
  conversation: Conversation,
  user: UserStore,
): { after: Signal<number | null>; reset: () => void } {
  const current = (): number | null => {
    const head = conversation.head.peek();
    return head.unread > 0 ? head.read_seq : null;
  };
  const after = useSignal(current());
  const sent = user.outbox.of(conversation.id).length;
  useEffect(() => {
    if (sent > 0) after.value = null;
  }, [sent]);
  return {
    after,
    reset: () => {
      after.value = current() ?? after.peek();
    },
  };
}
