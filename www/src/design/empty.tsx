/* What stands where there is nothing yet: why, and what to do about it. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icons';
import './empty.css';

interface EmptyProps {
  icon: IconName;
  title: string;
  text: string;
  children?: ComponentChildren;
}

export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty__icon">
        <Icon name={icon} size={30} />
      </span>
      <h2 class="empty__title">{title}</h2>
      <p class="empty__text">{text}</p>
      {children}
    </div>
  );
}

export function Waiting({ label }: { label: string }) {
  return (
    <div class="waiting" role="status">
      <span class="waiting__dots" aria-hidden="true" />
      <span class="visually-hidden">{label}</span>
    </div>
  );
}
