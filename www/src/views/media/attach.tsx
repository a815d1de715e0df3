/* The way to what is no text: chosen from a menu, pasted, or dropped anywhere on the conversation. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { Icon, type IconName } from '../../design/icons';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Box, type Place } from '../../design/overlay';
import { t } from '../../i18n';
import { placeAt } from '../chats/conversation_menu';
import { CardDialog } from '../conversation/card_dialog';
import { Tray } from './tray';
import './attach.css';

type Way = 'pictures' | 'camera' | 'file';

const WAYS: { way: Way; icon: IconName; accept?: string }[] = [
  { way: 'pictures', icon: 'image', accept: 'image/*,video/*' },
  { way: 'camera', icon: 'camera', accept: 'image/*' },
  { way: 'file', icon: 'file' },
];

interface AttachProps {
  replyTo: number | null;
  onSent: () => void;
}

export function Attach({ replyTo, onSent }: AttachProps) {
  const [menu, setMenu] = useState<Place | null>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [choosing, setChoosing] = useState(false);
  const inputs = useRef(new Map<Way, HTMLInputElement>());
  const last = useRef<Way>('pictures');
  const button = useRef<HTMLButtonElement>(null);
  const add = (more: Iterable<File>): void => {
    setFiles((before) => [...before, ...more]);
  };
  const open = (way: Way): void => {
    last.current = way;
    inputs.current.get(way)?.click();
  };
  const over = useIncoming(button, add);
  const touch = matchMedia('(pointer: coarse)').matches;
  return (
    <>
      <IconButton
        buttonRef={button}
        icon="attach"
        name={t('attach.title')}
        expanded={menu !== null}
        onClick={({ currentTarget }) => {
          setMenu(placeAt(currentTarget.getBoundingClientRect()));
        }}
      />
      {WAYS.map(({ way, accept }) => (
        <input
          key={way}
          ref={(input) => {
            if (input) inputs.current.set(way, input);
          }}
          type="file"
          hidden
          multiple={way !== 'camera'}
          accept={accept}
          capture={way === 'camera' ? 'environment' : undefined}
          aria-label={t(`attach.${way}`)}
          data-way={way}
          onChange={({ currentTarget }) => {
            add([...(currentTarget.files ?? [])]);
            currentTarget.value = ''; // the same one may be chosen again
          }}
        />
      ))}
      {menu !== null && (
        <Overlay
          label={t('attach.title')}
          at={menu}
          onClose={() => {
            setMenu(null);
          }}
        >
          <div class="conversation-menu">
            <Menu label={t('attach.title')}>
              {WAYS.filter(({ way }) => touch || way !== 'camera').map(({ way, icon }) => (
                <MenuButton
                  key={way}
                  icon={icon}
                  onClick={() => {
                    setMenu(null);
                    open(way);
                  }}
                >
                  {t(`attach.${way}`)}
                </MenuButton>
              ))}
              <MenuButton
                icon="card"
                onClick={() => {
                  setMenu(null);
                  setChoosing(true);
                }}
              >
                {t('card.kind')}
              </MenuButton>
            </Menu>
          </div>
        </Overlay>
      )}
      {choosing && (
        <CardDialog
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
      {over && <DropPlace over={over} />}
      {files.length > 0 && (
        <Tray
          files={files}
          replyTo={replyTo}
          onSent={onSent}
          onChange={setFiles}
          onMore={() => {
            open(last.current);
          }}
          onClose={() => {
            setFiles([]);
          }}
        />
      )}
    </>
  );
}

/* All of the conversation takes what is dropped. */
function DropPlace({ over: { left, top, right, bottom } }: { over: Box }) {
  const style = {
    left: `${left}px`,
    top: `${top}px`,
    inlineSize: `${right - left}px`,
    blockSize: `${bottom - top}px`,
  };
  return (
    <div class="drop" style={style} aria-hidden="true">
      <p class="drop__place">
        <span class="drop__sign">
          <Icon name="attach" size={34} />
        </span>
        {t('attach.drop')}
      </p>
    </div>
  );
}

/* Files that are pasted or dropped where the conversation is; while some are held over it, where
 * that is. */
function useIncoming(
  inside: { current: HTMLElement | null },
  onFiles: (files: readonly File[]) => void,
): Box | null {
  const [over, setOver] = useState<Box | null>(null);
  useEffect(() => {
    const talk = inside.current?.closest<HTMLElement>('.talk');
    if (!talk) return undefined;
    const take = (event: Event, data: DataTransfer | null): void => {
      const files = [...(data?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    const pasted = (event: ClipboardEvent): void => {
      // Some programs copy a picture of the text along with the text.
      if (event.clipboardData?.types.includes('text/plain')) return;
      if (talk.contains(event.target as Node) || event.target === document.body)
        take(event, event.clipboardData);
    };
    const isHere = (event: DragEvent): boolean => talk.contains(event.target as Node);
    const held = (event: DragEvent): void => {
      const { dataTransfer } = event;
      if (!dataTransfer?.types.includes('Files')) return;
      event.preventDefault(); // beside it, too: the browser would leave for the file
      if (isHere(event)) setOver(talk.getBoundingClientRect());
      else dataTransfer.dropEffect = 'none';
    };
    const left = (event: DragEvent): void => {
      if (!talk.contains(event.relatedTarget as Node | null)) setOver(null);
    };
    const dropped = (event: DragEvent): void => {
      setOver(null);
      if (isHere(event)) take(event, event.dataTransfer);
      else if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    document.addEventListener('paste', pasted);
    document.addEventListener('dragover', held);
    talk.addEventListener('dragleave', left);
    document.addEventListener('drop', dropped);
    return () => {
      document.removeEventListener('paste', pasted);
      document.removeEventListener('dragover', held);
      talk.removeEventListener('dragleave', left);
      document.removeEventListener('drop', dropped);
    };
  }, []);
  return over;
}
