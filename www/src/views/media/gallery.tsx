/* Beside a conversation: its images and videos by month, and its files, back to the first. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Message } from '../../api/chat';
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { errorText, t } from '../../i18n';
import { monthLabel } from '../../i18n/format';
import type { Conversation } from '../../store/conversations';
import type { Shelf } from '../../store/shelf';
import { Aside } from '../conversation/aside';
import { GalleryFile, GalleryPicture } from './gallery_item';
import { FILES, PICTURES, useShelf } from './use_shelf';
import './gallery.css';

type Kind = 'pictures' | 'files';

const KINDS = { pictures: PICTURES, files: FILES };
const NEAR_END_PX = 600;

export function GalleryPart({ conversation }: { conversation: Conversation }) {
  const [kind, setKind] = useState<Kind>('pictures');
  const shelf = useShelf(conversation, KINDS[kind], 'stream');
  return (
    <Aside conversation={conversation.id} title={t('gallery.title')}>
      <div class="gallery__shelves" role="group" aria-label={t('gallery.title')}>
        {(['pictures', 'files'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class={`chip ${one === kind ? 'chip--on' : ''}`}
            aria-pressed={one === kind}
            onClick={() => {
              setKind(one);
            }}
          >
            {t(`gallery.${one}`)}
          </button>
        ))}
      </div>
      {shelf ? (
        <Growing shelf={shelf}>
          {kind === 'pictures' ? <Pictures shelf={shelf} /> : <Files shelf={shelf} />}
        </Growing>
      ) : (
        <Waiting label={t('common.loading')} />
      )}
    </Aside>
  );
}

/* Asks for more while its end is near. */
function Growing({ shelf, children }: { shelf: Shelf; children: ComponentChildren }) {
  const end = useRef<HTMLDivElement>(null);
  const { rows, complete, busy, failure } = shelf;
  const found = rows.value.length;
  useEffect(() => {
    const element = end.current;
    if (!element || complete.value || failure.value !== null) return undefined;
    // Anew with every page: the end may still be near, and then it does not come nearer.
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void shelf.older();
      },
      { root: element.closest('.scroll'), rootMargin: `${NEAR_END_PX}px` },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [shelf, found, busy.value, complete.value, failure.value]);
  return (
    <>
      {children}
      {found === 0 && complete.value && (
        <Empty icon="image" title={t('gallery.none.title')} text={t('gallery.none.text')} />
      )}
      {failure.value !== null && (
        <div class="gallery__end">
          <p role="alert">{errorText(failure.value)}</p>
          <Button onClick={() => void shelf.older()}>{t('common.retry')}</Button>
        </div>
      )}
      {busy.value && <Waiting label={t('common.loading')} />}
      <div ref={end} />
    </>
  );
}

function Pictures({ shelf }: { shelf: Shelf }) {
  return (
    <>
      {byMonth(shelf.rows.value).map(([month, messages]) => (
        <section key={month} aria-label={month}>
          <h2 class="gallery__month">{month}</h2>
          <ul class="gallery gallery--pictures">
            {messages.map((message) => (
              <GalleryPicture key={message.seq} message={message} shelf={shelf} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Files({ shelf }: { shelf: Shelf }) {
  return (
    <ul class="gallery gallery--files">
      {[...shelf.rows.value].reverse().map((message) => (
        <GalleryFile key={message.seq} message={message} />
      ))}
    </ul>
  );
}

/* The latest month first, and in it the latest picture. */
function byMonth(rows: readonly Message[]): [string, Message[]][] {
  const all = new Map<string, Message[]>();
  for (const row of [...rows].reverse()) {
    const month = monthLabel(row.created_at);
    const those = all.get(month);
    if (those) those.push(row);
    else all.set(month, [row]);
  }
  return [...all];
}
