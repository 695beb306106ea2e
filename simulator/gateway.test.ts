import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningGateway, runningGateway } from '@/ingest/testing/running-gateway';
import { sessionAt } from './calendar';
import { CLEARING_CODE } from './country';
import { heartbeatLine } from './feed-lines';
import { finalLines } from './finality';
import { heartbeatsAt } from './heartbeats';
import { historyLines } from './history';
import { Law } from './law';
import { reportLegs } from './leg-reports';
import { Outbox } from './outbox';
import { Refunds } from './refunds';
import { Timeline } from './timeline';

const law = new Law({ seed: 1, meanRate: 8 });
const refunds = new Refunds(law);
// The last minutes of a session that closed yesterday; to `liveFrom` it was not final yet.
const { closesAt } = sessionAt(Math.floor(Date.now() / 1000) - 86_400);
const from = closesAt - 240;
const liveFrom = closesAt + 60;
const payments = Array.from({ length: 240 }, (_, n) => [...law.payments(from + n), ...refunds.at(from + n)]).flat();

describe('the gateway and the simulator', () => {
  let running: RunningGateway;
  let outbox: Outbox;

  beforeAll(async () => {
    running = await runningGateway();
    await running.pool.query(
      `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, cnaps_no, licence_no, simulated)
       select code, kind::institution_kind, category::institution_category, "nameZh", "nameEn", "shortZh", "shortEn", "cnapsNo",
              "licenceNo", true
         from jsonb_to_recordset($1) as t (code text, kind text, category text, "nameZh" text, "nameEn" text, "shortZh" text,
                                           "shortEn" text, "cnapsNo" text, "licenceNo" text)`,
      [JSON.stringify(law.institutions)],
    );
    const keys: Record<string, { keyId: string; privateKeyPem: string }> = {};
    for (const { code } of law.institutions) {
      const { keyId, privateKey } = await running.key(code);
      keys[code] = { keyId, privateKeyPem: privateKey };
    }
    outbox = new Outbox({
      settings: { gatewayUrl: running.url, keys },
      signal: new AbortController().signal,
      report: (sentence) => {
        throw new Error(sentence);
      },
    });
  });
  afterAll(async () => {
    outbox.close();
    await running.end();
  });

  it('agree: every payment, outcome, leg and heartbeat is accepted', async () => {
    const lines = historyLines({ law, refunds, from, to: closesAt, liveFrom });
    expect(lines.transactions).toHaveLength(payments.length);
    expect(await outbox.send(CLEARING_CODE, 'transactions', lines.transactions)).toBe(true);
    expect(await outbox.send(CLEARING_CODE, 'outcomes', lines.outcomes)).toBe(true);
    expect(await reportLegs({ law, outbox, payments: payments.slice(0, 150), truth: { recordBreak: () => {} } })).toBe(true);
    const beats = [...heartbeatsAt(law, from, { step: 20, everybody: true })].map(heartbeatLine);
    expect(await outbox.send(CLEARING_CODE, 'heartbeats', beats)).toBe(true);
    expect(outbox.refused).toBe(0);
    expect(outbox.duplicate).toBe(0);
  });

  it('agree on what is final: after its session every succeeded cleared payment is, and no other', async () => {
    // What unknown payments turned out to be meanwhile, as the present reports it.
    const ids = new Set(payments.map(({ id }) => id));
    const timeline = new Timeline({ law, refunds: new Refunds(law), liveFrom, afterMs: liveFrom * 1000 - 1, from });
    const resolved = timeline.take((closesAt + 1_800) * 1000).outcomes.filter((line) => ids.has(JSON.parse(line).transactionId));
    expect(await outbox.send(CLEARING_CODE, 'outcomes', resolved)).toBe(true);
    const lines = [...finalLines({ law, refunds, second: from, liveFrom, historyStart: from })];
    expect(await outbox.send(CLEARING_CODE, 'outcomes', lines)).toBe(true);
    expect(outbox.refused).toBe(0);
    const { rows } = await running.pool.query<{ final: boolean; should: boolean; n: number }>(
      `select final_at is not null as final, status = 'succeeded' and route = 'cleared' as should, count(*)::int as n
         from clearing_transaction
        group by 1, 2`,
    );
    expect(rows.filter(({ final, should }) => final !== should)).toEqual([]);
    expect(rows.find(({ final }) => final)?.n).toBeGreaterThan(100);
  });

  it('agree on what was sent before: nothing is stored twice', async () => {
    const before = outbox.accepted;
    const { transactions } = historyLines({ law, refunds: new Refunds(law), from, to: closesAt, liveFrom });
    // Cut elsewhere, as after an interruption: other batches with the same lines.
    await outbox.send(CLEARING_CODE, 'transactions', transactions.slice(0, 100));
    await outbox.send(CLEARING_CODE, 'transactions', transactions.slice(50));
    expect(outbox.accepted).toBe(before);
    const { rows } = await running.pool.query<{ n: number }>('select count(*)::int as n from clearing_transaction');
    expect(rows[0]?.n).toBe(payments.length);
  });
});
