import { expect, test } from 'vitest';
import { spanSentence } from './span-sentence';

const of = (now: bigint, before: bigint, systemSuccessPpm: number | null = 999_000) =>
  spanSentence({ payments: { now, before }, systemSuccessPpm });

test('a span that is over is told by what it held and how that stands to the span before', () => {
  expect(of(0n, 50n, null)).toEqual({ key: 'empty', severity: 'info' });
  expect(of(100n, 0n)).toMatchObject({ key: 'alone' });
  expect(of(104n, 100n)).toMatchObject({ key: 'level' });
  expect(of(125n, 100n)).toMatchObject({ key: 'above', percent: 25 });
  expect(of(60n, 100n)).toMatchObject({ key: 'below', percent: 40 });
});

test('technical failures are worth a word also afterwards', () => {
  expect(of(100n, 100n, 980_000)).toMatchObject({ severity: 'critical' });
});
