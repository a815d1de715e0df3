/* Whether something is among what was chosen; stands right after its checkbox. */
import { Icon } from './icons';
import './tick.css';

export function Tick() {
  return (
    <span class="tick" aria-hidden="true">
      <Icon name="check" size={16} />
    </span>
  );
}
