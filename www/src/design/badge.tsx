/* How many things wait; a dot when it is only known that something does, nothing when nothing. */
import './badge.css';

const MOST = 99;

export function Badge({
  count,
  label,
  muted = false,
  dot = false,
}: {
  count: number;
  label: string;
  muted?: boolean;
  dot?: boolean;
}) {
  if (count <= 0 && !dot) return null;
  return (
    <span class={`badge ${muted ? 'badge--muted' : ''} ${count > 0 ? '' : 'badge--dot'}`}>
      {count > 0 && <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>}
      <span class="visually-hidden">{label}</span>
    </span>
  );
}
