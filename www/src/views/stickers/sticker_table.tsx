/* A choice of stickers: recent ones, favourites, one's own, the packs.  Arrows move, Enter sends. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Sticker, StickerPack } from '../../api/media';
import { Icon, type IconName } from '../../design/icons';
import type { Place } from '../../design/overlay';
import { moveFocus } from '../../design/roving';
import { language, t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { MakeSticker } from './make_sticker';
import { StickerButton } from './sticker_button';
import { StickerMenu } from './sticker_menu';
import { StickerPicture } from './sticker_picture';
import './stickers.css';

interface Section {
  key: string;
  title: string;
  by?: string;
  icon?: IconName; // or the first of them
  stickers: readonly Sticker[];
}

export function StickerTable({ onSend }: { onSend: (sticker: Sticker) => void }) {
  const { stickers } = useUser().media;
  const action = useAction();
  const table = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ sticker: Sticker; at: Place } | null>(null);
  const shelf = stickers.shelf.value;
  useEffect(() => {
    void action.run(() => stickers.refresh());
  }, []);
  const known = shelf !== null;
  useEffect(() => {
    table.current?.querySelector<HTMLElement>('.sticker-choice')?.focus();
  }, [known]);
  if (!shelf)
    return (
      <p class="sticker-table__wait" role="status">
        {action.problem ? action.problem.text : t('common.loading')}
      </p>
    );
  const sections = [
    ...(shelf.recent.length > 0 ? [named('recent', 'waiting', shelf.recent)] : []),
    ...(shelf.favourites.length > 0 ? [named('favourites', 'star', shelf.favourites)] : []),
    named('own', 'person', shelf.own),
    ...shelf.packs.map(packSection),
  ];
  return (
    <>
      <Jumps sections={sections} table={table} />
      <div
        ref={table}
        class="sticker-table scroll"
        onKeyDown={(event) => {
          if (table.current) moveFocus(event, '.sticker-choice', columnsOf(table.current));
        }}
      >
        {sections.map(({ key, title, by, stickers: some }) => (
          <section key={key} class="sticker-section" data-section={key}>
            <h2 class="sticker-section__title">
              {title}
              {by !== undefined && <span class="sticker-section__by">{by}</span>}
            </h2>
            <div class="sticker-section__grid">
              {key === 'own' && <MakeSticker />}
              {some.map((sticker) => (
                <StickerButton
                  key={sticker.id}
                  sticker={sticker}
                  onSend={onSend}
                  onMenu={(at) => {
                    setMenu({ sticker, at });
                  }}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      {menu && (
        <StickerMenu
          {...menu}
          onSend={onSend}
          onClose={() => {
            setMenu(null);
          }}
        />
      )}
    </>
  );
}

function named(
  key: 'recent' | 'favourites' | 'own',
  icon: IconName,
  stickers: readonly Sticker[],
): Section {
  return { key, title: t(`stickers.${key}`), icon, stickers };
}

function packSection({ id, title, author, licence, stickers }: StickerPack): Section {
  const by = t('stickers.by', author, licence);
  return { key: `pack-${id}`, title: title[language.value] ?? title['en'] ?? '', by, stickers };
}

interface JumpsProps {
  sections: readonly Section[];
  table: { current: HTMLElement | null };
}

/* The way to a section, however long the ones before it are. */
function Jumps({ sections, table }: JumpsProps) {
  return (
    <nav
      class="sticker-jumps"
      aria-label={t('stickers.sections')}
      onKeyDown={(event) => {
        moveFocus(event, '.sticker-jump', sections.length);
      }}
    >
      {sections.map(({ key, title, icon, stickers: [first] }) => (
        <button
          key={key}
          type="button"
          class="sticker-jump"
          aria-label={title}
          title={title}
          onClick={() => {
            const section = table.current?.querySelector<HTMLElement>(`[data-section="${key}"]`);
            section?.scrollIntoView({ block: 'start' });
            section?.querySelector<HTMLElement>('.sticker-choice')?.focus({ preventScroll: true });
          }}
        >
          {icon ? <Icon name={icon} size={20} /> : first && <StickerPicture sticker={first} />}
        </button>
      ))}
    </nav>
  );
}

function columnsOf(table: HTMLElement): number {
  const grid = table.querySelector('.sticker-section__grid') ?? table;
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}
