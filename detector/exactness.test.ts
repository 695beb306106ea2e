import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { typologyRows } from '@/simulator/testing/typology-file';
import { Engine } from './engine';
import { type FaultPoint, followChunk } from './follow-chunk';
import { rebuild, type Standing } from './memory/rebuild';
import { restore } from './memory/restore';
import { packed, storeSnapshot } from './memory/snapshot';
import { currentRules, shipRules } from './rules/rule-store';
import { type FedPayment, feedPayments, feedSuccess, insertInstitutions, uuidFrom } from './testing/stored-feed';

type Database = Awaited<ReturnType<typeof freshDatabase>>;

const BATCH = 60;
/** Twelve days of a small town with planted patterns; one payment in ninety is first unknown, and resolved some batches later. */
const TOWN: readonly FedPayment[] = typologyRows({ seed: 9, accounts: 400, days: 12, paymentsADay: 0.3, patterns: 2, amountFactor: 1 }).map(
  (row, i) => ({
    name: `p${i}`,
    atMs: row.atMs,
    payer: `a${row.payer}`,
    payee: `a${row.payee}`,
    amountMinor: BigInt(Math.round(row.amount * 100)),
    ...(i % 90 === 0 ? { status: 'unknown' as const } : {}),
    ...(i % 7 === 0 ? { businessType: 'barcode', barcodeTier: 'D' } : {}),
    ...(i % 40 === 0 ? { route: 'direct' as const } : {}),
  }),
);
const STEPS: readonly (readonly FedPayment[])[] = Array.from({ length: Math.ceil(TOWN.length / BATCH) }, (_, i) =>
  TOWN.slice(i * BATCH, (i + 1) * BATCH),
);

const databases: Database[] = [];
async function prepared(): Promise<Database> {
  const database = await freshDatabase();
  databases.push(database);
  await insertInstitutions(database.pool, 2);
  return database;
}
async function connected(database: Database): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {});
  await client.connect();
  return client;
}
async function begun(client: pg.Client): Promise<Standing> {
  await shipRules(client);
  const restored = await restore(client);
  if (restored) return restored;
  const { rules } = await currentRules(client);
  const engine = new Engine(rules);
  const place = { seq: 0, generation: 1, position: { xid: '0', batchId: '0' } };
  await client.query('begin');
  await storeSnapshot(client, place, await packed(engine.save()));
  await client.query('commit');
  return { engine, place };
}

async function feed(database: Database, step: number): Promise<void> {
  await feedPayments(database.pool, STEPS[step] as readonly FedPayment[]);
  const late = (STEPS[step - 3] ?? []).filter(({ status }) => status === 'unknown').map(({ name }) => name);
  if (late.length > 0) await feedSuccess(database.pool, late);
}

/** Everything that is found, without what the wall clock gives. */
async function found(database: Database) {
  const { rows: alerts } = await database.pool.query(
    `select key, source, rule_id, rule_version, subject_type, subject_id, institution_id, severity, score, currency, amount_minor,
       transaction_count, folded_count, opened_at, updated_at, detail,
       (select array_agg(t.transaction_key::text order by t.transaction_key) from alert_transaction t where t.alert_id = a.id) as transactions,
       (select array_agg(e.kind order by e.id) from alert_event e where e.alert_id = a.id) as events
     from alert a
     order by key`,
  );
  const { rows: days } = await database.pool.query('select * from rule_day order by rule_id, version, day');
  return { alerts, days };
}

let undisturbed: Awaited<ReturnType<typeof found>>;

beforeAll(async () => {
  const database = await prepared();
  const client = await connected(database);
  let standing = await begun(client);
  for (let step = 0; step < STEPS.length; step++) {
    await feed(database, step);
    const followed = await followChunk(client, standing);
    if (followed.kind === 'taken') standing = { ...standing, place: followed.place };
  }
  await client.end();
  undisturbed = await found(database);
}, 60_000);
afterAll(async () => {
  for (const database of databases) await database.drop();
});

