import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningGateway, runningGateway } from '../../testing/running-gateway';
import { EXIT } from '../failure';
import type { Installation } from '../installation';
import { type ImportOptions, importFiles } from './import-files';

const given = path.resolve('..', 'shared', 'data');
// The whole of each file goes in by hand (npm run headwater -- import); here the first rows, which hold every kind of refusal.
const FILES = { 'berka_interbank.csv.gz': 10_115, 'amlsim_20K_fanin200.csv.gz': 6_000, 'tide_dev.csv.gz': 12_500 };

describe.skipIf(!fs.existsSync(given))(
  'real files through the gateway (skipped where ../shared/data is absent)',
  { timeout: 120_000 },
  () => {
    let running: RunningGateway;
    let here: Installation;
    let folder: string;

    beforeAll(async () => {
      running = await runningGateway();
      folder = fs.mkdtempSync(path.join(os.tmpdir(), `headwater-import-${randomBytes(3).toString('hex')}-`));
      here = { home: path.resolve('.'), dataFolder: folder, databaseUrl: running.databaseUrl, gatewayUrl: running.url };
    });
    afterAll(async () => {
      await running.end();
      fs.rmSync(folder, { recursive: true });
    });

    async function importing(files: readonly string[], options: ImportOptions) {
      const printed: string[] = [];
      const exit = await importFiles(here, files, { ...options, json: true }, (text) => printed.push(text));
      return { exit, reports: printed.map((text) => JSON.parse(text)) };
    }

    it.each(Object.entries(FILES))(
      '%s: accepted and refused add up to its rows, and the totals to an independent sum',
      async (name, count) => {
        const text = gunzipSync(fs.readFileSync(path.join(given, 'aml', name))).toString('utf8');
        const [header = '', ...rows] = text
          .trimEnd()
          .split('\n')
          .slice(0, count + 1);
        const file = path.join(folder, name);
        fs.writeFileSync(file, gzipSync([header, ...rows, ''].join('\n')));
        const expected = recomputed(rows);

        const { exit, reports } = await importing([file], { registerUnknown: true });
        const [report] = reports;
        expect(report).toMatchObject({
          rows: rows.length,
          accepted: expected.accepted,
          duplicate: 0,
          refused: rows.length - expected.accepted,
        });
        expect(exit).toBe(report.refused > 0 ? EXIT.someRefused : EXIT.done);
        const refusedByReason = Object.fromEntries(
          Object.entries(report.refusals).map(([reason, group]) => [reason, (group as { count: number }).count]),
        );
        expect(refusedByReason).toEqual(expected.refused);
        expect(report.stored).toEqual(expected.totals);

        const prefix = rows[0]?.split('-')[0];
        const { rows: stored } = await running.pool.query(
          `select currency, count(*)::int as payments, sum(amount_minor)::text as minor,
              sum(amount_minor) filter (where status = 'succeeded')::text as "succeededMinor"
         from clearing_transaction
        where transaction_id like $1 || '-%'
        group by currency`,
          [prefix],
        );
        expect(Object.fromEntries(stored.map(({ currency, ...total }) => [currency, total]))).toEqual(expected.totals);

        const again = await importing([file], {});
        expect(again.reports[0]).toMatchObject({ rows: rows.length, accepted: expected.accepted, duplicate: 0 });
        expect(again.reports[0].resumedBatches).toBeGreaterThan(0);
      },
    );

    it('every valid ISO 20022 file is accepted, and of the invalid ones those with schema faults are refused', async () => {
      const folderOf = (name: string) => path.join(given, 'iso20022', name);
      const valid = fs.readdirSync(folderOf('valid')).map((name) => path.join(folderOf('valid'), name));
      const { exit, reports } = await importing(valid, { registerUnknown: true });
      expect(reports.map(({ refused }) => refused)).toEqual(valid.map(() => 0));
      expect(exit).toBe(EXIT.done);
      const profileFaults = ['TC-PCS-N04.xml', 'TC-PCS-N05.xml', 'TC-PCS-N06.xml'];
      for (const name of fs.readdirSync(folderOf('invalid'))) {
        const file = path.join(folderOf('invalid'), name);
        const strict = await importing([file], { registerUnknown: true, profile: 'cbpr+' });
        expect({ name, refused: strict.reports[0].refused }).toEqual({ name, refused: 1 });
        const lax = await importing([file], { registerUnknown: true });
        expect({ name, refused: lax.reports[0].refused }).toEqual({ name, refused: profileFaults.includes(name) ? 0 : 1 });
      }
    });

    it('the same rows in another file are duplicates, and stay stored once', async () => {
      const text = gunzipSync(fs.readFileSync(path.join(given, 'aml', 'berka_interbank.csv.gz'))).toString('utf8');
      const lines = text.split('\n').slice(0, 501);
      const file = path.join(folder, 'part.csv');
      fs.writeFileSync(file, `${lines.join('\n')}\n`);
      const { exit, reports } = await importing([file], {});
      expect(exit).toBe(EXIT.done);
      expect(reports[0]).toMatchObject({ rows: 500, accepted: 0, duplicate: 500, refused: 0 });
    });
  },
);

/** Counts and totals of canonical rows by long-hand arithmetic, without a line of the project's own. */
function recomputed(rows: readonly string[]) {
  const refused: Record<string, number> = {};
  const totals: Record<string, { payments: number; minor: string; succeededMinor: string }> = {};
  let accepted = 0;
  for (const row of rows) {
    const [, , , , , , amount = '', currency = ''] = row.split(',');
    const places = ['JPY', 'VUV'].includes(currency) ? 0 : 2;
    const [whole = '', fraction = ''] = amount.split('.');
    const kept = fraction.slice(0, places).padEnd(places, '0');
    const reason = /[1-9]/.test(fraction.slice(places)) ? 'amount-scale' : BigInt(whole + kept) === 0n ? 'amount-zero' : undefined;
    if (reason) {
      refused[reason] = (refused[reason] ?? 0) + 1;
      continue;
    }
    const total = totals[currency] ?? { payments: 0, minor: '0' };
    const minor = String(BigInt(total.minor) + BigInt(whole + kept));
    totals[currency] = { payments: total.payments + 1, minor, succeededMinor: minor };
    accepted += 1;
  }
  return { refused, totals, accepted };
}
