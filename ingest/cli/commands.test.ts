import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { creditTransfer, statusReport } from '../formats/iso20022/example-messages';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';
import { EXIT, Failure } from './failure';
import { importFiles } from './import/import-files';
import { type Installation, installation } from './installation';
import { importList } from './institutions/import-list';
import { endKey, issueKey } from './keys';
import { makeUser } from './people';

let running: RunningGateway;
let here: Installation;
let folder: string;

beforeAll(async () => {
  running = await runningGateway();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), `headwater-cli-${randomBytes(3).toString('hex')}-`));
  here = { home: path.resolve('.'), dataFolder: folder, databaseUrl: running.databaseUrl, gatewayUrl: running.url };
});
afterAll(async () => {
  await running.end();
  fs.rmSync(folder, { recursive: true });
});

const HEADER = 'tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status,label,typology,pattern_id';

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  fs.writeFileSync(at, text);
  return at;
}

async function importing(files: readonly string[], options: Parameters<typeof importFiles>[2] = {}) {
  const printed: string[] = [];
  const exit = await importFiles(here, files, { ...options, json: true }, (text) => printed.push(text));
  return { exit, report: JSON.parse(printed[0] as string) };
}

describe('import', () => {
  it('rows that the gateway or the file itself refuses are counted by reason, and their neighbours are stored', async () => {
    const at = file(
      'mixed.csv',
      [
        HEADER,
        'm-1,2026-11-01T09:00:00,BANK-A,1111222233334444,BANK-B,5555666677778888,12.50,CNY,TRANSFER,SETTLED,0,,',
        'm-2,2026-11-01T09:00:01,BANK-A,1111222233334444,NOBODY,5555666677778888,12.50,CNY,TRANSFER,SETTLED,0,,',
        'm-3,2026-11-01T09:00:02,BANK-A,1111222233334444,BANK-B,5555666677778888,0.00,CNY,TRANSFER,SETTLED,0,,',
        'm-4,when?,BANK-A,1111222233334444,BANK-B,5555666677778888,1.00,CNY,TRANSFER,SETTLED,0,,',
        'm-5,2026-11-01',
        'm-6,2026-11-01T09:00:03,BANK-B,5555666677778888,BANK-A,1111222233334444,7.25,CNY,TRANSFER,SETTLED,0,,',
        '',
      ].join('\n'),
    );
    const { exit, report } = await importing([at]);
    expect(exit).toBe(EXIT.someRefused);
    expect(report).toMatchObject({ rows: 6, accepted: 2, duplicate: 0, refused: 4, stored: { CNY: { payments: 2, minor: '1975' } } });
    expect(Object.keys(report.refusals).sort()).toEqual(['amount-zero', 'field-syntax', 'institution-unknown', 'row-width']);
    expect(report.refusals['institution-unknown'].examples).toMatchObject([{ place: 'row 2', id: 'm-2' }]);
  });

  it('rows refused in one run are stored by the next once nothing is wrong with them any more, and the others stay what they were', async () => {
    const row = (id: string, payee: string) =>
      `${id},2026-11-01T09:00:00,BANK-A,1111222233334444,${payee},5555666677778888,2.50,CNY,TRANSFER,SETTLED,0,,`;
    const at = file(
      'later.csv',
      [HEADER, row('again-1', 'BANK-B'), 'again-2,short', row('again-3', 'LATE-BANK'), row('again-4', 'NEVER-BANK'), ''].join('\n'),
    );
    expect((await importing([at])).report).toMatchObject({ rows: 4, accepted: 1, refused: 3 });
    await running.pool.query(
      `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en)
       values ('LATE-BANK', 'bank', 'city', '迟银行', 'Late Bank', '迟', 'L')`,
    );
    for (const accepted of [2, 1]) {
      const { exit, report } = await importing([at]);
      expect(exit).toBe(EXIT.someRefused);
      expect(report).toMatchObject({
        rows: 4,
        accepted,
        duplicate: 2 - accepted,
        refused: 2,
        retriedRows: 2,
        stored: { CNY: { payments: 2 } },
      });
      expect(report.refusals['institution-unknown']).toMatchObject({ count: 1, examples: [{ place: 'row 4', id: 'again-4' }] });
    }
    const { rows } = await running.pool.query(
      `select q.line_no, b.client_batch_id from quarantined_line q join feed_batch b on b.id = q.batch_id
        where convert_from(q.body, 'UTF8') like '%again-4%' order by q.id`,
    );
    expect(rows.map(({ line_no }) => line_no)).toEqual([4, 4, 4]);
    expect(new Set(rows.map(({ client_batch_id }) => client_batch_id)).size).toBe(3);
  });

  it('a status in words that nobody knows is refused with the words that are known', async () => {
    const row = 'w-1,2026-11-01T09:00:00,BANK-A,1111222233334444,BANK-B,5555666677778888,2.50,CNY,TRANSFER,DONE-ISH,0,,';
    const { report } = await importing([file('words.csv', `${HEADER}\n${row}\n`)]);
    expect(report.refusals['field-syntax'].examples[0].detail).toMatch(/^status: Must be one of .*succeeded/);
    expect(report.warnings.join()).toMatch(/^status: .*SETTLED/);
  });

  it('a file that breaks off, or is of another encoding, is refused before any of it is sent', async () => {
    const row = 'b-1,2026-11-01T09:00:00,BANK-A,1111,BANK-B,2222,12.50,CNY,TRANSFER,SETTLED,0,,';
    const broken = file('broken.csv', `${HEADER}\n${row}\nb-2,"2026-11-01T09:00:00,BANK-A\n`);
    const latin = path.join(folder, 'latin.csv');
    fs.writeFileSync(latin, Buffer.from(`${HEADER}\n${row.replace('1111', 'caf\u00e9')}\n`, 'latin1'));
    const cut = path.join(folder, 'cut.csv.gz');
    fs.writeFileSync(cut, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75]));
    for (const at of [broken, latin, cut]) await expect(importing([at])).rejects.toThrow(Failure);
    const { rows } = await running.pool.query("select 1 from clearing_transaction where transaction_id like 'b-%'");
    expect(rows).toEqual([]);
  });

  it('a gateway that is not there ends the import by a sentence, and a second run carries on', async () => {
    const at = file('later.csv', `${HEADER}\nl-1,2026-11-01T09:00:00,BANK-A,1111,BANK-B,2222,12.50,CNY,TRANSFER,SETTLED,0,,\n`);
    await expect(importing([at], { key: path.join(folder, 'none.json') })).rejects.toThrow(/key file cannot be read/);
    expect((await importing([at])).report).toMatchObject({ accepted: 1, resumedBatches: 0 });
    expect((await importing([at])).report).toMatchObject({ accepted: 1, resumedBatches: 1 });
  });

  it('a revoked key of its own is replaced', async () => {
    const kept = () => JSON.parse(fs.readFileSync(path.join(folder, 'keys', 'IMPORT.json'), 'utf8')).keyId;
    const at = file('key.csv', `${HEADER}\nk-1,2026-11-01T09:00:00,BANK-A,1111,BANK-B,2222,12.50,CNY,TRANSFER,SETTLED,0,,\n`);
    await importing([at]);
    const first = kept();
    await endKey(here, first);
    expect((await importing([at])).exit).toBe(EXIT.done);
    expect(kept()).not.toBe(first);
  });

  it('a message and then its answer: the payment is received, then succeeded', async () => {
    const payment = file('payment.xml', creditTransfer([{}]));
    const answer = file('answer.xml', statusReport('ACSC'));
    expect((await importing([payment])).report).toMatchObject({ rows: 1, accepted: 1, stored: { CNY: { payments: 1, minor: '150025' } } });
    expect((await importing([answer])).report).toMatchObject({ rows: 1, accepted: 1, stored: {} });
    const { rows } = await running.pool.query("select status, system_code from clearing_transaction where end_to_end_id = 'E2E-1'");
    expect(rows).toEqual([{ status: 'succeeded', system_code: 'ACSC' }]);
  });

  it('unknown agents of a message are refused, and registered first where that is asked for', async () => {
    const xml = creditTransfer([{ ids: '<EndToEndId>E2E-9</EndToEndId>' }]).replace('HWABCNBJXXX', 'HWZZCNGZXXX');
    const at = file('unknown.xml', xml);
    expect((await importing([at])).report).toMatchObject({ rows: 1, refused: 1, refusals: { 'institution-unknown': { count: 1 } } });
    fs.writeFileSync(at, `${xml}\n`);
    expect((await importing([at], { registerUnknown: true })).report).toMatchObject({ rows: 1, accepted: 1 });
    const { rows } = await running.pool.query("select bic from institution where code = 'HWZZCNGZ'");
    expect(rows).toEqual([{ bic: 'HWZZCNGZ' }]);
  });
});

