import { expect, test } from 'vitest';
import { joinMessages, pickMessages } from './pick-messages';

const messages = { a: { b: 'ab', c: { d: 'acd', e: 'ace' } }, f: { g: 'fg' } };

test('what is picked stands where it stood, and nothing else comes along', () => {
  expect(pickMessages(messages, ['a.b', 'a.c.d', 'nowhere.at.all', 'a.b.deeper'])).toEqual({ a: { b: 'ab', c: { d: 'acd' } } });
  expect(pickMessages(messages, ['a.c', 'f'])).toEqual({ a: { c: { d: 'acd', e: 'ace' } }, f: { g: 'fg' } });
});

test('parts of one namespace that are sent apart are one namespace again', () => {
  expect(joinMessages(pickMessages(messages, ['a.c', 'f']), pickMessages(messages, ['a.b']))).toEqual(messages);
});
