import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countOf } from '@/domain/transactions/transaction-totals';
import { database } from '@/server/database';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import { Sealing } from '@/server/sealing';
import { type MadeTransaction, makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { accountsEndingIn } from './accounts-ending-in';
import { accountsOfNumber } from './accounts-of-number';
import { FOUND_MAX, findTransactions } from './find-transactions';
import { matchingInstitutions } from './matching-institutions';
import { relatedTransactions } from './related-transactions';
import type { TransactionScope } from './transaction-conditions';
import { transactionDetail } from './transaction-detail';
import { transactionMessages } from './transaction-messages';
import { TransactionCursor, transactionRows } from './transaction-rows';
import { transactionTotals } from './transaction-totals';

const overseer = testActor();
const insider = testActor({ institutionId: 1 });
const outsider = testActor({ institutionId: 4 });
const dataAt = new Date('2026-11-23T09:00:00Z');
const wide: TransactionScope = {
  range: { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2026-11-23T10:00:00Z') },
  payerIds: [],
  payeeIds: [],
  institutionIds: [],
  types: [],
  statuses: [],
};
const UETR = '3f1c8e0a-5b11-4c3e-9d2f-0a1b2c3d9b27';

/** Three business days of payments between four institutions; several share one microsecond, so that pages must break ties. */
const made: MadeTransaction[] = Array.from({ length: 240 }, (_, n) => ({
  id: `T${String(n).padStart(5, '0')}`,
  at: `2026-11-${20 + (n % 3) + 1}T0${(n * 7) % 9}:${String((n * 13) % 60).padStart(2, '0')}:00.000${n % 2 ? 5 : 4}5${n % 5}Z`,
  payer: 1 + (n % 3),
  payee: 2 + (n % 2),
  minor: 100 + n,
  from: `62220000000${n % 7}1182`,
  currency: n % 10 === 0 ? 'JPY' : 'CNY',
  type: n % 4 === 0 ? 'barcode' : 'agreement',
  route: n % 20 === 0 ? 'direct' : 'cleared',
  status: (['succeeded', 'succeeded', 'succeeded', 'declined', 'failed', 'unknown', 'received'] as const)[n % 7] as string,
}));
const special: MadeTransaction[] = [
  { id: 'T-UETR', at: '2026-11-22T03:00:00Z', payer: 1, payee: 2, between: 3, minor: 5, uetr: UETR, endToEndId: 'E2E-1' },
  { id: 'T-REFUND', at: '2026-11-23T03:00:00Z', payer: 2, payee: 1, minor: 5, type: 'refund', originalId: 'T-UETR' },
  ...Array.from({ length: FOUND_MAX + 5 }, (_, n) => ({
    id: `T-SAME-${n}`,
    at: `2026-11-21T06:00:${String(n).padStart(2, '0')}Z`,
    payer: 2,
    payee: 3,
    minor: 1,
    endToEndId: 'E2E-SHARED',
  })),
];
const all = [...made, ...special];

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 4);
  await makeTransactions(home.pool, new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY), all);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

async function everyRow(scope: TransactionScope, limit: number, actor = overseer) {
  const rows: Awaited<ReturnType<typeof transactionRows>>['rows'][number][] = [];
  let after: TransactionCursor | null = null;
  do {
    const page = await transactionRows(actor, { scope, after, limit, locale: 'en' });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next === null ? null : TransactionCursor.parse(page.next);
  } while (after);
  return rows;
}

