/* What is no text, in words: for lists, quotes and those who listen. */
import { language, t } from '../../i18n';
import type { Enclosed } from '../../store/enclosed';

export function enclosedText({ kind, body }: Enclosed): string {
  switch (kind) {
    case 'image':
      return t('media.image');
    case 'voice':
      return t('media.voice', lengthText(body.duration_ms ?? 0));
    case 'video':
      return t('media.video', body.duration_ms ? lengthText(body.duration_ms) : '').trim();
    case 'file':
      return t('media.file', nameOf(body));
    case 'sticker':
      return t('media.sticker', body.emoji ?? '').trim();
  }
}

export function nameOf({ name }: { name?: string }): string {
  return name?.trim() || t('media.unnamed');
}

/* 0:07, 12:30, 1:02:03. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const end = String(seconds % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${end}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${end}`;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

export function sizeText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = UNITS[step] ?? 'byte';
  const value = bytes / 1000 ** step;
  const maximumFractionDigits = step === 0 || value >= 100 ? 0 : 1;
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(language.value, options).format(value);
}
