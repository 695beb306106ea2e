import { describe, expect, it } from 'vitest';
import { sharedAnswer } from './shared-answer';

describe('a shared answer', () => {
  it('is asked once for the same question and again after two seconds', async () => {
    let asked = 0;
    const ask = async () => ++asked;
    expect(await Promise.all([sharedAnswer('a', ask, 0), sharedAnswer('a', ask, 1999)])).toEqual([1, 1]);
    expect(await sharedAnswer('b', ask, 1999)).toBe(2);
    expect(await sharedAnswer('a', ask, 2000)).toBe(3);
  });

  it('is not kept where it failed', async () => {
    await expect(sharedAnswer('c', async () => await Promise.reject(new Error('down')), 0)).rejects.toThrow('down');
    expect(await sharedAnswer('c', async () => 'up', 1)).toBe('up');
  });

  it('stands although an older asking fails after it', async () => {
    let fail = () => {};
    const older = sharedAnswer('d', () => new Promise((_, reject) => (fail = () => reject(new Error('slow and down')))), 0);
    expect(await sharedAnswer('d', async () => 'newer', 2_000)).toBe('newer');
    fail();
    await expect(older).rejects.toThrow('slow and down');
    expect(await sharedAnswer('d', async () => 'asked needlessly', 2_001)).toBe('newer');
  });
});
