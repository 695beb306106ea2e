import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAuditFilter } from '@/domain/evidence/audit-filter';
import { openCase } from '@/server/commands/cases/open-case';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { auditRow } from './audit-row';
import { auditRows } from './audit-rows';

let home: Awaited<ReturnType<typeof freshDatabase>>;
let actors: Actor[] = [];
let no = '';

beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  const { rows } = await home.pool.query(
    `insert into app_user (login, display_name, role, password_hash)
     values ('a', 'Ann', 'regulator', '-'), ('b', 'Bo', 'admin', '-'), ('c', 'Cy', 'regulator', '-') returning id, role`,
  );
  actors = rows.map(({ id, role }) => ({ ...testActor(), id, role }) as Actor);
  no = (await openCase(actors[0] as Actor, { title: 'Round tripping', supervisorId: null })).no;
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

const listed = async (actor: Actor | undefined, search: Record<string, string> = {}) =>
  (await auditRows(actor as Actor, { filter: parseAuditFilter(search).filter, range: null, before: null })).rows;

test('what the log says of a case is for who is on it; others see that something was done, and not to which', async () => {
  const [lead, admin, outside] = actors;
  const [open] = await listed(lead);
  expect(open).toMatchObject({ action: 'case.opened', subjectId: no, isWithheld: false });
  for (const stranger of [admin, outside]) {
    expect(await listed(stranger)).toMatchObject([{ action: 'case.opened', subjectId: '', detail: {}, isWithheld: true }]);
    expect(await auditRow(stranger as Actor, { id: open?.id as string })).toMatchObject({ subjectId: '', detail: {}, isWithheld: true });
    expect(await listed(stranger, { subject: `case:${no}` })).toEqual([]);
  }
  expect(await auditRow(lead as Actor, { id: open?.id as string })).toMatchObject({ subjectId: no, isWithheld: false });
  expect(await listed(lead, { subject: `case:${no}` })).toHaveLength(1);
});
