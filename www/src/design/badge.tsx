/* How many things wait; nothing when none do. */
import './badge.css';

const MOST = 99;

export function Badge({
  count,
  label,
  muted = false,
}: {
  count: number;
  label: string;
  muted?: boolean;
}) {
  if (count <= 0) return null;
  return (
    <span class={`badge ${muted ? 'badge--muted' : ''}`}>
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span class="visually-hidden">{label}</span>
    </span>
  );
}