describe('institutions import', () => {
  const count = async () => Number((await running.pool.query('select count(*) from institution')).rows[0].count);

  it('one wrong check digit and nothing is imported, unless faulty rows are to be skipped', async () => {
    const at = file('banks.csv', 'cnaps_no,name,class_code\n313100000013,甲城银行,313\n313110000018,乙城银行,313\n');
    const before = await count();
    await expect(importList(here, at, {})).rejects.toThrow(/nothing was imported/);
    expect(await count()).toBe(before);
    expect(await importList(here, at, { skipFaulty: true })).toBe(EXIT.someRefused);
    const { rows } = await running.pool.query(
      "select kind, category, short_zh, pinyin_initials from institution where code = '313100000013'",
    );
    expect(rows).toEqual([{ kind: 'bank', category: 'city', short_zh: '甲城银行', pinyin_initials: 'jcyh' }]);
  });

  it('payment institutions come with their licence', async () => {
    const at = file('payment.csv', 'licence_no,name,batch\nZ9000133000019,丙付网络技术有限公司,一\n');
    expect(await importList(here, at, {})).toBe(EXIT.done);
    const { rows } = await running.pool.query("select kind, short_zh, name_en from institution where licence_no = 'Z9000133000019'");
    expect(rows).toEqual([{ kind: 'payment', short_zh: '丙付网络技术', name_en: 'Bing Fu Wang Luo Ji Shu You Xian Gong Si' }]);
  });
});

