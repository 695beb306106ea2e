import { expect, test } from 'vitest';
import { businessDay } from '../calendar';
import { Law } from '../law';
import { SCHEMES } from './misconduct';
import { plantedId } from './planted-payment';

const QUICK_FROM = Date.parse('2026-11-20T12:00:00+08:00') / 1000;
const law = () => new Law({ seed: 3, meanRate: 0.4, misconduct: { quickFrom: QUICK_FROM } });
const DAY = businessDay(QUICK_FROM);

test('every planted payment is made at its moment, and the same whatever was asked before', () => {
  const [first, second] = [law(), law()];
  const planted = first.misconduct?.ofDay(DAY - 1) ?? [];
  second.misconduct?.ofDay(DAY + 3);
  expect(second.misconduct?.ofDay(DAY - 1)).toEqual(planted);
  for (const { moves } of planted)
    for (const move of moves) {
      const found = [...second.payments(move.second)].filter(({ id }) => id === plantedId(3, move));
      expect(found).toMatchObject([
        { amountMinor: move.amountMinor, payerAccount: move.payer.account, acceptedMs: move.atMs, status: 'succeeded' },
      ]);
    }
});

test('each kind has its turn within a week, a few begin a day, and from the live moment on one every twelve minutes', () => {
  const { misconduct } = law();
  const kinds = new Set(
    Array.from({ length: 7 }, (_, n) => misconduct?.ofDay(DAY - 7 + n) ?? []).flatMap((day) => day.map(({ kind }) => kind)),
  );
  expect([...kinds].sort()).toEqual(SCHEMES.map(({ kind }) => kind).sort());
  expect(misconduct?.ofDay(DAY - 1)).toHaveLength(5);
  const quick = (misconduct?.ofDay(DAY) ?? []).filter(({ fromMs, toMs }) => toMs - fromMs < 720_000);
  expect(quick).toHaveLength(60);
  expect(quick.every(({ fromMs }) => fromMs >= QUICK_FROM * 1000)).toBe(true);
});

test('ids of planted payments meet no other, and payments of a second stay in the order of acceptance', () => {
  const country = law();
  const ids = new Set<string>();
  let count = 0;
  for (let second = QUICK_FROM - 4 * 3_600; second < QUICK_FROM + 3_600; second++) {
    const payments = [...country.payments(second)];
    for (const { id } of payments) ids.add(id);
    count += payments.length;
    const accepted = payments.map(({ acceptedMs }) => acceptedMs);
    expect(accepted).toEqual([...accepted].sort((a, b) => a - b));
  }
  expect(ids.size).toBe(count);
});

test('a country of honest people has none', () => {
  expect(new Law({ seed: 3, meanRate: 0.4 }).misconduct).toBeUndefined();
});
