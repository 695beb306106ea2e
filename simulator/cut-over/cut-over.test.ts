import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DebitLine, DeclarationLine } from '@/ingest/feed/lines';
import { type RunningGateway, runningGateway } from '@/ingest/testing/running-gateway';
import { matchingConsumer } from '@/monitor/cut-over/matching-consumer';
import { followOnce } from '@/monitor/follow';
import { cutOverCells } from '@/server/queries/cut-over/cut-over-cells';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { testActor } from '@/server/testing/test-actor';
import { businessDate } from '../business-time';
import { businessDay, DAY_SECONDS, ZONE_SECONDS } from '../calendar';
import { CLEARING_CODE } from '../country';
import { historyLines } from '../history';
import { Law } from '../law';
import { Outbox } from '../outbox';
import { Refunds } from '../refunds';
import type { SimulatedDebit } from './bank-debits';
import { debitLine } from './debit-line';
import { dayTotals, debitsBetween } from './report-days';
import { stancesOf } from './stances';

// A whole closed day, two days ago, at a rate that keeps the test short.
const law = new Law({ seed: 1, meanRate: 0.05 });
const day = businessDay(Math.floor(Date.now() / 1000)) - 2;
const from = day * DAY_SECONDS - ZONE_SECONDS;
const to = from + DAY_SECONDS;
const stances = stancesOf(law, day + 1);
const debits = [...debitsBetween(law, stances, from, to)];
const onDay = (debit: SimulatedDebit) => businessDay(Math.floor(debit.debitedMs / 1000)) === day;
const code = (index: number) => law.institutions[index]?.code as string;

