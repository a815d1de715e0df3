/* Something that is on or off, and changes at once. */
import './switch.css';

interface SwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
  disabled?: boolean;
}

export function Switch({ label, checked, onChange, hint, disabled }: SwitchProps) {
  return (
    <label class="switch">
      <span class="switch__text">
        <span>{label}</span>
        {hint && <span class="switch__hint">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        class="switch__input"
        checked={checked}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <span class="switch__track" aria-hidden="true" />
    </label>
  );
}
