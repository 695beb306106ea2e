import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningGateway, runningGateway } from '@/ingest/testing/running-gateway';
import { followOnce } from '@/monitor/follow';
import { settleOnce } from '@/monitor/settlement/settle';
import { settlementConsumer } from '@/monitor/settlement/settlement-consumer';
import { SESSION_SECONDS, sessionAt } from '../calendar';
import { CLEARING_CODE } from '../country';
import { historyLines } from '../history';
import { Law } from '../law';
import { Outbox } from '../outbox';
import { Refunds } from '../refunds';
import { agentStatement } from './agent-statement';
import { PLANTED_KINDS, plantedDifference } from './unbalanced-sessions';

const law = new Law({ seed: 1, meanRate: 0.05 });
const TODAY = sessionAt(Math.floor(Date.now() / 1000) - 86_400).opensAt;

/** For each kind of difference the latest session before yesterday that carries it, and one that carries none. */
const chosen = [...PLANTED_KINDS, undefined].map((kind) => {
  for (let opensAt = TODAY; ; opensAt -= SESSION_SECONDS) if (plantedDifference(law.seed, opensAt)?.kind === kind) return opensAt;
});

let running: RunningGateway;
let outbox: Outbox;
let monitor: pg.Client;

beforeAll(async () => {
  running = await runningGateway();
  await running.pool.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, simulated)
     select code, kind::institution_kind, category::institution_category, "nameZh", "nameEn", "shortZh", "shortEn", true
       from jsonb_to_recordset($1) as t (code text, kind text, category text, "nameZh" text, "nameEn" text, "shortZh" text, "shortEn" text)`,
    [JSON.stringify(law.institutions)],
  );
  const { keyId, privateKey } = await running.key(CLEARING_CODE);
  outbox = new Outbox({
    settings: { gatewayUrl: running.url, keys: { [CLEARING_CODE]: { keyId, privateKeyPem: privateKey } } },
    signal: new AbortController().signal,
    report: (sentence) => {
      throw new Error(sentence);
    },
  });
  monitor = new pg.Client({ connectionString: running.databaseUrl });
  await monitor.connect();
});
afterAll(async () => {
  outbox.close();
  await monitor.end();
  await running.end();
});

describe('sessions that the simulated agent reports wrongly', () => {
  test('are planted, some of every kind, and most are right', () => {
    const kinds = Array.from({ length: 600 }, (_, n) => plantedDifference(1, TODAY - n * SESSION_SECONDS)?.kind);
    for (const kind of PLANTED_KINDS) expect(kinds).toContain(kind);
    expect(kinds.filter((kind) => kind === undefined).length).toBeGreaterThan(300);
  });

  test('are found, each by its kind and institution, and nothing else is', { timeout: 120_000 }, async () => {
    const liveFrom = Math.floor(Date.now() / 1000);
    const truth: string[] = [];
    const sender = await running.sender(CLEARING_CODE);
    for (const opensAt of chosen) {
      const { no, closesAt } = sessionAt(opensAt);
      const lines = historyLines({ law, refunds: new Refunds(law), from: opensAt, to: closesAt, liveFrom });
      expect(await outbox.send(CLEARING_CODE, 'transactions', lines.transactions)).toBe(true);
      expect(await outbox.send(CLEARING_CODE, 'outcomes', lines.outcomes)).toBe(true);
      await followAll();
      const { xml, entries, planted } = agentStatement({ law, refunds: new Refunds(law), second: opensAt, historyStart: 0 });
      const outcome = await sender.sendMessage(Buffer.from(xml as string), { batchId: no });
      expect(outcome).toMatchObject({ kind: 'receipt', receipt: { accepted: entries, refused: 0 } });
      if (planted) truth.push(`${no} ${planted.kind} ${planted.institution}`);
    }
    await settleOnce(monitor, Date.now());
    const { rows } = await running.pool.query<{ found: string }>(
      `select b.session_no || ' ' || b.kind || ' ' || i.code as found
       from settlement_break b join institution i on i.id = b.institution_id
       where b.origin = 'agent'`,
    );
    expect(rows.map(({ found }) => found).sort()).toEqual(truth.sort());
    expect(truth).toHaveLength(PLANTED_KINDS.length);
  });
});

async function followAll(): Promise<void> {
  for (let turns = 0; turns < 3000; turns++) {
    if ((await followOnce(monitor, { consumers: [settlementConsumer], nowMs: Date.now() })).batches > 0) continue;
    const { rows } = await running.pool.query(`select 1 from feed_batch b
      where (b.xid, b.id) > (select coalesce(max(xid), '0'::xid8), coalesce(max(batch_id), 0) from monitor_watermark) limit 1`);
    if (rows.length === 0) return;
    await running.pool.query('select pg_sleep(0.02)');
  }
  throw new Error('the follower never caught up');
}
