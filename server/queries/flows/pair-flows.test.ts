import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessType } from '@/domain/clearing/transaction';
import { alignToHours } from '@/domain/flows/aligned-range';
import { businessDay } from '@/domain/time-range';
import type { Actor } from '@/server/session';
import { freshDatabase } from '@/server/testing/fresh-database';
import { flowInstitutions } from './flow-institutions';
import { flowTrend } from './flow-trend';
import { pairFlows } from './pair-flows';

type Payment = { at: Date; payer: number; payee: number; type: BusinessType; amount: bigint; ok: boolean; currency: string };

const HOUR = 3_600_000;
const dataAt = new Date('2026-11-23T20:13:42+08:00');
const regulator = { institutionId: null } as Actor;
let held: Awaited<ReturnType<typeof freshDatabase>>;
let payments: Payment[];
let ids: number[];

beforeAll(async () => {
  held = await freshDatabase();
  process.env.DATABASE_URL = held.url;
  process.env.HEADWATER_ACCOUNT_KEY = Buffer.alloc(32, 7).toString('base64');
  process.env.HEADWATER_RECEIPT_KEY = Buffer.alloc(48, 7).toString('base64');
  process.env.NEXTAUTH_SECRET = 'x'.repeat(40);
  const inserted = await held.pool.query<{ id: number }>(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en)
     select 'T' || n, 'bank', 'city', '试' || n || '银行', 'Try ' || n || ' Bank', '试' || n, 'Try ' || n from generate_series(1, 4) n
     returning id`,
  );
  ids = inserted.rows.map((row) => row.id);
  payments = scattered(600);
  await rollUp(payments);
}, 60_000);
afterAll(() => held.drop());

describe('pair flows', () => {
  it.each([5, 25, 24 * 3 + 7, 24 * 12])('are to the last minor unit what the payments of the aligned %i hours add up to', async (hours) => {
    const aligned = alignToHours({ range: { from: new Date(dataAt.getTime() - hours * HOUR), to: dataAt }, dataAt, compare: 'weekday' });
    const flows = await pairFlows(regulator, { aligned, currency: 'CNY', types: [] });
    const within = (range: { from: Date; to: Date } | undefined, one: Payment) => range && one.at >= range.from && one.at < range.to;
    for (const payerId of ids)
      for (const payeeId of ids) {
        const mine = payments.filter((one) => one.payer === payerId && one.payee === payeeId && one.currency === 'CNY');
        const flow = flows.find((one) => one.payerId === payerId && one.payeeId === payeeId);
        const sum = (range: { from: Date; to: Date } | undefined) =>
          mine.filter((one) => one.ok && within(range, one)).reduce((a, one) => a + one.amount, 0n);
        expect(flow?.amount ?? 0n).toBe(sum(aligned.range));
        expect(flow?.endedAmount ?? 0n).toBe(sum(aligned.ended));
        expect(flow?.beforeAmount ?? 0n).toBe(sum(aligned.before));
        expect(Number(flow?.endedPayments ?? 0n)).toBe(mine.filter((one) => within(aligned.ended, one)).length);
        expect(Number(flow?.declined ?? 0n)).toBe(mine.filter((one) => !one.ok && within(aligned.range, one)).length);
      }
  });

  it('hold only the business types and the currency asked for', async () => {
    const aligned = alignToHours({ range: { from: new Date(dataAt.getTime() - 300 * HOUR), to: dataAt }, dataAt, compare: 'none' });
    const flows = await pairFlows(regulator, { aligned, currency: 'JPY', types: ['payout'] });
    const expected = payments
      .filter((one) => one.ok && one.currency === 'JPY' && one.type === 'payout' && one.at >= aligned.range.from)
      .reduce((a, one) => a + one.amount, 0n);
    expect(flows.reduce((a, flow) => a + flow.amount, 0n)).toBe(expected);
    expect(expected > 0n).toBe(true);
  });

  it('show an institution its own pairs and no others', async () => {
    const aligned = alignToHours({ range: { from: new Date(dataAt.getTime() - 300 * HOUR), to: dataAt }, dataAt, compare: 'previous' });
    const own = ids[0] as number;
    const flows = await pairFlows({ institutionId: own } as Actor, { aligned, currency: 'CNY', types: [] });
    expect(flows.length).toBeGreaterThan(0);
    expect(flows.every((flow) => flow.payerId === own || flow.payeeId === own)).toBe(true);
  });

  it('are none in a range without payments', async () => {
    const range = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2020-01-09T00:00:00Z') };
    expect(await pairFlows(regulator, { aligned: alignToHours({ range, dataAt, compare: 'none' }), currency: 'CNY', types: [] })).toEqual(
      [],
    );
  });
});

describe('the trend of an institution', () => {
  it('adds up to its own payments of the range', async () => {
    const own = ids[1] as number;
    const range = { from: new Date('2026-11-20T00:00:00+08:00'), to: new Date('2026-11-23T00:00:00+08:00') };
    const buckets = await flowTrend({ institutionId: own } as Actor, { range, stepS: 7200, currency: 'CNY', types: [], byRoute: false });
    const expected = payments
      .filter(
        (one) => one.ok && one.currency === 'CNY' && (one.payer === own || one.payee === own) && one.at >= range.from && one.at < range.to,
      )
      .reduce((a, one) => a + one.amount, 0n);
    expect(buckets.reduce((a, bucket) => a + bucket.amount, 0n)).toBe(expected);
    expect(buckets.every((bucket) => (bucket.at.getTime() - range.from.getTime()) % 7_200_000 === 0)).toBe(true);
  });
});

describe('names', () => {
  it('are in the language asked for', async () => {
    expect((await flowInstitutions(regulator, { locale: 'zh-CN' })).get(ids[0] as number)?.name).toBe('试1银行');
    expect((await flowInstitutions(regulator, { locale: 'en' })).get(ids[0] as number)?.name).toBe('Try 1 Bank');
  });
});

/** Payments over 26 days before the data's end, the same at every run. */
function scattered(count: number): Payment[] {
  let seed = 11;
  const random = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, () => ({
    at: new Date(dataAt.getTime() - Math.floor(random() ** 1.5 * 26 * 24 * HOUR)),
    payer: ids[Math.floor(random() * 4)] as number,
    payee: ids[Math.floor(random() * 4)] as number,
    type: (['payout', 'refund', 'barcode'] as const)[Math.floor(random() * 3)] ?? 'payout',
    amount: BigInt(Math.floor(random() * 1e15)) + 1n,
    ok: random() < 0.9,
    currency: random() < 0.8 ? 'CNY' : 'JPY',
  }));
}

async function rollUp(all: readonly Payment[]) {
  for (const { at, payer, payee, type, amount, ok, currency } of all) {
    const counts = [payer, payee, currency, type, ok ? 1 : 0, ok ? 0 : 1, (ok ? amount : 0n).toString()];
    const upsert = (table: string, key: string) => `
      insert into ${table} as held (${key}, payer_institution_id, payee_institution_id, currency, business_type, succeeded, declined, failed, unknown, amount_minor)
      values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)
      on conflict (${key}, payer_institution_id, payee_institution_id, currency, business_type) do update set
        succeeded = held.succeeded + excluded.succeeded, declined = held.declined + excluded.declined, amount_minor = held.amount_minor + excluded.amount_minor`;
    await held.pool.query(upsert('pair_hour', 'hour'), [new Date(Math.floor(at.getTime() / HOUR) * HOUR), ...counts]);
    await held.pool.query(upsert('pair_day', 'day'), [businessDay(at), ...counts]);
    await held.pool.query(`insert into pair_hour_version (hour) values ($1) on conflict (hour) do update set version = gen_random_uuid()`, [
      new Date(Math.floor(at.getTime() / HOUR) * HOUR),
    ]);
  }
}
