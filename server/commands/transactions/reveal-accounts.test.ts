import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Role } from '@/domain/permissions';
import { database } from '@/server/database';
import { Forbidden, NotFound } from '@/server/errors';
import { AccountKeys, transactionKeyOf } from '@/server/identity';
import type { Actor } from '@/server/session';
import { makeTransactions } from '@/server/testing/clearing-rows';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { makeInstitutions } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { revealAccounts } from './reveal-accounts';

let home: Awaited<ReturnType<typeof freshDatabase>>;
let regulator: Actor;
const input = { transactionKey: transactionKeyOf('T-1') as string, reason: 'case 2026-118, request of the court' };

beforeAll(async () => {
  home = await freshDatabase();
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 3);
  await makeTransactions(home.pool, new AccountKeys(process.env.HEADWATER_ACCOUNT_KEY), [
    { id: 'T-1', at: '2026-11-22T03:00:00Z', payer: 1, payee: 2, minor: 5, from: '6222021234561182', to: '6217009876544471' },
  ]);
  const user = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ('zhou', 'Zhou Min', 'regulator', '-') returning id`,
  );
  regulator = { ...testActor(), id: user.rows[0].id } as Actor;
});
beforeEach(async () => {
  await home.pool.query('alter table audit_event disable trigger user');
  await home.pool.query('delete from audit_event');
  await home.pool.query('alter table audit_event enable trigger user');
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const audited = async () =>
  (await home.pool.query('select actor_id, action, subject_type, subject_id, detail from audit_event order by id')).rows;

test('both numbers are opened, and each opening is a line of the audit log that does not repeat the number', async () => {
  expect(await revealAccounts(regulator, input)).toEqual({ payer: '6222021234561182', payee: '6217009876544471' });
  const lines = await audited();
  expect(lines.map(({ actor_id, action, detail }) => [actor_id, action, detail.side, detail.reason])).toEqual([
    [regulator.id, 'account.revealed', 'payer', input.reason],
    [regulator.id, 'account.revealed', 'payee', input.reason],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/6222021234561182|6217009876544471/);
});

test('where the audit line cannot be written there is no number', async () => {
  const nobody = { ...regulator, id: '00000000-0000-4000-8000-00000000dead' } as Actor;
  await expect(revealAccounts(nobody, input)).rejects.toThrow();
  expect(await audited()).toEqual([]);
});

test('without a reason there is no number', async () => {
  for (const reason of ['', '   ', 'abc', 'x'.repeat(201), 'court\0order'])
    await expect(revealAccounts(regulator, { ...input, reason })).rejects.toThrow();
  expect(await audited()).toEqual([]);
});

test('roles that may not reveal are refused, and payments one may not see are not found', async () => {
  for (const role of ['admin', 'operator', 'institution'] satisfies Role[])
    await expect(revealAccounts({ ...regulator, role }, input)).rejects.toThrow(Forbidden);
  await expect(revealAccounts({ ...regulator, institutionId: 3 }, input)).rejects.toThrow(NotFound);
  await expect(revealAccounts(regulator, { ...input, transactionKey: transactionKeyOf('T-2') })).rejects.toThrow(NotFound);
  expect(await audited()).toEqual([]);
});
