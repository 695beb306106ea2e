import { expect, it } from 'vitest';
import { distributionSteps, type ForeignKey, type Standing } from './distribution-steps';
import { PLACED } from './topology';

const KEPT: ForeignKey = { name: 'institution_key_institution_id_fkey', from: 'institution_key', to: 'institution' };
const CROSSING: ForeignKey = { name: 'app_user_institution_id_fkey', from: 'app_user', to: 'institution' };
const LOCAL: ForeignKey = { name: 'app_session_user_id_fkey', from: 'app_session', to: 'app_user' };
const fresh: Standing = { foreignKeys: [KEPT, CROSSING, LOCAL], placed: new Set(), filled: new Set(['institution', 'leg']) };
const toDo = (standing: Standing) => distributionSteps(standing).filter(({ done }) => !done);

it('once everything is placed there is nothing left to do', () => {
  expect(toDo({ foreignKeys: [KEPT, LOCAL], placed: PLACED, filled: PLACED })).toEqual([]);
});

it('a run that ended anywhere is gone on with, and never does a thing twice', () => {
  const all = toDo(fresh);
  let standing = fresh;
  const ran: string[] = [];
  for (let step = toDo(standing)[0]; step; step = toDo(standing)[0]) {
    ran.push(step.sql);
    standing = after(standing, step.sql);
    if (ran.length > all.length) break;
  }
  expect(new Set(ran).size).toBe(ran.length);
  // What a table held before is freed by the run that places it: a run that ends in between leaves the copy where it is.
  const expected = all.map(({ sql }) => sql).filter((sql) => !sql.includes('truncate_local_data'));
  expect(ran).toEqual(expected);
});

it('foreign keys among local tables are left alone', () => {
  expect(toDo(fresh).some(({ sql }) => sql.includes(LOCAL.name))).toBe(false);
});

function after(standing: Standing, sql: string): Standing {
  const dropped = /drop constraint (\w+)/.exec(sql)?.[1];
  const placed = /create_(?:reference|distributed)_table\('(\w+)'/.exec(sql)?.[1];
  const foreignKeys = sql.includes('add constraint')
    ? [...standing.foreignKeys, KEPT]
    : standing.foreignKeys.filter(({ name }) => name !== dropped);
  return { ...standing, foreignKeys, placed: placed ? new Set([...standing.placed, placed]) : standing.placed };
}
