/* The icons, drawn on a grid of 24 with one stroke.  They say nothing by themselves: whatever
 * holds one has a name. */
import './icons.css';

const PATHS = {
  chats:
    'M12 4c4.7 0 8.5 3.1 8.5 7.1s-3.8 7.1-8.5 7.1c-1 0-2-.1-2.9-.4L4.8 19.6l1.3-3.4C4.5 14.9 3.5 13.1 3.5 11.1 3.5 7.1 7.3 4 12 4Z',
  contacts:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 19.5c.4-3.2 3-5.3 6.2-5.3s5.8 2.1 6.2 5.3M16 4.9a3.3 3.3 0 0 1 0 6.2M18 14.6c1.800.8 3 2.5 3.2 4.9',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.8 20c.5-3.6 3.5-6 7.2-6s6.7 2.4 7.2 6',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  add: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20c.5-3.6 3.3-6 7-6 1.3 0 2.500.3 3.500.8M18 14v6M15 17h6',
  send: 'M4.5 12L3.8 5.3c-.1-.8.7-1.4 1.4-1.1l15 7c.7.300.7 1.3 0 1.6l-15 7c-.7.3-1.5-.3-1.4-1.1L4.5 12Zm0 0H12',
  smile:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.7v.6M15 9.7v.6',
  more: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11.3v4.7M12 8v.2',
  down: 'M12 5v14M6 13l6 6 6-6',
  sent: 'M5.5 12.5L10 17l9-10',
  delivered: 'M1.5 12.5l4.5 4.5L15 7M11.5 15.5L13 17l9-10',
  waiting: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2',
  failed: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5v5.5M12 16.2v.2',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 3.5v4.2h-4.2',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  next: 'M9 5l7 7-7 7',
  sliders:
    'M4 7h9M17 7h3M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM4 17h3M11 17h9M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  leave:
    'M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10.5 12H20M16.5 8.5L20 12l-3.5 3.5',
  offline:
    'M4 4l16 16M8.5 15.5a5 5 0 0 1 6 -.8M5.5 12a9.5 9.5 0 0 1 4-2.3M14 9.3a9.5 9.5 0 0 1 4.5 2.7M3 8.5a13.5 13.5 0 0 1 3.5-2.3M10.5 5a13.5 13.5 0 0 1 10.5 3.5M12 19v.2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  eyeOff:
    'M4 4l16 16M9.5 5.9c.8-.3 1.6-.4 2.5-.4 6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M6 7.5A16 16 0 0 0 2.5 12S6 18.5 12 18.5c1.5 0 2.8-.4 4-1M9.9 9.9a3 3 0 0 0 4.2 4.2',
  bell: 'M6.5 16.5V11a5.5 5.5 0 1 1 11 0v5.5l1.5 1.5H5l1.5-1.5ZM10 20.5h4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo({ size = 40 }: { size?: number }) {
  return <img src="icon.svg" width={size} height={size} alt="" class="logo" />;
}
