import 'server-only';
import type { QuarantineFilter } from '@/domain/quarantine/quarantine-filter';
import type { TimeRange } from '@/domain/time-range';
import { Prisma } from '@/server/generated/prisma/client';

/** Which refused lines; without a range, of any time. */
export type QuarantineScope = QuarantineFilter & { readonly range?: TimeRange | undefined };

/** Conditions on quarantined_line `q` joined to its institution `i`. */
export function quarantineConditions(
  { state, reason, feed, institution, range }: QuarantineScope,
  viewerInstitutionId: number | null,
): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (state === 'open') all.push(Prisma.sql`q.resolved_at is null`);
  if (state === 'resolved') all.push(Prisma.sql`q.resolved_at is not null`);
  if (reason !== undefined) all.push(Prisma.sql`q.reason = ${reason}`);
  if (feed !== undefined) all.push(Prisma.sql`q.feed = ${feed}`);
  if (institution !== undefined) all.push(Prisma.sql`i.code = ${institution}`);
  if (range !== undefined) all.push(Prisma.sql`q.received_at >= ${range.from} and q.received_at < ${range.to}`);
  if (viewerInstitutionId !== null) all.push(Prisma.sql`q.institution_id = ${viewerInstitutionId}`);
  return Prisma.join(all, ' and ');
}
