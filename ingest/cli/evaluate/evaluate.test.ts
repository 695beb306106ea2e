import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DETECTION_SETTINGS } from '@/domain/detection/detection';
import { TYPOLOGY_FILE, typologyCsv } from '@/simulator/testing/typology-file';
import { EXIT, Failure } from '../failure';
import { type Evaluation, evaluate } from './evaluate';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-evaluate-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const HEADER = 'tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status,label,typology,pattern_id';
const ROW = 't-1,2026-11-01T09:00:00,A,1,B,2,12.50,CNY,TRANSFER,SETTLED,0,,';

function file(name: string, content: string | Buffer): string {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
}

async function evaluated(at: string, options: Partial<Parameters<typeof evaluate>[1]> = {}): Promise<Evaluation> {
  const printed: string[] = [];
  expect(await evaluate(at, { bootstrap: '20', json: true, ...options }, (text) => printed.push(text))).toBe(EXIT.done);
  return JSON.parse(printed.join(''));
}

describe('evaluate', () => {
  it('finds most patterns of every shape in a town that nothing was set on, and says how', { timeout: 120_000 }, async () => {
    const csv = typologyCsv({ ...TYPOLOGY_FILE, seed: 77, accounts: 1_000, patterns: 5 });
    const result = await evaluated(file('town.csv.gz', gzipSync(csv)), { alerts: path.join(folder, 'alerts.ndjson') });
    expect(result).toMatchObject({ schema: 'headwater.evaluation/1', headline: 'learned-settled', file: { patterns: 40 } });
    expect(result.alerts.byTypology).toHaveLength(8);
    for (const { recall } of result.alerts.byTypology) expect(recall).toBeGreaterThanOrEqual(0.6);
    const { prAuc } = result.scores['learned-settled'] as { prAuc: { value: number; low: number; high: number } };
    expect(prAuc.low).toBeLessThanOrEqual(prAuc.value);
    expect(prAuc.high).toBeGreaterThanOrEqual(prAuc.value);
    const alerts = fs
      .readFileSync(path.join(folder, 'alerts.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(alerts).toHaveLength(result.alerts.count);
    const days = new Map<string, number>();
    for (const { subject, openedAtMs } of alerts) {
      const day = `${subject} ${Math.floor((openedAtMs + 8 * 3_600_000) / 86_400_000)}`;
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect(Math.max(...days.values())).toBeLessThanOrEqual(DETECTION_SETTINGS.alerts.perSubjectAndDay);
  });

  it('rows out of order are replayed in the order of time, with the same result', { timeout: 120_000 }, async () => {
    const [header, ...rows] = typologyCsv({ ...TYPOLOGY_FILE, seed: 8, accounts: 200, days: 15, patterns: 1 })
      .trim()
      .split('\n') as [string, ...string[]];
    // Times of one second keep the file's order, so the turned file may differ there: make every second unique first.
    const unique = rows.filter((row, i) => row.split(',')[1] !== rows[i - 1]?.split(',')[1]);
    const straight = await evaluated(file('straight.csv', [header, ...unique, ''].join('\n')));
    const turned = await evaluated(file('turned.csv', [header, ...unique.toReversed(), ''].join('\n')));
    expect(turned.notes).toContainEqual(expect.stringContaining('sorted'));
    expect(turned.alerts).toEqual(straight.alerts);
    expect(turned.scores).toEqual(straight.scores);
  });

  it('takes amounts as stated, whatever their currency can carry, and says what cannot be measured without labels', async () => {
    const result = await evaluated(file('yen.csv', `${HEADER}\n${ROW.replace('12.50,CNY', '60.94,JPY')}\n`));
    expect(result.file).toMatchObject({ rows: 1, planted: 0 });
    expect(result.scores['learned-settled']).toBeNull();
    expect(result.notes).toContainEqual(expect.stringContaining('label 1'));
  });

  it.each([
    ['lacks a column', HEADER.replace(',amount', ''), /lacks the column amount/],
    ['has a column twice', `${HEADER},amount`, /amount twice/],
    ['is empty', '', /is empty/],
    ['has no rows', `${HEADER}\n`, /no rows/],
    ['has a time that is none', `${HEADER}\n${ROW.replace('2026-11-01T09:00:00', 'yesterday')}\n`, /row 1: time "yesterday"/],
    ['has a day that is none', `${HEADER}\n${ROW.replace('2026-11-01T09:00:00', '2026-13-41')}\n`, /row 1: time/],
    [
      'has an amount that is none',
      `${HEADER}\n${ROW}\n${ROW.replace('t-1', 't-2').replace('12.50', 'NaN')}\n`,
      /row 2: amount "NaN" is no amount/,
    ],
    ['has a negative amount', `${HEADER}\n${ROW.replace('12.50', '-1')}\n`, /negative/],
    ['has an id twice', `${HEADER}\n${ROW}\n${ROW}\n`, /row 2: tx_id "t-1" has been there before/],
    ['has a label that is none', `${HEADER}\n${ROW.replace('SETTLED,0', 'SETTLED,maybe')}\n`, /neither 0 nor 1/],
    ['lacks an account', `${HEADER}\n${ROW.replace(',1,B', ',,B')}\n`, /payer_acct is empty/],
  ])('a file that %s is refused by a sentence', async (_what, content, sentence) => {
    const at = file('faulty.csv', content);
    const refused = evaluate(at, { bootstrap: '0' }, () => {});
    await expect(refused).rejects.toThrow(Failure);
    await expect(refused).rejects.toThrow(sentence);
  });

  it('a file that is not there, is a folder or is cut off is refused by a sentence', async () => {
    await expect(evaluate(path.join(folder, 'none.csv'), { bootstrap: '0' })).rejects.toThrow(/is not there/);
    await expect(evaluate(folder, { bootstrap: '0' })).rejects.toThrow(/is a folder/);
    const whole = gzipSync(`${HEADER}\n${ROW}\n`);
    await expect(evaluate(file('cut.csv.gz', whole.subarray(0, whole.length - 12)), { bootstrap: '0' })).rejects.toThrow(
      /cannot be read as CSV/,
    );
    await expect(evaluate(file('one.csv', `${HEADER}\n${ROW}\n`), { bootstrap: '-3' })).rejects.toThrow(/--bootstrap/);
  });

  it('accounts that are labelled in a file beside it are measured as well', async () => {
    const at = file('named.csv', `${HEADER}\n${ROW}\n`);
    file('named.nodes.csv', 'nodeid,isFraud,fraudStep\n1,1,3\n2,0,-1\n3,1,-1\n');
    expect((await evaluated(at)).accounts).toMatchObject({ planted: 2, acted: 1, recall: 0 });
  });
});
