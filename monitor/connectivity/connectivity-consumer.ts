import type { ClientBase } from 'pg';
import type { PaymentFact } from '@/domain/clearing/rollup';
import { afterBeat, type LineMemory, lineVerdict } from '@/domain/connectivity/line-health';
import type { Consumer, HeartbeatFact } from '../consumer';
import { type ConnectivityMemory, type Line, lineKey } from './connectivity-memory';

/** Remembers each line's heartbeats and when each institution's last payment was; `judgeInstitutions` makes states of them. */
export function connectivityConsumer(memory: ConnectivityMemory): Consumer {
  return {
    name: 'connectivity',
    open({ nowMs }) {
      const beats: HeartbeatFact[] = [];
      const lastPaymentMs = new Map<number, number>();
      let changed: Changed[] = [];
      return {
        payment: (fact) => {
          for (const id of sidesOf(fact)) lastPaymentMs.set(id, Math.max(lastPaymentMs.get(id) ?? 0, fact.acceptedAtMs));
        },
        heartbeat: (fact) => {
          beats.push(fact);
        },
        write: async (client) => {
          await writeLastPayments(client, lastPaymentMs);
          changed = linesAfter(memory, beats);
          await writeLines(client, changed, nowMs);
        },
        // Only what is committed is remembered.
        committed: () => {
          for (const { id, line, before } of changed) {
            const had = memory.lines.get(id) ?? new Map<string, Line>();
            had.set(lineKey(line.line, line.direction), line);
            memory.lines.set(id, had);
            if (!before || layerStates(before) !== layerStates(line.memory)) memory.stirred = true;
          }
          for (const [id, ms] of lastPaymentMs) {
            memory.lastPaymentMs.set(id, Math.max(memory.lastPaymentMs.get(id) ?? 0, Math.min(ms, nowMs)));
            if (memory.standings.get(id)?.state === 'silent') memory.stirred = true;
          }
        },
      };
    },
  };
}

type Changed = { readonly id: number; readonly line: Line; readonly before: LineMemory | null };

function linesAfter(memory: ConnectivityMemory, beats: readonly HeartbeatFact[]): Changed[] {
  const byLine = new Map<string, Changed>();
  for (const beat of [...beats].sort((a, b) => a.sentAtMs - b.sentAtMs)) {
    const { institutionId: id, line, direction } = beat;
    const key = `${id} ${lineKey(line, direction)}`;
    const before = memory.lines.get(id)?.get(lineKey(line, direction))?.memory ?? null;
    const now = byLine.get(key)?.line.memory ?? before ?? {};
    byLine.set(key, { id, before, line: { line, direction, memory: afterBeat(now, { ...beat, atMs: beat.sentAtMs }) } });
  }
  return [...byLine.values()].filter(({ before, line }) => before !== line.memory);
}

function layerStates(memory: LineMemory): string {
  return Object.entries(memory)
    .map(([layer, { state, detail }]) => `${layer}=${state}${detail ?? ''}`)
    .join();
}

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

async function writeLines(client: ClientBase, changed: readonly Changed[], nowMs: number): Promise<void> {
  if (changed.length === 0) return;
  const rows = [...changed]
    .sort((a, b) => a.id - b.id)
    .map(({ id, line }) => {
      const verdict = lineVerdict(line.memory, { nowMs });
      const lastMs = Math.max(...Object.values(line.memory).map(({ atMs }) => atMs));
      return { id, ...line, verdict, sinceAt: new Date(verdict.sinceMs ?? lastMs).toISOString(), lastAt: new Date(lastMs).toISOString() };
    });
  await client.query({
    name: 'write lines',
    text: `insert into line_state (institution_id, line, direction, state, cause, since, layers, last_beat_at)
      select * from unnest($1::integer[], $2::text[], $3::line_direction[], $4::text[], $5::heartbeat_layer[], $6::timestamptz[], $7::jsonb[],
        $8::timestamptz[])
      on conflict (institution_id, line, direction) do update
      set state = excluded.state, cause = excluded.cause, since = excluded.since, layers = excluded.layers, last_beat_at = excluded.last_beat_at`,
    values: [
      rows.map(({ id }) => id),
      rows.map(({ line }) => line),
      rows.map(({ direction }) => direction),
      rows.map(({ verdict }) => verdict.state),
      rows.map(({ verdict }) => verdict.cause),
      rows.map(({ sinceAt }) => sinceAt),
      rows.map(({ memory }) => JSON.stringify(memory)),
      rows.map(({ lastAt }) => lastAt),
    ],
  });
  await client.query({
    name: 'write heartbeat times',
    text: `insert into institution_state as s (institution_id, state, since, last_heartbeat_at)
      select institution_id, 'unknown', clock_timestamp(), max(at)
      from unnest($1::integer[], $2::timestamptz[]) as d (institution_id, at)
      group by 1
      on conflict (institution_id) do update
      set last_heartbeat_at = greatest(s.last_heartbeat_at, excluded.last_heartbeat_at)`,
    values: [rows.map(({ id }) => id), rows.map(({ lastAt }) => lastAt)],
  });
}