describe('the list', () => {
  test('pages of any size hold every payment once, newest first', async () => {
    for (const limit of [7, 64, 200]) {
      const rows = await everyRow(wide, limit);
      expect(rows.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      expect(
        [...rows]
          .sort((a, b) => (a.acceptedAt < b.acceptedAt ? 1 : a.acceptedAt > b.acceptedAt ? -1 : 0))
          .map(({ acceptedAt }) => acceptedAt),
      ).toEqual(rows.map(({ acceptedAt }) => acceptedAt));
    }
  });

  test('the payments of accounts come in the same order, once, whether paid or received', async () => {
    const { accounts } = await accountsEndingIn(overseer, { digits: '1182', locale: 'en' });
    const scope = { ...wide, accountIds: accounts.map(({ id }) => id) };
    const rows = await everyRow(scope, 11);
    expect(rows.map(({ id }) => id)).toEqual((await everyRow(wide, 200)).map(({ id }) => id));
    expect(await everyRow({ ...wide, accountIds: [] }, 10)).toEqual([]);
  });

  test('whichever institutions are chosen, and in whichever part, it is the same as choosing from the list of everything', async () => {
    const everything = await everyRow(wide, 200);
    const partsOf = new Map(all.map(({ id, payer, payee, between }) => [id, { payer, payee, between }]));
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });
    const chosen = fc.record({ payerIds: ids, payeeIds: ids, institutionIds: ids, intermediaryIds: fc.constantFrom([], [], [3], [2, 3]) });
    await fc.assert(
      fc.asyncProperty(chosen, fc.constantFrom(23, 200), async (choice, limit) => {
        const has = (of: readonly number[], ...parts: readonly (number | undefined)[]) =>
          of.length === 0 || parts.some((part) => part !== undefined && of.includes(part));
        const expected = everything.filter(({ id }) => {
          const { payer, payee, between } = partsOf.get(id) as { payer: number; payee: number; between: number | undefined };
          const any = has(choice.institutionIds, payer, payee, between);
          return any && has(choice.payerIds, payer) && has(choice.payeeIds, payee) && has(choice.intermediaryIds, between);
        });
        expect(await everyRow({ ...wide, ...choice }, limit)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('account numbers are masked in every row', async () => {
    const text = JSON.stringify(await everyRow(wide, 200));
    expect(text).toContain('6222 **** **** 1182');
    expect(/62(?:22|17)0000/.test(text)).toBe(false);
  });

  test('an institution’s own people see the payments it takes part in, and no others', async () => {
    const rows = await everyRow(wide, 200, insider);
    const own = all.filter(({ payer, payee, between }) => [payer, payee, between].includes(1));
    expect(rows.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(await everyRow(wide, 50, outsider)).toEqual([]);
  });
});

describe('totals', () => {
  const scopes: Record<string, Partial<TransactionScope>> = {
    'nothing but a range': {},
    currency: { currency: 'JPY' },
    'type and route': { types: ['barcode'], route: 'direct' },
    status: { statuses: ['unknown'] },
    'succeeded and failed': { statuses: ['succeeded', 'failed'] },
    payer: { payerIds: [1] },
    pair: { payerIds: [1, 2], payeeIds: [3] },
    'an institution that is never between': { institutionIds: [2] },
    'an institution that is between': { institutionIds: [3] },
    'the payment institution in between': { intermediaryIds: [3] },
    'nobody in between that there is': { intermediaryIds: [4] },
    'pair and route': { payerIds: [2], route: 'direct' },
    'not final yet': { final: 'no' },
    'final, of one route': { final: 'yes', route: 'cleared' },
    amounts: { currency: 'CNY', minMinor: 150n, maxMinor: 200n },
    'hours that begin and end anywhere': { range: { from: new Date('2026-11-21T03:13:07Z'), to: new Date('2026-11-23T05:59:59Z') } },
    'half an hour': { range: { from: new Date('2026-11-21T03:13:00Z'), to: new Date('2026-11-21T03:43:00Z') } },
    'an institution with no payments': { payerIds: [4] },
  };

  test.each(Object.entries(scopes))('%s: count and amount equal those of the rows listed, by currency and status', async (_, changes) => {
    const scope = { ...wide, ...changes };
    const totals = await transactionTotals(overseer, { scope, dataAt });
    if (totals.kind !== 'exact') throw new Error('the totals of so few rows are exact');
    const rows = await everyRow(scope, 200);
    expect(countOf(totals.byCurrency)).toBe(BigInt(rows.length));
    for (const total of totals.byCurrency) {
      const of = rows.filter(({ currency }) => currency === total.currency);
      const count = (...statuses: string[]) => BigInt(of.filter(({ status }) => statuses.includes(status)).length);
      const amountMinor = of.filter(({ status }) => status === 'succeeded').reduce((sum, row) => sum + BigInt(row.amountMinor), 0n);
      expect(total).toEqual({
        currency: total.currency,
        succeeded: count('succeeded'),
        declined: count('declined'),
        failed: count('failed'),
        unknown: count('unknown', 'received'),
        amountMinor,
      });
    }
  });

  test('an institution’s own people are told the totals of their own rows', async () => {
    const totals = await transactionTotals(insider, { scope: wide, dataAt });
    expect(totals.kind === 'exact' && countOf(totals.byCurrency)).toBe(BigInt((await everyRow(wide, 200, insider)).length));
  });

  test('roll-ups answer where they can: without the rows the totals are the same', async () => {
    const whole = await transactionTotals(overseer, { scope: { ...wide, payerIds: [1] }, dataAt });
    expect(whole).toMatchObject({ kind: 'exact', from: 'rollup' });
    expect(await transactionTotals(overseer, { scope: { ...wide, currency: 'CNY', minMinor: 1n }, dataAt })).toMatchObject({
      kind: 'exact',
      from: 'rows',
    });
  });
});

describe('finding', () => {
  test('a transaction id, its key, a UETR in any case and an end-to-end id find the payment', async () => {
    for (const id of ['T-UETR', transactionKeyOf('T-UETR'), UETR, UETR.toUpperCase(), 'E2E-1', '  E2E-1 '])
      expect((await findTransactions(overseer, { id })).map((found) => found.id)).toEqual(['T-UETR']);
  });

  test('an id that many payments carry finds a bounded number of them, newest first', async () => {
    const found = await findTransactions(overseer, { id: 'E2E-SHARED' });
    expect(found).toHaveLength(FOUND_MAX);
    expect(found[0]?.id).toBe(`T-SAME-${FOUND_MAX + 4}`);
  });

  test('nonsense finds nothing and harms nothing', async () => {
    for (const id of ['', '\0', "' or 1=1 --", '%', 'ü', 'T-UETR\0', 'x'.repeat(5000), '\ud800'])
      expect(await findTransactions(overseer, { id })).toEqual([]);
  });

  test('nobody finds a payment their institution takes no part in', async () => {
    expect(await findTransactions(outsider, { id: 'T-UETR' })).toEqual([]);
    expect(await transactionDetail(outsider, { idOrKey: 'T-UETR' })).toBeNull();
    expect(await transactionDetail(testActor({ institutionId: 3 }), { idOrKey: 'T-UETR' })).toMatchObject({ id: 'T-UETR' });
  });

  test('a full number finds its account without being stored in the open, last digits find theirs', async () => {
    const accounts = await accountsOfNumber(overseer, { number: '6222000000001182' });
    const keys = new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY as string);
    // The same number is known at three institutions: three accounts.
    expect([...accounts].sort()).toEqual([1, 2, 3].map((institution) => keys.idOf(institution, '6222000000001182')).sort());
    expect(await accountsOfNumber(outsider, { number: '6222000000001182' })).toEqual([]);
    const { accounts: ending, isCut } = await accountsEndingIn(insider, { digits: '1182', locale: 'zh-CN' });
    expect(isCut).toBe(false);
    expect(new Set(ending.map(({ institution }) => institution))).toEqual(new Set(['测1']));
  });

  test('institutions are found by code and by either name', async () => {
    for (const text of ['t0002', '测试银行2', 'test 2'])
      expect((await matchingInstitutions(overseer, { text, locale: 'en' }))[0]).toEqual({ id: 2, code: 'T0002', name: 'Test 2' });
    expect(await matchingInstitutions(overseer, { text: '%_', locale: 'en' })).toEqual([]);
  });
});

describe('one payment', () => {
  test('a refund and its original lead to each other', async () => {
    const original = await transactionDetail(overseer, { idOrKey: 'T-UETR' });
    const refund = await transactionDetail(overseer, { idOrKey: transactionKeyOf('T-REFUND') });
    if (!original || !refund) throw new Error('both are stored');
    expect((await relatedTransactions(overseer, { transaction: original })).refunds.map(({ id }) => id)).toEqual(['T-REFUND']);
    expect((await relatedTransactions(overseer, { transaction: refund })).original?.id).toBe('T-UETR');
  });

  test('a message kept whole is shown with its account numbers masked, to overseers and to whoever sent it', async () => {
    const transaction = await transactionDetail(overseer, { idOrKey: 'T-UETR' });
    if (!transaction) throw new Error('it is stored');
    const batch = await home.pool.query<{ id: string }>(
      `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt)
       values (2, 'iso20022', 'a message', '', 1, 0, 0, '')
       returning id`,
    );
    const sealing = new Sealing(process.env.HEADWATER_ACCOUNT_KEY as string, 'message cipher');
    await home.pool.query(
      `insert into raw_message (batch_id, line_no, transaction_key, content_type, body_cipher)
       values ($1, 1, $2, 'application/xml', $3)`,
      [
        batch.rows[0]?.id,
        transaction.key,
        sealing.seal('<Document><DbtrAcct><Id><Othr><Id>6222000000001182</Id></Othr></Id></DbtrAcct></Document>'),
      ],
    );
    for (const reader of [overseer, testActor({ institutionId: 2 })]) {
      const [message] = await transactionMessages(reader, { transaction });
      expect(message?.body).toContain('<Id>6222 **** **** 1182</Id>');
    }
    // A party to the payment, but not the sender of this message.
    expect(await transactionMessages(insider, { transaction })).toEqual([]);
  });
});
