/* All of what was forwarded as one message, and what is in it in the same way. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { fullTime, untilTime } from '../../i18n/format';
import {
  contactOf,
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
  const [path, setPath] = useState<readonly Merged[]>([first]);
  const list = useRef<HTMLOListElement>(null);
  const shown = path.at(-1) ?? first;
  useEffect(() => {
    list.current?.scrollTo(0, 0);
    list.current?.focus();
  }, [shown]);
  return (
    <Dialog title={titleOf(shown)} onClose={onClose}>
      <ol ref={list} class="merged scroll" tabIndex={0} aria-label={titleOf(shown)}>
        {shown.items.map((item, index) => (
          <Item
            key={index}
            item={item}
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
  onRead: (merged: Merged) => void;
  onLeave: () => void;
}

function Item({ item, onRead, onLeave }: ItemProps) {
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
        <Said item={item} onRead={onRead} onLeave={onLeave} />
      </div>
    </li>
  );
}

function Said({ item, onRead, onLeave }: ItemProps) {
  const [text, contact, merged] = [textOf(item), contactOf(item), mergedOf(item)];
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
