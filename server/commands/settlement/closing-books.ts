import 'server-only';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ClosingFacts, ClosingState } from '@/domain/settlement/closing';
import { NotFound } from '@/server/errors';
import type { Prisma } from '@/server/generated/prisma/client';
import { agentStanding } from '@/server/queries/settlement/agent-standing';
import { rowSums } from '@/server/queries/settlement/row-sums';

export const SessionNo = z.string().regex(/^\d{8}-\d{2}$/);

const Session = z.object({
  no: z.string(),
  opensAt: z.date(),
  cutOffAt: z.date(),
  closedAt: z.date().nullable(),
  agentRequired: z.boolean(),
});
const Closing = z.object({
  id: z.bigint(),
  proposedBy: z.string(),
  decidedBy: z.string().nullable(),
  outcome: z.string(),
  digest: z.string(),
});
const Position = z.object({
  institutionId: z.int(),
  currency: z.string(),
  inMinor: z.coerce.bigint(),
  outMinor: z.coerce.bigint(),
  inCount: z.string(),
  outCount: z.string(),
});

export type ClosingBooks = {
  readonly state: ClosingState;
  readonly closingId: bigint | null;
  readonly digest: string;
  readonly facts: ClosingFacts;
};

/**
 * A session's books as they are closed by: locked, so that neither the monitor nor another person changes them until the transaction ends.
 * The rows are summed again. Throws NotFound.
 */
export async function closingBooks(tx: Prisma.TransactionClient, { no, at }: { no: string; at: Date }): Promise<ClosingBooks> {
  const [session] = z.array(Session).parse(
    await tx.$queryRaw`
      select s.no, s.opens_at as "opensAt", s.cut_off_at as "cutOffAt", s.closed_at as "closedAt",
        (select c.agent_required from settlement_schedule c where c.effective_from <= s.business_day order by c.effective_from desc limit 1)
          as "agentRequired"
      from settlement_session s
      where s.no = ${no}
      for update of s`,
  );
  if (!session) throw new NotFound(`no session ${no}`);
  const [closing] = z.array(Closing).parse(
    await tx.$queryRaw`
      select c.id, c.proposed_by::text as "proposedBy", c.decided_by::text as "decidedBy", c.outcome, c.positions_digest as digest
      from settlement_closing c
      where c.session_no = ${no} and c.outcome in ('open', 'confirmed')`,
  );
  const positions = z.array(Position).parse(
    await tx.$queryRaw`
      select p.institution_id as "institutionId", p.currency, p.in_minor::text as "inMinor", p.out_minor::text as "outMinor",
        p.in_count::text as "inCount", p.out_count::text as "outCount"
      from settlement_position p
      where p.session_no = ${no}
      order by p.institution_id, p.currency collate "C"`,
  );
  const [{ open, dataAt }] = z.tuple([z.object({ open: z.int(), dataAt: z.date().nullable() })]).parse(
    await tx.$queryRaw`
      select (select count(*) from settlement_break k
        where k.session_no = ${no} and k.resolved_at is null and k.healed_at is null and k.kind not in ('date-cut', 'order'))::int as open,
        (select w.data_at from monitor_watermark w where w.name = 'books') as "dataAt"`,
  );
  const rows = await rowSums(session, tx);
  const standing = session.agentRequired ? await agentStanding(session, tx) : null;
  return {
    state: stateOf(session, closing, at),
    closingId: closing?.id ?? null,
    digest: digestOf(no, positions),
    facts: {
      cutOffAtMs: session.cutOffAt.getTime(),
      nowMs: at.getTime(),
      dataAtMs: dataAt?.getTime() ?? 0,
      sums: [...sumsOf(positions).values()],
      openBreaks: open,
      rowsAgree: agree(positions, rows),
      agent: standing === null ? 'not-required' : standing.confirmed === standing.toConfirm ? 'confirmed' : 'open',
    },
  };
}

function stateOf(session: z.infer<typeof Session>, closing: z.infer<typeof Closing> | undefined, at: Date): ClosingState {
  if (session.closedAt !== null && closing) return { kind: 'closed', proposedBy: closing.proposedBy, confirmedBy: closing.decidedBy ?? '' };
  if (closing) return { kind: 'proposed', by: closing.proposedBy, digest: closing.digest };
  return { kind: at < session.cutOffAt ? 'collecting' : 'awaiting' };
}

type Position = z.infer<typeof Position>;

/** SHA-256 of every position in a fixed order and form: what exactly was proposed and confirmed. */
function digestOf(no: string, positions: readonly Position[]): string {
  const lines = positions.map((each) =>
    [each.institutionId, each.currency, each.inMinor, each.outMinor, each.inCount, each.outCount].join(' '),
  );
  return createHash('sha256')
    .update([no, ...lines].join('\n'))
    .digest('hex');
}

function sumsOf(positions: readonly Position[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, inMinor, outMinor } of positions) sums.set(currency, (sums.get(currency) ?? 0n) + inMinor - outMinor);
  return sums;
}

function agree(positions: readonly Position[], rows: Awaited<ReturnType<typeof rowSums>>): boolean {
  const standing = new Map(positions.map((each) => [`${each.institutionId} ${each.currency}`, each]));
  const summed = rows.filter((row) => {
    const position = standing.get(`${row.institutionId} ${row.currency}`);
    standing.delete(`${row.institutionId} ${row.currency}`);
    return (
      row.windowInMinor - row.leftInMinor + row.takenInMinor !== (position?.inMinor ?? 0n) ||
      row.windowOutMinor - row.leftOutMinor + row.takenOutMinor !== (position?.outMinor ?? 0n)
    );
  });
  return summed.length === 0 && [...standing.values()].every(({ inMinor, outMinor }) => inMinor === 0n && outMinor === 0n);
}
