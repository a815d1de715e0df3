/* Messages that were forwarded as one: how they begin; opens all of them. */
import { t } from '../../i18n';
import { lineOf, senderOf, titleOf, type Merged } from './cards';
import './cards.css';

const LINES = 3;

interface MergedCardProps {
  merged: Merged;
  active?: boolean; // reached by Tab only while its message is
  onOpen: () => void;
}

export function MergedCard({ merged, active = true, onOpen }: MergedCardProps) {
  return (
    <button type="button" class="card" tabIndex={active ? 0 : -1} onClick={onOpen}>
      <span class="card__title" dir="auto">
        {titleOf(merged)}
      </span>
      {merged.items.slice(0, LINES).map((item, index) => (
        <span key={index} class="card__line" dir="auto">
          {t('message.name', senderOf(item), lineOf(item))}
        </span>
      ))}
      <span class="card__kind">{t('merged.count', merged.items.length)}</span>
    </button>
  );
}
