/* The time, for texts like "yesterday": moves once a minute. */
import { signal } from '@preact/signals';

export const minute = signal(Date.now());

setInterval(() => {
  minute.value = Date.now();
}, 60_000);
