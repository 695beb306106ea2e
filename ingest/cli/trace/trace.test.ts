import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { TraceDocument } from '@/domain/tracing/trace-wire';
import { Failure } from '../failure';
import { trace } from './trace';
import type { TraceOptions } from './trace-options';

const HEADER = 'tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status';
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-trace-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function written(name: string, rows: readonly string[]): string {
  const file = path.join(folder, name);
  const text = `${[HEADER, ...rows].join('\n')}\n`;
  fs.writeFileSync(file, name.endsWith('.gz') ? zlib.gzipSync(text) : text);
  return file;
}
async function traced(file: string, from: string, more: Partial<TraceOptions> = {}): Promise<{ code: number; answer: TraceDocument }> {
  const { code, text } = await printed(file, from, { json: true, ...more });
  return { code, answer: TraceDocument.parse(JSON.parse(text)) };
}
async function printed(file: string, from: string, more: Partial<TraceOptions> = {}) {
  let text = '';
  const options = { file, from: [from], direction: 'forward', method: 'all', hops: '12', hubDegree: '5000', ...more };
  const code = await trace(options, (part) => {
    text += part;
  });
  return { code, text };
}
const VECTOR = [
  'T1,2026-11-02T01:00:00Z,BA,victim,BB,A,3.00,CNY,TRANSFER,SETTLED',
  'T2,2026-11-02T01:05:00Z,BC,shop,BB,A,7.00,CNY,TRANSFER,SETTLED',
  'T3,2026-11-02T01:10:00Z,BB,A,BD,B,4.00,CNY,TRANSFER,SETTLED',
  'T4,2026-11-02T01:11:00Z,BB,A,BD,C,5.00,CNY,TRANSFER,REJECTED',
];
const minor = (row: { fifo: string; lifo: string; proRata: string; poison: string; low: string; high: string } | undefined) =>
  row && [row.fifo, row.lifo, row.proRata, row.poison, row.low, row.high];

