import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { chooseLanguage, errorText, language, t } from '../src/i18n';
import { en } from '../src/i18n/en';
import { dayLabel, listTime } from '../src/i18n/format';
import { zhCN } from '../src/i18n/zh-CN';

beforeEach(() => {
  language.value = 'en';
});

test('every error code that the API describes has a text in both languages', () => {
  const api = readFileSync('openapi.yaml', 'utf8');
  const responses = /^ {2}responses:\n([\s\S]*?)^ {2}schemas:/m.exec(api)?.[1] ?? '';
  const codes = new Set(
    [...responses.matchAll(/`([a-z_]+)`/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => code !== 'field'),
  );
  assert.ok(codes.size > 15, [...codes].join(' '));
  for (const catalogue of [en, zhCN] as Record<string, unknown>[]) {
    for (const code of codes) assert.equal(typeof catalogue[`error.${code}`], 'string', code);
  }
});

test('the catalogues have the same keys, of the same kind, and no empty text', () => {
  assert.deepEqual(Object.keys(zhCN), Object.keys(en));
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    assert.equal(typeof zhCN[key], typeof en[key], key);
    assert.notEqual(en[key], '', key);
    assert.notEqual(zhCN[key], '', key);
  }
});

test('an unknown code has a text, a known field a more exact one', () => {
  assert.equal(errorText('brand_new'), en['error.internal']);
  assert.equal(errorText('invalid_field', 'bio'), en['error.invalid_field.bio']);
  assert.equal(errorText('invalid_field', 'unheard_of'), en['error.invalid_field']);
});

test('texts follow the language', () => {
  assert.equal(t('conversation.new', 1), '1 new message');
  assert.equal(t('conversation.new', 3), '3 new messages');
  language.value = 'zh-CN';
  assert.equal(t('conversation.new', 3), '3 条新消息');
  assert.equal(errorText('username_taken'), zhCN['error.username_taken']);
});

test('the language is the first wanted one that there is', () => {
  assert.equal(chooseLanguage(['zh-TW', 'en']), 'zh-CN');
  assert.equal(chooseLanguage(['fr', 'en-GB', 'zh']), 'en');
  assert.equal(chooseLanguage(['fr']), 'en');
  assert.equal(chooseLanguage([]), 'en');
});

test('days are named from today backwards', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour, 5).getTime();
  const now = at(23, 12);
  assert.equal(listTime(at(23, 9), now), '09:05');
  assert.equal(dayLabel(at(23, 0), now), 'Today');
  assert.equal(dayLabel(at(22, 23), now), 'Yesterday');
  assert.equal(dayLabel(at(19, 1), now), 'Thursday');
  assert.equal(dayLabel(at(2, 1), now), 'Nov 2');
  assert.equal(dayLabel(new Date(2024, 1, 3).getTime(), now), 'Feb 3, 2024');
  language.value = 'zh-CN';
  assert.equal(dayLabel(at(22, 23), now), '昨天');
  assert.equal(dayLabel(at(2, 1), now), '11月2日');
});
