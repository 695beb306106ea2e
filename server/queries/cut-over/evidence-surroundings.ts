import 'server-only';
import * as z from 'zod';
import { GATES, type Gate, type GateEventKind, type GateState, gateState } from '@/domain/cut-over/gates';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { sha256 } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import { below, type EvidenceScope, type Watermark } from './evidence-rows';

/** Where the follower stands: everything up to here is in the figures. Null before it has followed anything. */
export async function followedUpTo(): Promise<Watermark | null> {
  const rows = await database().$queryRaw`select xid::text as xid, batch_id::text as batch from monitor_watermark where name = 'books'`;
  return z.array(z.object({ xid: z.string(), batch: z.string() })).parse(rows)[0] ?? null;
}

const SourceRow = z.object({ institution: z.string(), feed: z.string(), clientBatchId: z.string(), digest: z.string(), lines: z.int() });
export type EvidenceSource = { institution: string; feed: string; batches: number; lines: number; sha256: string };

/** The batches that rows came in, by who sent them on which feed. */
export async function evidenceSources(batchIds: readonly string[]): Promise<readonly EvidenceSource[]> {
  const rows = z.array(SourceRow).parse(
    await database().$queryRaw`
      select i.code as institution, b.feed, b.client_batch_id as "clientBatchId", encode(b.body_digest, 'hex') as digest,
        b.accepted_count as lines
      from feed_batch b
      join institution i on i.id = b.institution_id
      where b.id = any(${[...new Set(batchIds)].map(BigInt)}::bigint[])
      order by i.code collate "C", b.feed collate "C", b.client_batch_id collate "C"`,
  );
  const groups = new Map<string, z.infer<typeof SourceRow>[]>();
  for (const row of rows) groups.set(`${row.institution} ${row.feed}`, [...(groups.get(`${row.institution} ${row.feed}`) ?? []), row]);
  return [...groups.values()].map((group) => ({
    institution: group[0]?.institution as string,
    feed: group[0]?.feed as string,
    batches: group.length,
    lines: group.reduce((sum, { lines }) => sum + lines, 0),
    sha256: sha256(group.map(({ clientBatchId, digest }) => `${clientBatchId} ${digest}\n`).join('')),
  }));
}

/** Hours of the period without any payment from clearing, for instance "2026-11-22T03:00+08:00". */
export async function silentHours({ from, to, watermark }: EvidenceScope): Promise<readonly string[]> {
  const begin = dayStart(from);
  const end = dayStart(addDays(to, 1));
  // Payments lie on other servers than batches where tables are spread: what each hour brought comes first, and few rows of it.
  const rows = await database().$queryRaw`
    with brought as materialized (
      select date_trunc('hour', t.accepted_at, 'Asia/Shanghai') as hour, t.batch_id
      from clearing_transaction t
      where t.accepted_at >= ${begin}
        and t.accepted_at < ${end}
      group by 1, 2
    )
    select to_char(hour at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:00"+08:00"') as hour
    from generate_series(${begin}::timestamptz, ${end}::timestamptz - interval '1 hour', interval '1 hour') as h (hour)
    where not exists (
      select 1
      from brought
      join feed_batch b on b.id = brought.batch_id
      where brought.hour = h.hour
        and ${below(watermark)})
    order by 1`;
  return z
    .array(z.object({ hour: z.string() }))
    .parse(rows)
    .map(({ hour }) => hour);
}

/** Lines of the two sides on the feeds of the cut-over, and of clearing on payments, that were refused by `at` and not settled by then. */
export async function openRefusals({ institutionId, bankId, from, at }: { institutionId: number; bankId: number; from: string; at: Date }) {
  const rows = await database().$queryRaw`
    select i.code as institution, q.feed, count(*)::int as lines
    from quarantined_line q
    join institution i on i.id = q.institution_id
    where q.received_at >= ${dayStart(from)}
      and q.received_at <= ${at}
      and (q.resolved_at is null or q.resolved_at > ${at})
      and ((q.institution_id in (${institutionId}, ${bankId}) and q.feed in ('debits', 'declarations'))
        or (i.kind = 'clearing' and q.feed in ('transactions', 'outcomes')))
    group by 1, 2
    order by 1, 2`;
  return z.array(z.object({ institution: z.string(), feed: z.string(), lines: z.int() })).parse(rows);
}

/** How far the cell had been let through its gates by `at`. */
export async function gateAt(
  cell: { institutionId: number; bankId: number; businessType: EvidenceScope['businessType'] },
  at: Date,
): Promise<GateState> {
  const events = await database().cutOverGateEvent.findMany({
    where: { institutionId: cell.institutionId, bankId: cell.bankId, businessType: cell.businessType, at: { lte: at } },
    orderBy: { id: 'asc' },
    select: { kind: true, gate: true, actorId: true },
  });
  return gateState(
    events.map(({ kind, gate, actorId }) => ({
      kind: kind as GateEventKind,
      gate: gate === null ? null : (GATES.find((one) => one === gate) as Gate),
      actorId,
    })),
  );
}
