import { expect, test } from 'vitest';
import { chosenLocale } from './locale';

test('a chosen language wins, then the browser, then Chinese', () => {
  expect(chosenLocale('en', 'zh-CN')).toBe('en');
  expect(chosenLocale('fr', 'en-GB,en;q=0.9')).toBe('en');
  expect(chosenLocale(undefined, 'fr, en;q=0.4, zh;q=0.8')).toBe('zh-CN');
  expect(chosenLocale(undefined, 'de, zh;q=0')).toBe('zh-CN');
  expect(chosenLocale(undefined, null)).toBe('zh-CN');
});
