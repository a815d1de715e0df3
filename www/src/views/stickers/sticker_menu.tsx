/* What can be done with a sticker besides sending it at once. */
import type { Sticker } from '../../api/media';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Place } from '../../design/overlay';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';
import { stickerName } from './sticker_button';
import { StickerPicture } from './sticker_picture';

interface StickerMenuProps {
  sticker: Sticker;
  at: Place;
  onSend: (sticker: Sticker) => void;
  onClose: () => void;
}

export function StickerMenu({ sticker, at, onSend, onClose }: StickerMenuProps) {
  const { stickers } = useUser().media;
  const action = useAction();
  const { id } = sticker;
  const favourite = stickers.favourites.value.has(id);
  const own = stickers.shelf.value?.own.some((one) => one.id === id) ?? false;
  const run = (work: () => Promise<void>) => (): void => {
    void action.run(work).then((done) => {
      if (done) onClose();
    });
  };
  const label = t('stickers.options', stickerName(sticker));
  return (
    <Overlay label={label} at={at} onClose={onClose}>
      <div
        class="conversation-menu"
        onKeyDown={(event) => {
          moveFocus(event, '.menu__line');
        }}
      >
        <div class="sticker-menu__picture">
          <StickerPicture
            sticker={sticker}
            choose={(from, still) => (still ? (from.thumbnail_url ?? from.url) : from.url)}
          />
        </div>
        <Menu label={label}>
          <MenuButton
            icon="send"
            onClick={() => {
              onClose();
              onSend(sticker);
            }}
          >
            {t('stickers.send')}
          </MenuButton>
          <MenuButton
            icon="star"
            onClick={run(() => (favourite ? stickers.unfavour(id) : stickers.favour(id)))}
          >
            {t(favourite ? 'stickers.unfavour' : 'stickers.favour')}
          </MenuButton>
          {own && (
            <MenuButton icon="trash" danger onClick={run(() => stickers.remove(id))}>
              {t('stickers.remove')}
            </MenuButton>
          )}
        </Menu>
        {action.problem && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
      </div>
    </Overlay>
  );
}
