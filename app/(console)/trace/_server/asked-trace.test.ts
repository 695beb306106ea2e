import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '@/server/database';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { askedTrace } from './asked-trace';

let home: Awaited<ReturnType<typeof freshDatabase>>;
let account: (institution: number, number: string) => string;
const RANGE = '2026-11-20T00:00~2026-11-21T00:00';

beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  const keys = new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY);
  account = (institution, number) => keys.idOf(institution, number);
  await makeInstitutions(home.pool, 3);
  await home.pool.query(
    `insert into app_user (id, login, display_name, role, password_hash, institution_id) values ($1, 'tester', 'Tester', 'institution', '-', 1)`,
    [testActor().id],
  );
  const payment = {
    at: '2026-11-20T02:00:00Z',
    from: '621700000001',
    to: '621700000002',
    minor: 500,
    status: 'succeeded',
    currency: 'CNY',
  } as const;
  await makeTransactions(home.pool, keys, [
    { ...payment, id: 'OURS', payer: 1, payee: 2 },
    { ...payment, id: 'THEIRS', payer: 2, payee: 3 },
  ]);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const refusals = async () =>
  (await home.pool.query(`select subject_id from audit_event where action = 'trace.refused' order by subject_id`)).rows.map(
    (row: { subject_id: string }) => row.subject_id,
  );

test('an institution’s own people trace their own money; another’s is not found, and that they asked is on record', async () => {
  const own = testActor({ institutionId: 1 });
  const of = (idOrKey: string) => askedTrace(own, { kind: 'transaction', idOrKey }, { range: RANGE });
  const from = (text: string) => askedTrace(own, { kind: 'starts', from: text }, { range: RANGE });
  expect((await of('OURS')).kind).toBe('asked');
  expect((await from(`account:${account(1, '621700000001')}`)).kind).toBe('asked');
  expect(await refusals()).toEqual([]);
  const foreign = account(3, '621700000002');
  expect((await of('THEIRS')).kind).toBe('not-found');
  expect((await from(`account:${account(1, '621700000001')},account:${foreign}`)).kind).toBe('not-found');
  expect((await from(`tx:${transactionKeyOf('THEIRS')}`)).kind).toBe('not-found');
  expect(await refusals()).toEqual([foreign, transactionKeyOf('THEIRS'), 'THEIRS'].sort());
});

test('an overseer’s question is read with its range fixed, and nothing of it is left out', async () => {
  const ask = (params: Record<string, string>) => askedTrace(testActor(), { kind: 'transaction', idOrKey: 'THEIRS' }, params);
  expect((await ask({})).kind).toBe('unbounded');
  expect((await ask({ range: '24h' })).kind).toBe('unbounded');
  const odds: Record<string, string>[] = [
    { hops: '99' },
    { d: 'up' },
    { type: 'nope' },
    { c: 'zzz!' },
    { c: 'kept:nothing' },
    { window: 'soon' },
  ];
  for (const odd of odds) expect((await ask({ range: RANGE, ...odd })).kind).toBe('unreadable');
  const asked = await ask({ range: RANGE, d: 'backward', hops: '3', min: '100', hub: 'none', wait: '60' });
  expect(asked.kind === 'asked' && asked.asked.question).toMatchObject({
    direction: 'backward',
    hops: 3,
    minAmountMinor: 100n,
    hubDegree: null,
    waitLimitMs: 3_600_000,
    currency: 'CNY',
  });
});