describe('alerts over restarts', () => {
  it('the town gives alerts of both sources to compare', () => {
    expect(undisturbed.alerts.filter(({ source }) => source === 'typology').length).toBeGreaterThan(3);
    expect(undisturbed.alerts.filter(({ source }) => source === 'rule').length).toBeGreaterThan(0);
    expect(undisturbed.days.length).toBeGreaterThan(0);
  });

  it('killed at every fault point in turn, it ends with the very same alerts, none missed and none doubled', async () => {
    const points: readonly FaultPoint[] = ['payments read', 'findings made', 'findings written', 'place moved', 'committed'];
    const database = await prepared();
    let client = await connected(database);
    let standing = await begun(client);
    let deaths = 0;
    for (let step = 0; step < STEPS.length; step++) {
      await feed(database, step);
      const dieAt = step % 2 === 0 ? points[(step / 2) % points.length] : undefined;
      for (let alive = false; !alive; ) {
        try {
          const followed = await followChunk(client, standing, {
            at: (point) => {
              if (point !== dieAt || deaths > step / 2) return;
              deaths++;
              // The process is gone: its connection breaks without a word.
              (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
              throw new Error(`killed: ${point}`);
            },
          });
          if (followed.kind === 'taken') standing = { ...standing, place: followed.place };
          alive = true;
        } catch (error) {
          expect((error as Error).message).toMatch(/^killed/);
          client = await connected(database);
          standing = await begun(client);
        }
      }
      if (step % 9 === 8) {
        const bytes = await packed(standing.engine.save());
        await client.query('begin');
        await storeSnapshot(client, standing.place, bytes);
        await client.query('commit');
      }
    }
    await client.end();
    expect(deaths).toBeGreaterThanOrEqual(points.length * 2);
    expect(await found(database)).toEqual(undisturbed);
  }, 120_000);

  it('the past gone through anew, killed half-way and again, finds each alert once and leaves what people decided', async () => {
    const database = await prepared();
    const [reader, writer] = [await connected(database), await connected(database)];
    await shipRules(writer);
    for (let step = 0; step < STEPS.length; step++) await feed(database, step);
    const { rules } = await currentRules(writer);
    for (const dieAt of ['past read', 'past written', 'past committed'] as const)
      await rebuild({ reader, writer, rules }, (point) => {
        if (point === dieAt) throw new Error('killed');
      }).catch(() => {});
    const first = await found(database);
    const { rows } = await database.pool.query<{ id: string }>(
      `insert into app_user (login, display_name, role, password_hash) values ('t', 't', 'compliance', '') returning id`,
    );
    await database.pool.query(`update alert set state = 'dismissed', disposed_at = now(), disposed_by = $1, version = 2`, [rows[0]?.id]);
    const again = await rebuild({ reader, writer, rules });
    expect(await found(database)).toEqual(first);
    const { rows: kept } = await database.pool.query(`select count(*)::int as n from alert where state = 'dismissed' and version = 2`);
    expect(kept[0].n).toBe(first.alerts.length);
    expect(again.movements).toBe(
      TOWN.length -
        STEPS.slice(-3)
          .flat()
          .filter(({ status }) => status === 'unknown').length,
    );
    // What is restored goes on from where the past ended.
    const restored = await restore(writer);
    expect(restored?.place).toEqual(again.place);
    await reader.end();
    await writer.end();
  }, 120_000);

  it('an alert that grows after it was disposed of says so, and stays disposed of', async () => {
    const database = await prepared();
    const client = await connected(database);
    let standing = await begun(client);
    const { rows: users } = await database.pool.query<{ id: string }>(
      `insert into app_user (login, display_name, role, password_hash) values ('t', 't', 'compliance', '') returning id`,
    );
    const day = Date.UTC(2026, 10, 2, 4);
    const over = (n: number): FedPayment => ({
      name: `g${n}`,
      atMs: day + n * 60_000,
      payer: 'shopper',
      payee: `shop${n}`,
      amountMinor: 45_000n,
      businessType: 'barcode',
      barcodeTier: 'D',
    });
    await feedPayments(database.pool, [over(1), over(2)]);
    let followed = await followChunk(client, standing);
    if (followed.kind === 'taken') standing = { ...standing, place: followed.place };
    const raised = await found(database);
    expect(raised.alerts).toMatchObject([
      {
        source: 'rule',
        rule_id: 'barcode-tier-d',
        subject_id: uuidFrom('shopper'),
        transaction_count: 1,
        detail: { value: '90000', from: '500', unit: 'minor' },
      },
    ]);
    await database.pool.query(`update alert set state = 'dismissed', disposed_at = now(), disposed_by = $1`, [users[0]?.id]);
    await feedPayments(database.pool, [over(3)]);
    followed = await followChunk(client, standing);
    const { rows } = await database.pool.query('select state, transaction_count, grown_since is not null as grown from alert');
    expect(rows).toEqual([{ state: 'dismissed', transaction_count: 2, grown: true }]);
    expect((await found(database)).alerts[0].events).toEqual(['opened', 'grown']);
    await client.end();
  });
});