describe('a file of payments is traced', () => {
  test('the published vector: FIFO 3, LIFO 0, pro-rata 1.2, poison 4, as decimal strings of minor units', async () => {
    for (const name of ['vector.csv', 'vector.csv.gz']) {
      const { code, answer } = await traced(written(name, VECTOR), 'T1');
      expect(code).toBe(0);
      expect(minor(answer.reached.find(({ account }) => account === 'B'))).toEqual(['300', '0', '120', '400', '0', '300']);
      expect(answer.reached.find(({ account }) => account === 'B')?.institution).toBe('BD');
      expect(answer.file).toMatchObject({ rows: 4, payments: 3, notSucceeded: 1, refused: 0 });
      expect(answer.conservation.map(({ difference }) => difference)).toEqual(['0', '0', '0']);
    }
  });

  test('backward, to where the money came from', async () => {
    const { answer } = await traced(written('back.csv', VECTOR), 'T3', { direction: 'backward' });
    expect(minor(answer.reached.find(({ account }) => account === 'victim'))).toEqual(['300', '0', '120', '300', '0', '300']);
    expect(answer.unknownOrigin.map(({ account }) => account).sort()).toEqual(['shop', 'victim']);
  });

  test('currencies of one account are traced apart, and every entry names its own', async () => {
    const file = written('currencies.csv', [
      'T1,2026-11-02T01:00:00Z,BA,S,BB,A,3.00,CNY,TRANSFER,SETTLED',
      'T2,2026-11-02T01:01:00Z,BA,S,BB,A,300,JPY,TRANSFER,SETTLED',
      'T3,2026-11-02T01:02:00Z,BB,A,BD,B,2.00,CNY,TRANSFER,SETTLED',
      'T4,2026-11-02T01:03:00Z,BB,A,BD,B,250,JPY,TRANSFER,SETTLED',
    ]);
    const { answer } = await traced(file, 'A');
    expect(answer.reached.map(({ account, currency, low }) => [account, currency, low])).toEqual([
      ['B', 'CNY', '200'],
      ['B', 'JPY', '250'],
    ]);
    expect((await traced(file, 'A', { currency: 'JPY' })).answer.currencies).toEqual(['JPY']);
  });

  test('outside institutions are sinks, pooled accounts and limits are said', async () => {
    const file = written('limits.csv', [
      'T1,2026-11-02T01:00:00Z,BA,S,BB,A,9.00,CNY,TRANSFER,SETTLED',
      'T2,2026-11-02T01:01:00Z,BB,A,EXTERNAL,shop,4.00,CNY,TRANSFER,SETTLED',
      'T3,2026-11-04T01:02:00Z,BB,A,BD,B,5.00,CNY,TRANSFER,SETTLED',
    ]);
    const { answer } = await traced(file, 'T1', { wait: '24h' });
    expect(answer.sinks.map(({ account, fifo }) => [account, fifo])).toEqual([['shop', '400']]);
    expect(answer.pruned.map(({ account, reason, limit, fifo }) => [account, reason, limit, fifo])).toEqual([
      ['A', 'wait', '86400000', '500'],
    ]);
    const pooled = (await traced(file, 'T1', { pooled: ['A'] })).answer;
    expect(pooled.pruned.map(({ account, reason }) => [account, reason])).toEqual([['A', 'pooled']]);
  });

  test('rows that an import would refuse are left out, said, and make exit code 3', async () => {
    const file = written('faulty.csv', [...VECTOR, 'T5,2026-11-02T02:00:00Z,BB,A,BD,B,60.94,JPY,TRANSFER,SETTLED']);
    const { code, answer } = await traced(file, 'T1');
    expect([code, answer.file.refused]).toEqual([3, 1]);
    expect(answer.notes.join(' ')).toContain('row 5: amount-scale (60.94 JPY)');
  });

  test('a file of other columns is read by a mapping, as an import reads it', async () => {
    const file = path.join(folder, 'other.csv');
    fs.writeFileSync(file, 'Ref;When;From;To;Fen\n1;2026-11-02 09:00;A;B;500\n2;2026-11-02 09:05;B;C;200\n');
    const mapping = path.join(folder, 'mapping.json');
    const columns = { id: 'Ref', acceptedAt: 'When', 'payer.account': 'From', 'payee.account': 'To', amount: 'Fen' };
    const home = { 'payer.institution': 'H', 'payee.institution': 'H', currency: 'CNY', route: 'cleared', businessType: 'transfer' };
    fs.writeFileSync(
      mapping,
      JSON.stringify({ delimiter: ';', amountUnit: 'minor', columns, constants: { ...home, status: 'succeeded' } }),
    );
    const { answer } = await traced(file, 'tx:1', { mapping });
    expect(answer.reached.map(({ account, low }) => [account, low])).toEqual([
      ['B', '500'],
      ['C', '200'],
    ]);
    expect(answer.edges[0]?.at).toBe('2026-11-02T01:00:00.000Z');
  });

  test('a person reads the same figures, in major units', async () => {
    const { text } = await printed(written('human.csv', VECTOR), 'T1');
    expect(text).toMatch(/BD\s+B\s+3\.00\s+0\.00\s+1\.20\s+4\.00\s+0\.00 to 3\.00/);
    expect(text).toContain('Conservation, pro-rata: source 3.00 = held 3.00 + exited 0.00 + unknown 0.00: nothing lost');
  });

  test('what can not be asked is refused in one sentence', async () => {
    const file = written('refusals.csv', [...VECTOR, 'T6,2026-11-02T01:00:00Z,BX,A,BX,T1,3.00,CNY,TRANSFER,SETTLED']);
    for (const [from, more, words] of [
      ['nobody', {}, 'No payment that succeeded has the id "nobody"'],
      ['A', {}, 'an account at several institutions: say BB|A or BX|A'],
      ['T1', {}, 'say tx:T1 or account:T1'],
      ['tx:T1', { hops: '13' }, '--hops wants a whole number from 1 to 12'],
      ['tx:T1', { wait: 'long' }, '--wait wants a duration'],
      ['tx:T1', { min: '1.234' }, '--min wants an amount in CNY'],
      ['tx:T1', { currency: 'USD' }, 'Nothing that the trace starts from is in USD'],
    ] as const)
      await expect(traced(file, from, more)).rejects.toThrow(new RegExp(words.replaceAll(/[|()]/g, '\\$&')));
    await expect(traced(path.join(folder, 'none.csv'), 'T1')).rejects.toThrow(Failure);
  });
});

test('the JSON Schema that is handed out is the one that output is checked by', () => {
  const given = JSON.parse(fs.readFileSync(path.resolve('docs', 'trace.schema.json'), 'utf8'));
  expect(given).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(TraceDocument))));
});

test('the command itself prints a document of the schema and ends with 0', () => {
  const file = written('command.csv', VECTOR);
  const { stdout, status } = spawnSync(
    process.execPath,
    [path.resolve('scripts', 'headwater.mjs'), 'trace', '--file', file, '--from', 'T1', '--json'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  expect(TraceDocument.parse(JSON.parse(stdout)).edges.map(({ transaction }) => transaction)).toEqual(['T1', 'T3']);
});
