/* Messages that were forwarded as one: how they begin; opens all of them. */
import { t } from '../../i18n';
import { enclosedIn } from '../../store/enclosed';
import { Thumbnail } from '../media/thumbnail';
import { isPicture, lineOf, senderOf, titleOf, type Merged } from './cards';
import './cards.css';

const LINES = 3;
const PICTURES = 4;

interface MergedCardProps {
  merged: Merged;
  active?: boolean; // reached by Tab only while its message is
  onOpen: () => void;
}

export function MergedCard({ merged, active = true, onOpen }: MergedCardProps) {
  const pictures = merged.items.filter(isPicture).slice(0, PICTURES);
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
      {pictures.length > 0 && (
        <span class="card__pictures">
          {pictures.map((item, index) => {
            const enclosed = enclosedIn(item);
            return enclosed && <Thumbnail key={index} enclosed={enclosed} />;
          })}
        </span>
      )}
      <span class="card__kind">{t('merged.count', merged.items.length)}</span>
    </button>
  );
}
