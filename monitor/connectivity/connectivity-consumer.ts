import type { ClientBase } from 'pg';
import { afterHeartbeat, Layers } from '@/domain/clearing/connectivity';
import type { PaymentFact } from '@/domain/clearing/rollup';
import type { Consumer, HeartbeatFact } from '../consumer';

/** Remembers each institution's heartbeats and when its last payment was; `judgeInstitutions` makes states of them. */
export const connectivityConsumer: Consumer = {
  name: 'connectivity',
  open() {
    const beats = new Map<number, HeartbeatFact[]>();
    const lastPaymentMs = new Map<number, number>();
    return {
      payment: (fact) => {
        for (const id of sidesOf(fact)) lastPaymentMs.set(id, Math.max(lastPaymentMs.get(id) ?? 0, fact.acceptedAtMs));
      },
      heartbeat: (fact) => {
        const had = beats.get(fact.institutionId);
        if (had) had.push(fact);
        else beats.set(fact.institutionId, [fact]);
      },
      write: async (client) => {
        await writeLastPayments(client, lastPaymentMs);
        await writeHeartbeats(client, beats);
      },
    };
  },
};

function sidesOf({ payerId, intermediaryId, payeeId }: PaymentFact): number[] {
  return intermediaryId === null ? [payerId, payeeId] : [payerId, intermediaryId, payeeId];
}

async function writeLastPayments(client: ClientBase, lastMs: ReadonlyMap<number, number>): Promise<void> {
  if (lastMs.size === 0) return;
  const rows = [...lastMs].sort(([a], [b]) => a - b);
  await client.query({
    name: 'write last payments',
    text: `insert into institution_state as s (institution_id, state, since, last_transaction_at)
      select institution_id, 'unknown', clock_timestamp(), least(at, clock_timestamp())
      from unnest($1::integer[], $2::timestamptz[]) as d (institution_id, at)
      on conflict (institution_id) do update
      set last_transaction_at = excluded.last_transaction_at
      where s.last_transaction_at is null or s.last_transaction_at < excluded.last_transaction_at`,
    values: [rows.map(([id]) => id), rows.map(([, ms]) => new Date(ms).toISOString())],
  });
}

async function writeHeartbeats(client: ClientBase, beats: ReadonlyMap<number, readonly HeartbeatFact[]>): Promise<void> {
  if (beats.size === 0) return;
  const ids = [...beats.keys()].sort((a, b) => a - b);
  const { rows } = await client.query<{ id: number; layers: unknown }>(
    'select institution_id as id, layers from institution_state where institution_id = any($1::integer[])',
    [ids],
  );
  const known = new Map(rows.map(({ id, layers }) => [id, Layers.parse(layers)]));
  const after = ids.map((id) => {
    const ordered = (beats.get(id) ?? []).toSorted((a, b) => a.sentAtMs - b.sentAtMs);
    const layers = ordered.reduce((sum: Layers, beat) => afterHeartbeat(sum, { ...beat, planned: isPlanned(beat) }), known.get(id) ?? {});
    return { id, layers: JSON.stringify(layers), lastAt: new Date((ordered.at(-1) as HeartbeatFact).sentAtMs).toISOString() };
  });
  await client.query({
    name: 'write heartbeats',
    text: `insert into institution_state as s (institution_id, state, layers, since, last_heartbeat_at)
      select institution_id, 'unknown', layers, clock_timestamp(), at
      from unnest($1::integer[], $2::jsonb[], $3::timestamptz[]) as d (institution_id, layers, at)
      on conflict (institution_id) do update
      set layers = excluded.layers, last_heartbeat_at = greatest(s.last_heartbeat_at, excluded.last_heartbeat_at)`,
    values: [after.map(({ id }) => id), after.map(({ layers }) => layers), after.map(({ lastAt }) => lastAt)],
  });
}

// Whoever probes says so where a stop was announced: the heartbeat's detail begins with the word.
function isPlanned({ detail }: HeartbeatFact): boolean {
  return detail !== null && /^planned\b/i.test(detail);
}
