/* Lines of a menu: each leads somewhere or does something, with an icon and maybe what is so now. */
import type { ComponentChildren } from 'preact';
import type { Route } from '../platform/router';
import { Icon, type IconName } from './icons';
import { Link } from './link';
import './menu.css';

export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <ul class="menu" aria-label={label}>
      {children}
    </ul>
  );
}

interface LineProps {
  icon: IconName;
  children: ComponentChildren;
  value?: ComponentChildren; // what is so now
}

export function MenuLink({ to, icon, children, value }: LineProps & { to: Route }) {
  return (
    <li>
      <Link to={to} class="menu__line">
        <Icon name={icon} size={20} />
        <span class="menu__text">{children}</span>
        {value !== undefined && <span class="menu__value">{value}</span>}
        <Icon name="next" size={16} />
      </Link>
    </li>
  );
}

interface MenuButtonProps extends LineProps {
  onClick: () => void;
  danger?: boolean;
  disabled?: boolean;
  name?: string; // for those who hear it, when the text alone is ambiguous
}

export function MenuButton(props: MenuButtonProps) {
  const { icon, children, value, onClick, danger = false, disabled, name } = props;
  return (
    <li>
      <button
        type="button"
        class={`menu__line ${danger ? 'menu__line--danger' : ''}`}
        disabled={disabled}
        aria-label={name}
        onClick={onClick}
      >
        <Icon name={icon} size={20} />
        <span class="menu__text">{children}</span>
        {value !== undefined && <span class="menu__value">{value}</span>}
      </button>
    </li>
  );
}
