/* Ways through a long conversation: to what was new first, to what names me, and to the end. */
import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { isCounted } from '../../store/stream';
import { useTalk, type Talk } from './talk';
import type { Scroll } from './use_scroll';
import './jumps.css';

interface JumpsProps {
  scroll: Scroll;
  unreadAfter: Signal<number | null>; // the row below which all was new
}

export function Jumps({ scroll, unreadAfter }: JumpsProps) {
  const talk = useTalk();
  const busy = useSignal(false);
  const unread = useUnreadAbove(scroll, unreadAfter.value).value;
  const mentions = useMentions(scroll);
  const [mention] = mentions.seqs.value;
  const below = talk.conversation.head.value.unread;
  const jump = async (find: () => number | Promise<number>): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    scroll.atEnd.value = false; // it no longer follows what comes
    const seq = await find();
    await talk.jump(seq);
    mentions.seqs.value = mentions.seqs.peek().filter((one) => one !== seq); // seen, or gone
    busy.value = false;
  };
  return (
    <>
      {unread && (
        <button
          type="button"
          class="jump jump--up"
          aria-busy={busy.value}
          aria-label={t('jump.unread', unread.count)}
          onClick={() => void jump(() => firstSaid(talk, unread.seq))}
        >
          <Icon name="up" size={18} />
          <span aria-hidden="true">{t('conversation.new', unread.count)}</span>
        </button>
      )}
      <div class="jumps">
        {mention !== undefined && (
          <button
            type="button"
            class="jump"
            aria-busy={busy.value}
            aria-label={t('jump.mention', mentions.seqs.value.length)}
            title={t('jump.mention', mentions.seqs.value.length)}
            onClick={() => void jump(() => mention)}
          >
            <Icon name="at" size={18} />
            <span aria-hidden="true">{mentions.seqs.value.length}</span>
          </button>
        )}
        {!scroll.atEnd.value && (
          <button
            type="button"
            class="jump"
            onClick={() => {
              talk.user.history.toNewest(talk.conversation);
              scroll.atEnd.value = true; // also when the end is only coming
              scroll.toEnd();
            }}
          >
            <Icon name="down" size={18} />
            <span class={below > 0 ? '' : 'visually-hidden'}>
              {below > 0 ? t('conversation.new', below) : t('conversation.to_newest')}
            </span>
          </button>
        )}
      </div>
    </>
  );
}

/* What others said first from this row on. */
async function firstSaid({ user, conversation }: Talk, from: number): Promise<number> {
  await user.history.around(conversation, from);
  for (;;) {
    const { rows, last } = conversation.shown.peek();
    const said = rows.find((row) => row.seq >= from && isCounted(row) && row.sender_id !== user.id);
    if (said || !conversation.excerpt.peek()) return said?.seq ?? from;
    await user.history.newer(conversation);
    if (conversation.shown.peek().last === last) return from;
  }
}

/* Calls `look` after every change of what is in sight. */
function useLook({ list }: Scroll, look: (element: HTMLElement) => void, about: unknown): void {
  const { conversation, user } = useTalk();
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const after = (): void => {
      requestAnimationFrame(() => {
        if (user.environment.attended()) look(element);
      });
    };
    element.addEventListener('scroll', after, { passive: true });
    const unwatch = user.environment.watch(after);
    const stop = conversation.shown.subscribe(after);
    return () => {
      stop();
      unwatch();
      element.removeEventListener('scroll', after);
    };
  }, [conversation, about]);
}

/* What named me when it was not read yet, until it has been in sight: what is above the place where
 * one came in counts as read, and has not been seen nevertheless. */
function useMentions(scroll: Scroll): { seqs: Signal<readonly number[]> } {
  const { conversation } = useTalk();
  const seqs = useSignal<readonly number[]>([]);
  const { mention_seqs } = conversation.head.value;
  useEffect(() => {
    const known = new Set(seqs.peek());
    const more = mention_seqs.filter((seq) => !known.has(seq));
    if (more.length > 0) seqs.value = [...known, ...more].sort((a, b) => a - b);
  }, [mention_seqs]);
  useLook(
    scroll,
    (element) => {
      const left = seqs.peek().filter((seq) => !inSight(element, `[data-seq="${seq}"]`));
      if (left.length < seqs.peek().length) seqs.value = left;
    },
    mention_seqs,
  );
  return { seqs };
}

function inSight(list: Element, selector: string): boolean {
  const box = list.querySelector(selector)?.getBoundingClientRect();
  const { top, bottom } = list.getBoundingClientRect();
  return box !== undefined && box.top < bottom - 16 && box.bottom > top + 16;
}

/* The first of what was new when one began to look, until it has been in sight. */
function useUnreadAbove(
  scroll: Scroll,
  after: number | null,
): Signal<{ seq: number; count: number } | null> {
  const { conversation } = useTalk();
  const above = useSignal<{ seq: number; count: number } | null>(null);
  const seen = useSignal(true);
  const count = useSignal(0);
  useEffect(() => {
    above.value = null;
    seen.value = after === null;
    count.value = conversation.head.peek().unread;
  }, [conversation, after]);
  useLook(
    scroll,
    (element) => {
      const { rows, complete, loaded } = conversation.shown.peek();
      if (after === null || seen.peek() || !loaded) return;
      const here = complete || (rows[0]?.seq ?? Infinity) <= after + 1;
      seen.value = here && inSight(element, '[data-unread]');
      above.value =
        seen.peek() || count.peek() === 0 ? null : { seq: after + 1, count: count.peek() };
    },
    after,
  );
  return above;
}
