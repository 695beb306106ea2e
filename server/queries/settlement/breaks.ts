import 'server-only';
import * as z from 'zod';
import { BREAK_KINDS, BREAK_ORIGINS, BREAK_RESOLUTIONS, type BreakKind, type BreakState } from '@/domain/settlement/break-kinds';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const BREAKS_MAX = 200;
const Row = z.object({
  id: z.string(),
  sessionNo: z.string(),
  origin: z.enum(BREAK_ORIGINS),
  kind: z.enum(BREAK_KINDS),
  institution: z.string().nullable(),
  institutionCode: z.string().nullable(),
  party: z.string().nullable(),
  currency: z.string(),
  transactionId: z.string().nullable(),
  reference: z.string().nullable(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  expectedMinor: z.coerce.bigint().nullable(),
  foundMinor: z.coerce.bigint().nullable(),
  detectedAt: z.date(),
  healedAt: z.date().nullable(),
  ownerId: z.string().nullable(),
  owner: z.string().nullable(),
  resolvedAt: z.date().nullable(),
  resolvedBy: z.string().nullable(),
  resolution: z.enum(BREAK_RESOLUTIONS).nullable(),
  note: z.string().nullable(),
});
export type BreakRow = z.infer<typeof Row>;

export type BreakScope = {
  readonly state?: BreakState | undefined;
  readonly kind?: BreakKind | undefined;
  readonly session?: string | undefined;
  /** A user's id, or "none" for those that nobody owns. */
  readonly owner?: string | undefined;
  readonly id?: string | undefined;
};

const Count = z.object({ kind: z.enum(BREAK_KINDS), count: z.int() });
export type BreakPage = {
  readonly breaks: readonly BreakRow[];
  readonly total: number;
  /** By kind, the scope's own kind left out of account. */
  readonly counts: ReadonlyMap<BreakKind, number>;
};

/** Breaks of a scope, the oldest first, with how many there are of each kind. */
export async function breaks(actor: Actor, { scope, locale }: { scope: BreakScope; locale: string }): Promise<BreakPage> {
  const chinese = locale.startsWith('zh');
  const [rows, counts] = await Promise.all([
    database().$queryRaw`
      select k.id::text as id, k.session_no as "sessionNo", k.origin, k.kind,
        case when ${chinese} then i.short_zh else i.short_en end as institution, i.code as "institutionCode", k.party, k.currency,
        t.transaction_id as "transactionId", k.reference, k.expected, k.found, k.expected_minor::text as "expectedMinor",
        k.found_minor::text as "foundMinor", k.detected_at as "detectedAt", k.healed_at as "healedAt", k.owner_id::text as "ownerId",
        o.display_name as owner, k.resolved_at as "resolvedAt", r.display_name as "resolvedBy", k.resolution, k.note
      from settlement_break k
      left join institution i on i.id = k.institution_id
      left join clearing_transaction t on t.transaction_key = k.transaction_key and t.accepted_at = k.accepted_at
      left join app_user o on o.id = k.owner_id
      left join app_user r on r.id = k.resolved_by
      where ${conditions(scope, actor.institutionId)}
      order by k.detected_at, k.id
      limit ${BREAKS_MAX}`,
    database().$queryRaw`
      select k.kind, count(*)::int as count
      from settlement_break k
      where ${conditions({ ...scope, kind: undefined }, actor.institutionId)}
      group by k.kind`,
  ]);
  const byKind = new Map(
    z
      .array(Count)
      .parse(counts)
      .map(({ kind, count }) => [kind, count]),
  );
  const total = scope.kind === undefined ? [...byKind.values()].reduce((sum, count) => sum + count, 0) : (byKind.get(scope.kind) ?? 0);
  return { breaks: z.array(Row).parse(rows), total, counts: byKind };
}

function conditions({ state, kind, session, owner, id }: BreakScope, viewerInstitutionId: number | null): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (state === 'open') all.push(Prisma.sql`k.resolved_at is null and k.healed_at is null`);
  if (state === 'resolved') all.push(Prisma.sql`k.resolved_at is not null`);
  if (state === 'healed') all.push(Prisma.sql`k.healed_at is not null and k.resolved_at is null`);
  if (kind !== undefined) all.push(Prisma.sql`k.kind = ${kind}`);
  if (session !== undefined) all.push(Prisma.sql`k.session_no = ${session}`);
  if (owner === 'none') all.push(Prisma.sql`k.owner_id is null`);
  else if (owner !== undefined) all.push(Prisma.sql`k.owner_id = ${owner}::uuid`);
  if (id !== undefined) all.push(Prisma.sql`k.id = ${id}::bigint`);
  if (viewerInstitutionId !== null) all.push(Prisma.sql`k.institution_id = ${viewerInstitutionId}`);
  return Prisma.join(all, ' and ');
}