describe('keys', () => {
  it('a key file is never written over', async () => {
    const out = path.join(folder, 'own', 'bank-c.json');
    expect(await issueKey(here, 'BANK-C', { out, scopes: 'transactions', expires: '90d' })).toBe(EXIT.done);
    expect(fs.statSync(out).mode & 0o777).toBe(0o600);
    await expect(issueKey(here, 'BANK-C', { out })).rejects.toThrow(/not overwritten/);
    const at = file('own.csv', `${HEADER}\no-1,2026-11-01T09:00:00,BANK-C,1111,BANK-B,2222,12.50,CNY,TRANSFER,SETTLED,0,,\n`);
    expect((await importing([at], { key: out })).report).toMatchObject({ accepted: 1 });
  });

  it('scopes and dates that make no sense are refused', async () => {
    await expect(issueKey(here, 'BANK-C', { scopes: 'everything' })).rejects.toThrow(/is no scope/);
    await expect(issueKey(here, 'BANK-C', { expires: '2020-01-01' })).rejects.toThrow(/date to come/);
    await expect(issueKey(here, 'NOBODY', {})).rejects.toThrow(/No institution/);
  });
});

describe('people', () => {
  it('a person is made with a password that is kept as an Argon2id hash only', async () => {
    const password = async () => 'correct horse battery';
    await expect(makeUser(here, 'ming', { role: 'regulator' }, async () => 'short')).rejects.toThrow(/12 characters/);
    await expect(makeUser(here, 'ming', { role: 'institution' }, password)).rejects.toThrow(/needs --institution/);
    expect(await makeUser(here, 'ming', { role: 'regulator', name: '明' }, password)).toBe(EXIT.done);
    const { rows } = await running.pool.query("select role, display_name, password_hash from app_user where login = 'ming'");
    expect(rows[0]).toMatchObject({ role: 'regulator', display_name: '明' });
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(rows[0].password_hash, 'correct horse battery')).toBe(true);
    await expect(makeUser(here, 'ming', { role: 'admin' }, password)).rejects.toThrow(/already/);
  });
});

describe('as a process', () => {
  const run = (args: readonly string[], input = '', databaseUrl = here.databaseUrl) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl, HEADWATER_DATA: folder, HEADWATER_GATEWAY_URL: here.gatewayUrl };
    const loader = ['--conditions=react-server', '--import', 'tsx', path.resolve('ingest/cli/main.ts')];
    return spawnSync(process.execPath, [...loader, ...args], { env, input, encoding: 'utf8' });
  };

  it('a wrong command line ends with 2, a failure with 1 and one sentence', { timeout: 120_000 }, async () => {
    expect(run(['import'])).toMatchObject({ status: EXIT.usage });
    const single = await freshDatabase({ spread: false });
    const failed = run(['db', 'distribute'], '', single.url);
    await single.drop();
    expect(failed).toMatchObject({ status: EXIT.failed });
    expect(failed.stderr).toMatch(/^The extension "citus" is missing from this database\..*\n$/);
  });

  it('a password is read from the first line of standard input', { timeout: 120_000 }, async () => {
    expect(run(['user', 'create', 'lan', '--role', 'compliance'], 'a long pass phrase\nnot this\n')).toMatchObject({ status: EXIT.done });
    const { rows } = await running.pool.query("select password_hash from app_user where login = 'lan'");
    expect(await verify(rows[0].password_hash, 'a long pass phrase')).toBe(true);
  });
});

it('the installation is found by the environment first, then by what the start script wrote', () => {
  const data = path.join(folder, 'data');
  fs.mkdirSync(data);
  fs.writeFileSync(path.join(data, 'run.json'), JSON.stringify({ databaseUrl: 'postgresql://run/file', gatewayUrl: 'http://127.0.0.1:1' }));
  expect(installation({ HEADWATER_DATA: data })).toMatchObject({ databaseUrl: 'postgresql://run/file', gatewayUrl: 'http://127.0.0.1:1' });
  expect(installation({ HEADWATER_DATA: data, DATABASE_URL: 'postgresql://own' })).toMatchObject({ databaseUrl: 'postgresql://own' });
  fs.writeFileSync(path.join(data, 'run.json'), 'not json');
  expect(installation({ HEADWATER_DATA: data })).toMatchObject({ databaseUrl: undefined, gatewayUrl: 'http://127.0.0.1:7070' });
});
