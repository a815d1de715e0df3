/* Narrows a list to what contains the text. */
import { Icon } from './icons';
import './filter.css';

interface FilterProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
}

export function Filter({ label, value, onInput }: FilterProps) {
  return (
    <div class="filter">
      <Icon name="search" size={16} />
      <input
        class="filter__input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onInput={(event) => {
          onInput(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onInput('');
        }}
      />
    </div>
  );
}
