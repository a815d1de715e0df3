/* Texts in the language of the person.  t() reads a signal: what calls it while rendering renders
 * again when the language changes. */
import { signal } from '@preact/signals-core';
import { en, type Catalogue } from './en';
import { zhCN } from './zh-CN';

export type Language = 'zh-CN' | 'en';

export const LANGUAGES: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' };

const CATALOGUES: Record<Language, Catalogue> = { 'zh-CN': zhCN, en };

export const language = signal<Language>('en');

type Arguments<Key extends keyof Catalogue> = Catalogue[Key] extends (...args: infer Args) => string
  ? Args
  : [];

export function t<Key extends keyof Catalogue>(key: Key, ...args: Arguments<Key>): string {
  const entry = CATALOGUES[language.value][key] as string | ((...args: unknown[]) => string);
  return typeof entry === 'string' ? entry : entry(...args);
}

/* What an error code of the API means, more exactly for a field when there is such a text. */
export function errorText(code: string, field?: string | null): string {
  const catalogue = CATALOGUES[language.value] as Record<string, unknown>;
  const text = catalogue[`error.${code}.${field ?? ''}`] ?? catalogue[`error.${code}`];
  return typeof text === 'string' ? text : t('error.internal');
}

/* The first of the person's languages that there is a catalogue for. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
