/* Buttons: one that says what it does, and one that shows it by an icon and has a name. */
import type { ComponentChildren, Ref, TargetedMouseEvent } from 'preact';
import { Icon, type IconName } from './icons';
import './button.css';

interface Common {
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
  disabled?: boolean;
  type?: 'button' | 'submit';
  class?: string;
}

interface ButtonProps extends Common {
  kind?: 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  name?: string; // for those who hear it, when the text alone is ambiguous
  busy?: boolean;
  children: ComponentChildren;
}

export function Button({
  kind = 'quiet',
  icon,
  name,
  busy = false,
  disabled,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={name}
      aria-busy={busy}
      disabled={disabled || busy}
      class={`button button--${kind} ${rest.class ?? ''}`}
    >
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Common {
  icon: IconName;
  name: string;
  size?: number;
  expanded?: boolean;
  controls?: string;
  pressed?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  name,
  size = 22,
  expanded,
  controls,
  pressed,
  buttonRef,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      ref={buttonRef}
      type={type}
      aria-label={name}
      title={name}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-pressed={pressed}
      class={`icon-button ${rest.class ?? ''}`}
    >
      <Icon name={icon} size={size} />
    </button>
  );
}
