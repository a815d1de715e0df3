/* Choosing the picture above one's own posts, or none. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Place } from '../../design/overlay';
import { moveFocus } from '../../design/roving';
import { errorText, t } from '../../i18n';
import { readImage } from '../../platform/pictures';
import { useAction } from '../action';
import { placeAt } from '../chats/conversation_menu';
import { useUser } from '../session';

export function CoverChoice({ chosen }: { chosen: boolean }) {
  const { moments } = useUser();
  const action = useAction();
  const [unreadable, setUnreadable] = useState(false);
  const [menu, setMenu] = useState<Place | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const put = usePut(() => {
    setUnreadable(true);
  });
  const open = (): void => {
    setUnreadable(false);
    input.current?.click();
  };
  const problem = unreadable ? errorText('bad_media') : action.problem?.text;
  return (
    <div class="cover__choice" aria-busy={action.busy}>
      {problem && (
        <p class="cover__problem" role="alert">
          {problem}
        </p>
      )}
      <IconButton
        icon={action.busy ? 'waiting' : 'camera'}
        size={20}
        name={t(action.busy ? 'cover.busy' : chosen ? 'cover.change' : 'cover.choose')}
        disabled={action.busy}
        expanded={chosen ? menu !== null : undefined}
        onClick={({ currentTarget }) => {
          if (chosen) setMenu(placeAt(currentTarget.getBoundingClientRect()));
          else open();
        }}
      />
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('cover.choose')}
        data-way="cover"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) void action.run(() => put(file));
          currentTarget.value = ''; // the same one may be chosen again
        }}
      />
      {menu && (
        <Overlay
          label={t('cover.change')}
          at={menu}
          onClose={() => {
            setMenu(null);
          }}
        >
          <CoverMenu
            onChoose={() => {
              setMenu(null);
              open();
            }}
            onRemove={() => {
              setMenu(null);
              void action.run(() => moments.setCover(null));
            }}
          />
        </Overlay>
      )}
    </div>
  );
}

function CoverMenu({ onChoose, onRemove }: { onChoose: () => void; onRemove: () => void }) {
  return (
    <div
      class="conversation-menu"
      onKeyDown={(event) => {
        moveFocus(event, '.menu__line');
      }}
    >
      <Menu label={t('cover.change')}>
        <MenuButton icon="image" onClick={onChoose}>
          {t('cover.choose')}
        </MenuButton>
        <MenuButton icon="trash" danger onClick={onRemove}>
          {t('cover.remove')}
        </MenuButton>
      </Menu>
    </div>
  );
}

function usePut(onUnreadable: () => void): (file: File) => Promise<void> {
  const { media, moments } = useUser();
  const abort = useRef(new AbortController());
  useEffect(
    () => () => {
      abort.current.abort();
    },
    [],
  );
  return async (file) => {
    const picture = await readImage(file);
    if (!picture) return onUnreadable();
    const { placeholder, thumbnail, preview } = picture;
    const declared = { purpose: 'image', name: null, type: null, placeholder } as const;
    const made = await media.upload(file, declared, abort.current.signal);
    if (thumbnail) await media.supply(made, 'thumbnail', thumbnail);
    if (preview) await media.supply(made, 'preview', preview);
    await moments.setCover(made.id);
  };
}