describe('what the country reports of its cut-over', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await runningGateway();
    useConsoleDatabase(running.databaseUrl);
    await running.pool.query(
      `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, simulated)
       select code, kind::institution_kind, category::institution_category, "nameZh", "nameEn", "shortZh", "shortEn", true
         from jsonb_to_recordset($1) as t (code text, kind text, category text, "nameZh" text, "nameEn" text, "shortZh" text, "shortEn" text)`,
      [JSON.stringify(law.institutions)],
    );
  });
  afterAll(async () => {
    const { database } = await import('@/server/database');
    await database().$disconnect();
    await running.end();
  });

  it('is in the shapes of the feed, every line of it', () => {
    for (const debit of debits) expect(DebitLine.safeParse(JSON.parse(debitLine(law, debit))).success).toBe(true);
    const totals = dayTotals(law, stances, day, from);
    for (const lines of totals.declarations({ day, cells: totals.cells(), stances, nowMs: Date.now() }).values())
      for (const line of lines) expect(DeclarationLine.safeParse(JSON.parse(line)).success).toBe(true);
  });

  it('is found on the board: residual, nesting, silence and under-reporting as they were planted, cell by cell', {
    timeout: 120_000,
  }, async () => {
    const senders = new Set([CLEARING_CODE, ...debits.flatMap(({ bank, institution }) => [code(bank), code(institution)])]);
    const totals = dayTotals(law, stances, day, from);
    const declarations = totals.declarations({ day, cells: new Set(totals.cells()), stances, nowMs: Date.now() });
    for (const sender of declarations.keys()) senders.add(code(sender));
    const keys: Record<string, { keyId: string; privateKeyPem: string }> = {};
    for (const sender of senders) {
      const { keyId, privateKey } = await running.key(sender);
      keys[sender] = { keyId, privateKeyPem: privateKey };
    }
    const outbox = new Outbox({
      settings: { gatewayUrl: running.url, keys },
      signal: new AbortController().signal,
      report: (sentence) => {
        throw new Error(sentence);
      },
    });
    const { transactions, outcomes } = historyLines({ law, refunds: new Refunds(law), from, to, liveFrom: to + 7_200 });
    await outbox.send(CLEARING_CODE, 'transactions', transactions);
    await outbox.send(CLEARING_CODE, 'outcomes', outcomes);
    const byBank = new Map<number, string[]>();
    for (const debit of debits)
      if (debit.omitted === 'no') byBank.set(debit.bank, [...(byBank.get(debit.bank) ?? []), debitLine(law, debit)]);
    for (const [bank, lines] of byBank) await outbox.send(code(bank), 'debits', lines);
    for (const [sender, lines] of declarations) await outbox.send(code(sender), 'declarations', lines);
    outbox.close();
    expect(outbox.refused).toBe(0);
    await follow(running);

    const names = new Map(
      (await running.pool.query('select id, code from institution')).rows.map(({ id, code: known }) => [id as number, known as string]),
    );
    const window = { from: businessDate(day), to: businessDate(day), days: 1 };
    const seen = new Map(
      (await cutOverCells(testActor(), { window, currency: 'CNY' })).map((cell) => [
        `${names.get(cell.institutionId)} ${names.get(cell.bankId)} ${cell.businessType}`,
        cell,
      ]),
    );
    const reported = debits.filter((debit) => debit.omitted === 'no' && onDay(debit));
    const truth = new Map<string, { residual: number; residualMinor: number; nested: number }>();
    for (const debit of reported) {
      const cell = `${code(debit.institution)} ${code(debit.bank)} ${debit.businessType}`;
      const sum = truth.get(cell) ?? { residual: 0, residualMinor: 0, nested: 0 };
      truth.set(cell, sum);
      if (!debit.cleared) {
        sum.residual += 1;
        sum.residualMinor += debit.amountMinor;
      } else if (debit.nested) sum.nested += 1;
    }
    for (const [cell, { residual, residualMinor, nested }] of truth) {
      expect([cell, seen.get(cell)?.residualCount, seen.get(cell)?.residualMinor]).toEqual([cell, BigInt(residual), BigInt(residualMinor)]);
      if (nested > 0) expect([cell, seen.get(cell)?.nestedCount]).toEqual([cell, BigInt(nested)]);
    }
    expect([...truth.values()].reduce((sum, { residual }) => sum + residual, 0)).toBeGreaterThan(50);
    // A bank that leaves debits out: clearing's records of it stay unconfirmed, and none of its cells with one counts as zero.
    const omitted = debits.filter((debit) => debit.omitted !== 'no' && debit.cleared && onDay(debit));
    const unconfirmed = [...seen.values()].reduce((sum, cell) => sum + cell.unconfirmedCount, 0n);
    expect(unconfirmed).toBeGreaterThanOrEqual(BigInt(omitted.length));
    for (const debit of omitted)
      expect(seen.get(`${code(debit.institution)} ${code(debit.bank)} ${debit.businessType}`)?.daysAtZero).toBe(0);
    // A bank that is silent proves nothing, whatever its debits say.
    for (const [cell, { bankDays, daysAtZero }] of seen) {
      const silent = [...stances.silent].some((index) => law.institutions[index]?.kind === 'bank' && cell.includes(` ${code(index)} `));
      expect([cell, bankDays]).toEqual([cell, silent ? 0 : 1]);
      if (silent) expect(daysAtZero).toBe(0);
    }
    // Everybody else is at zero.
    const clean = [...seen].filter(
      ([cell, one]) =>
        (truth.get(cell)?.residual ?? 0) === 0 &&
        one.unconfirmedCount === 0n &&
        one.directCount === 0n &&
        one.bankDays === 1 &&
        one.incompleteDays === 0,
    );
    expect(clean.length).toBeGreaterThan(100);
    for (const [, one] of clean) expect(one.daysAtZero).toBe(1);
  });
});

async function follow({ pool }: RunningGateway): Promise<void> {
  const client = await pool.connect();
  try {
    for (let left = true; left; ) {
      await followOnce(client, { consumers: [matchingConsumer], nowMs: Date.now() });
      const { rows } = await client.query<{ left: boolean }>(
        `select exists (select from feed_batch b where not exists (
           select from monitor_watermark w where (b.xid, b.id) <= (w.xid, w.batch_id))) as left`,
      );
      left = rows[0]?.left ?? false;
    }
  } finally {
    client.release();
  }
}
