import { expect, test } from 'vitest';
import { Prisma } from './generated/prisma/client';
import { KEPT_PLAN, keptPlanName } from './kept-plan';

const named = (query: Prisma.Sql) => keptPlanName({ sql: query.sql });

test('a statement that asks for it is prepared under a name of its text, whatever it is asked with, and no other is', () => {
  const lookUp = (id: string) => Prisma.sql`
    ${KEPT_PLAN}
    select 1 where ${id} = 'a'`;
  expect(named(lookUp('a'))).toBeDefined();
  expect(named(lookUp('a'))).toBe(named(lookUp('b')));
  expect(named(lookUp('a'))).not.toBe(named(Prisma.sql`${KEPT_PLAN} select 2`));
  // PostgreSQL cuts longer names off.
  expect(named(lookUp('a'))?.length).toBeLessThanOrEqual(63);
  expect(named(Prisma.sql`select ${KEPT_PLAN.sql}`)).toBeUndefined();
});
