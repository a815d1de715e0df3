/* All of what was forwarded as one message, and what is in it in the same way. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { fullTime, untilTime } from '../../i18n/format';
import { enclosedIn } from '../../store/enclosed';
import { EnclosedView } from '../media/enclosed_view';
import {
  contactOf,
  isPicture,
  mergedOf,
  senderOf,
  textOf,
  titleOf,
  type Merged,
  type MergedItem,
} from './cards';
import { ContactCard } from './contact_card';
import { MergedCard } from './merged_card';
import { Text } from './text';
import { useTalk } from './talk';
import './merged_reader.css';

export function MergedReader() {
  const { reading } = useTalk();
  const first = reading.value;
  if (!first) return null;
  const close = (): void => {
    reading.value = null;
  };
  return <Reader first={first} onClose={close} />;
}

function Reader({ first, onClose }: { first: Merged; onClose: () => void }) {
  const { viewing } = useTalk();
  const [path, setPath] = useState<readonly Merged[]>([first]);
  const list = useRef<HTMLOListElement>(null);
  const shown = path.at(-1) ?? first;
  useEffect(() => {
    list.current?.scrollTo(0, 0);
    list.current?.focus();
  }, [shown]);
  const open = (item: MergedItem): void => {
    const items = shown.items.filter(isPicture);
    viewing.value = { items, at: items.indexOf(item) };
  };
  return (
    <Dialog title={titleOf(shown)} onClose={onClose}>
      <ol ref={list} class="merged scroll" tabIndex={0} aria-label={titleOf(shown)}>
        {shown.items.map((item, index) => (
          <Item
            key={index}
            item={item}
            onOpen={() => {
              open(item);
            }}
            onRead={(inner) => {
              setPath([...path, inner]);
            }}
            onLeave={onClose}
          />
        ))}
      </ol>
      <div class="dialog__actions">
        {path.length > 1 && (
          <Button
            icon="back"
            onClick={() => {
              setPath(path.slice(0, -1));
            }}
          >
            {t('nav.back')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.close')}</Button>
      </div>
    </Dialog>
  );
}

interface ItemProps {
  item: MergedItem;
  onOpen: () => void; // in the viewer
  onRead: (merged: Merged) => void;
  onLeave: () => void;
}

function Item({ item, ...on }: ItemProps) {
  const { created_at } = item;
  return (
    <li class="merged__item">
      <span class="merged__name" dir="auto">
        {senderOf(item)}
      </span>
      <time
        class="merged__time"
        dateTime={new Date(created_at).toISOString()}
        title={fullTime(created_at)}
      >
        {untilTime(created_at)}
      </time>
      <div class="merged__said">
        <Said item={item} {...on} />
      </div>
    </li>
  );
}

function Said({ item, onOpen, onRead, onLeave }: ItemProps) {
  const [text, contact, merged] = [textOf(item), contactOf(item), mergedOf(item)];
  const enclosed = enclosedIn(item);
  if (enclosed) return <EnclosedView enclosed={enclosed} seq={null} onOpen={onOpen} active />;
  if (contact !== null) return <ContactCard id={contact} onOpen={onLeave} />;
  if (merged)
    return (
      <MergedCard
        merged={merged}
        onOpen={() => {
          onRead(merged);
        }}
      />
    );
  if (text === null) return <p class="message__note">{t('message.unsupported')}</p>;
  return (
    <div class="message__text" dir="auto">
      <Text text={text} mentioned={[]} />
    </div>
  );
}
