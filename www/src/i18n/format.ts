/* Times and days as people write them. */
import { language, t } from '.';

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(time: number, options: Intl.DateTimeFormatOptions): string {
  const key = language.value + JSON.stringify(options);
  let formatter = formats.get(key);
  if (!formatter) formats.set(key, (formatter = new Intl.DateTimeFormat(language.value, options)));
  return formatter.format(time);
}

function dayStart(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/* 0 today, 1 yesterday, …; days with a change of the clock count as one. */
function daysAgo(time: number, now: number): number {
  return Math.round((dayStart(now) - dayStart(time)) / DAY_MS);
}

export function sameDay(one: number, other: number): boolean {
  return dayStart(one) === dayStart(other);
}

/* As a date input has it, by the clock here. */
export function isoDay(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function clockTime(time: number): string {
  return format(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function fullTime(time: number): string {
  return format(time, { dateStyle: 'full', timeStyle: 'short' });
}

/* As exact, where there is little room. */
export function shortTime(time: number): string {
  return format(time, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

/* Exact to the minute, without the year: for what ends soon. */
export function untilTime(time: number): string {
  return format(time, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/* Above what was posted in a month. */
export function monthLabel(time: number): string {
  return format(time, { year: 'numeric', month: 'long' });
}

/* Beside what was posted on it, below its month. */
export function dayOfMonth(time: number): string {
  return format(time, { day: 'numeric' });
}

function calendarDay(time: number, now: number): string {
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(time, { month: 'short', day: 'numeric', ...(thisYear ? {} : { year: 'numeric' }) });
}

/* Above the messages of a day. */
export function dayLabel(time: number, now: number): string {
  const ago = daysAgo(time, now);
  if (ago === 0) return t('time.today');
  if (ago === 1) return t('time.yesterday');
  if (ago > 1 && ago < 7) return format(time, { weekday: 'long' });
  return calendarDay(time, now);
}

/* Beside a conversation: short, and exact enough to order them. */
export function listTime(time: number, now: number): string {
  return daysAgo(time, now) === 0 ? clockTime(time) : dayLabel(time, now);
}

/* In a sentence about when somebody was here. */
export function pastTime(time: number, now: number): string {
  if (now - time < 60_000) return t('time.now');
  const ago = daysAgo(time, now);
  if (ago === 0) return clockTime(time);
  return `${dayLabel(time, now)} ${clockTime(time)}`;
}
