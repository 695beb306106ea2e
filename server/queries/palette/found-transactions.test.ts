import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@/server/database';
import { AccountKeys } from '@/server/identity';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { foundTransactions } from './found-transactions';

const UETR = '3f1c8e0a-5b11-4c3e-9d2f-0a1b2c3d9b27';
let home: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 3);
  // Institution 3 has one payment, older than forty of the others under the same end-to-end id and last digits.
  await makeTransactions(home.pool, new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY), [
    { id: 'T-OWN', at: '2026-11-22T03:00:00Z', payer: 3, payee: 1, from: '6222000000001182', minor: 5, uetr: UETR, endToEndId: 'SHARED' },
    ...Array.from({ length: 40 }, (_, n) => ({
      id: `T-${n}`,
      at: `2026-11-23T03:00:${String(n).padStart(2, '0')}Z`,
      payer: 1,
      payee: 2,
      from: `62220000${String(n).padStart(4, '0')}1182`,
      minor: 1,
      endToEndId: 'SHARED',
    })),
  ]);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const found = async (institutionId: number | null, text: string) =>
  (await foundTransactions(testActor(institutionId === null ? {} : { institutionId }), text)).map(({ transactionId }) => transactionId);

test('overseers find the five newest, by whatever names them', async () => {
  const newest = ['T-39', 'T-38', 'T-37', 'T-36', 'T-35'];
  expect(await found(null, 'SHARED')).toEqual(newest);
  expect(await found(null, '1182')).toEqual(newest);
  expect(await found(null, 'T-7')).toEqual(['T-7']);
  expect(await found(null, UETR.toUpperCase())).toEqual(['T-OWN']);
});

test('an institution finds its own payment however many others carry the same id or digits', async () => {
  for (const text of ['SHARED', '1182', 'T-OWN', UETR]) expect(await found(3, text)).toEqual(['T-OWN']);
});

test('an institution does not find what others paid', async () => {
  expect(await found(3, 'T-7')).toEqual([]);
  expect(await found(2, UETR)).toEqual([]);
});

test('what names nothing finds nothing', async () => {
  for (const text of ['', 'T-', '9999', "'; drop table account; --", '%']) expect(await found(null, text)).toEqual([]);
});
