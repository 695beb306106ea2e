import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TraceQuestion } from '@/domain/tracing/trace-question';
import { database } from '@/server/database';
import { Conflict, Forbidden, NotFound } from '@/server/errors';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import { freezeRequests } from '@/server/queries/tracing/freeze-requests';
import type { Actor } from '@/server/session';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { answerFreeze } from './answer-freeze';
import { requestFreeze } from './request-freeze';

const NOW = new Date('2026-11-22T05:00:00Z');
const HOUR_MS = 3_600_000;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let regulator: Actor;
let holder: string;
const question = TraceQuestion.parse({
  currency: 'CNY',
  from: [{ kind: 'transaction', transaction: transactionKeyOf('T-1') }],
  untilMs: NOW.getTime(),
});

beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 3);
  const keys = new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY);
  holder = keys.idOf(2, '6217000000000002');
  await makeTransactions(home.pool, keys, [
    { id: 'T-1', at: '2026-11-22T03:00:00Z', payer: 1, payee: 2, minor: 900, from: '6222000000000001', to: '6217000000000002' },
    { id: 'T-2', at: '2026-11-22T04:00:00Z', payer: 2, payee: 3, minor: 900, from: '6217000000000002', to: '6225000000000003' },
    { id: 'T-3', at: '2026-11-22T03:30:00Z', payer: 3, payee: 2, minor: 600, from: '6225000000000004', to: '6217000000000002' },
  ]);
  const user = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ('zhou', 'Zhou Min', 'regulator', '-') returning id`,
  );
  regulator = { ...testActor(), id: user.rows[0].id } as Actor;
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const ask = () => requestFreeze(regulator, question, { account: holder, reason: 'order of the court', answerWithinHours: 4 }, NOW);
const state = async (id: string, afterMs = 0) =>
  (await freezeRequests(regulator, { now: new Date(NOW.getTime() + afterMs) })).find((row) => row.id === id);

test('a request asks for what the trace leaves in the account, and its clock runs until it expires', async () => {
  const { id } = await ask();
  // 900 traced, then 600 others in, then 900 out: FIFO leaves none of it, LIFO 600, pro-rata 360.
  expect(await state(id)).toMatchObject({
    institutionId: 2,
    residualLowMinor: 0n,
    residualHighMinor: 600n,
    state: 'asked',
    leftMs: 4 * HOUR_MS,
  });
  expect(await state(id, 4 * HOUR_MS)).toMatchObject({ state: 'expired', leftMs: 0 });
});

test('acknowledged, then frozen with its amount, and then answered for good', async () => {
  const { id } = await ask();
  await answerFreeze(regulator, { kind: 'acknowledged', id }, NOW);
  await answerFreeze(regulator, { kind: 'frozen', id, frozenMinor: 500n }, new Date(NOW.getTime() + 5 * HOUR_MS));
  expect(await state(id, 9 * HOUR_MS)).toMatchObject({ state: 'frozen', frozenMinor: 500n, leftMs: null });
  await expect(answerFreeze(regulator, { kind: 'refused', id }, NOW)).rejects.toThrow(Conflict);
  const { rows } = await home.pool.query('select action, detail from audit_event where subject_id = $1 order by id', [id]);
  expect(rows.map(({ action, detail }) => [action, detail.late])).toEqual([
    ['freeze.asked', undefined],
    ['freeze.acknowledged', false],
    ['freeze.frozen', true],
  ]);
});

test('nothing is asked where nothing is left, and nobody asks or answers without the permission', async () => {
  const empty = { account: '00000000-0000-4000-8000-00000000dead', reason: 'order of the court', answerWithinHours: 4 };
  await expect(requestFreeze(regulator, question, empty, NOW)).rejects.toThrow(NotFound);
  for (const role of ['admin', 'operator', 'institution'] as const) {
    const other = { ...regulator, role } as Actor;
    await expect(requestFreeze(other, question, { ...empty, account: holder }, NOW)).rejects.toThrow(Forbidden);
    await expect(answerFreeze(other, { kind: 'refused', id: empty.account }, NOW)).rejects.toThrow(Forbidden);
  }
});

test("an institution's own people see the requests put to them and no others", async () => {
  const { id } = await ask();
  const seen = async (institutionId: number) => (await freezeRequests(testActor({ institutionId }), { now: NOW })).map((row) => row.id);
  expect(await seen(2)).toContain(id);
  expect(await seen(3)).toEqual([]);
});
