import { expect, test } from 'vitest';
import { keptAnswer } from './kept-answer';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('an answer is given as it is, then at once while the next is made, then waited for', async () => {
  let at = 0;
  let made = 0;
  const ask = async () => ++made;
  const given = async (ms: number) => {
    at = ms;
    return await keptAnswer('one', ask, { freshMs: 100, keptMs: 1_000, now: () => at });
  };
  expect(await given(0)).toBe(1);
  expect(await given(99)).toBe(1);
  expect(await given(100)).toBe(1);
  await settled();
  expect(await given(101)).toBe(2);
  expect(await given(2_000)).toBe(3);
});

test('a failure is not kept, and what stood before it stands on', async () => {
  let at = 0;
  const options = { freshMs: 10, keptMs: 100, now: () => at };
  await expect(keptAnswer('two', async () => Promise.reject(new Error('away')), options)).rejects.toThrow('away');
  expect(await keptAnswer('two', async () => 'here', options)).toBe('here');
  at = 50;
  expect(await keptAnswer('two', async () => Promise.reject(new Error('away')), options)).toBe('here');
  await settled();
  expect(await keptAnswer('two', async () => 'again', options)).toBe('here');
});
