import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type InstitutionRow, importInstitutions } from './import-institutions';
import { registerUnknown } from './register-unknown';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.PoolClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = await database.pool.connect();
});
afterAll(async () => {
  client.release();
  await database.drop();
});

const bank = (code: string, name: string): InstitutionRow => ({
  code,
  kind: 'bank',
  category: 'city',
  nameZh: name,
  nameEn: name,
  shortZh: name,
  shortEn: name,
  pinyinInitials: 'x',
  cnapsNo: code,
});
const count = async (table: string) => Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count);

it('a dry run says what would happen and leaves no trace', async () => {
  const institutions = [bank('313100000013', '甲银行'), bank('313110000017', '乙银行')];
  expect(await importInstitutions(client, { institutions, dryRun: true })).toMatchObject({ added: ['313100000013', '313110000017'] });
  expect(await count('institution')).toBe(0);
  expect(await count('audit_event')).toBe(0);
});

it('a list imported twice changes nothing the second time, and a corrected name is corrected', async () => {
  const institutions = [bank('313100000013', '甲银行'), bank('313110000017', '乙银行')];
  expect(await importInstitutions(client, { institutions })).toEqual({
    added: ['313100000013', '313110000017'],
    changed: [],
    unchanged: 0,
  });
  expect(await importInstitutions(client, { institutions })).toEqual({ added: [], changed: [], unchanged: 2 });
  const corrected = [bank('313100000013', '甲商业银行')];
  expect(await importInstitutions(client, { institutions: corrected })).toEqual({ added: [], changed: ['313100000013'], unchanged: 0 });
});

it('one row that the database refuses, and nothing of the list is applied', async () => {
  const before = await count('institution');
  const institutions = [bank('313121006888', '丙银行'), { ...bank('313124000018', '丁银行'), category: 'nonsense' as 'city' }];
  await expect(importInstitutions(client, { institutions })).rejects.toThrow(/nonsense/);
  expect(await count('institution')).toBe(before);
});

it('unknown institutions are registered once, with the numbers that their codes are', async () => {
  const institutions = ['HWABCNBJ', '313126001022', 'B27', 'EXTERNAL', '313100000013'].map((code) => ({
    code,
    currency: 'CNY',
    isBic: code === 'HWABCNBJ',
  }));
  expect(await registerUnknown(client, { institutions })).toEqual(['313126001022', 'B27', 'EXTERNAL', 'HWABCNBJ']);
  expect(await registerUnknown(client, { institutions })).toEqual([]);
  expect(await registerUnknown(client, { institutions: [{ code: 'HWABCNBJXXX', currency: 'CNY', isBic: true }] })).toEqual([]);
  const { rows } = await database.pool.query(
    'select code, kind, cnaps_no, bic from institution where category = \'other\' order by code collate "C"',
  );
  expect(rows).toEqual([
    { code: '313126001022', kind: 'bank', cnaps_no: '313126001022', bic: null },
    { code: 'B27', kind: 'bank', cnaps_no: null, bic: null },
    { code: 'EXTERNAL', kind: 'external', cnaps_no: null, bic: null },
    { code: 'HWABCNBJ', kind: 'bank', cnaps_no: null, bic: 'HWABCNBJ' },
  ]);
  expect(
    Number((await database.pool.query("select count(*) from audit_event where action = 'institution.registered'")).rows[0].count),
  ).toBe(4);
});
