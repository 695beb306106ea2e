import 'server-only';
import * as z from 'zod';
import type { Evidence } from '@/domain/cut-over/evidence';
import { judgeEvidence, type WithheldReason } from '@/domain/cut-over/judge-evidence';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { followedUpTo } from './evidence-surroundings';
import { gatherEvidence, sidesOf } from './gather-evidence';
import { repeatEvidence } from './repeat-evidence';

const Later = z.object({
  kind: z.enum(['record', 'debit', 'declaration', 'outcome']),
  institution: z.string(),
  batch: z.string(),
  receivedAt: z.date(),
  rows: z.int(),
});
/** Rows of the period that came after the certificate's watermark, by the batch that brought them. */
export type LaterData = z.infer<typeof Later>;
export type Rerun = {
  /** The rows below the watermark give the certificate's evidence again, byte for byte. */
  readonly same: boolean;
  readonly later: readonly LaterData[];
  /** What the evidence says with everything that is stored now; none where it still proves the cut-over. */
  readonly reasonsNow: readonly WithheldReason[];
};

/** Takes a certificate's evidence again: as of its watermark, and as of now, with whatever came in between named. */
export async function rerunCertificate({ text, evidence }: { readonly text: string; readonly evidence: Evidence }): Promise<Rerun> {
  const { subject, period, watermark, rules } = evidence;
  const [again, later, position] = await Promise.all([repeatEvidence(evidence), laterData(evidence), followedUpTo()]);
  const now = await gatherEvidence({
    ...subject,
    from: period.from,
    to: period.to,
    watermark: position ?? { xid: watermark.xid, batch: watermark.batch },
    at: new Date(),
    minimumDays: rules.minimumDays,
    coverageMinPercent: rules.coverageMinPercent,
  });
  return { same: again === text, later, reasonsNow: judgeEvidence(now) };
}

async function laterData({ subject, period, watermark }: Evidence): Promise<readonly LaterData[]> {
  const { institutionId, bankId } = await sidesOf(subject);
  const [from, to] = [dayStart(period.from), dayStart(addDays(period.to, 1))];
  const after = Prisma.sql`(b.xid, b.id) > (${watermark.xid}::xid8, ${watermark.batch}::bigint)`;
  const isRecord = Prisma.sql`t.accepted_at >= ${from} and t.accepted_at < ${to} and t.payer_institution_id = ${bankId}
    and t.business_type = ${subject.businessType}::business_type and t.currency = ${subject.currency}
    and case when m.kind = 'payment' then m.id else t.payee_institution_id end = ${institutionId}`;
  const rows = await database().$queryRaw`
    with later as (
      select 'record' as kind, b.id
      from clearing_transaction t
      join feed_batch b on b.id = t.batch_id
      left join institution m on m.id = t.intermediary_institution_id
      where ${isRecord} and ${after}
      union all
      select 'outcome', b.id
      from clearing_transaction t
      left join institution m on m.id = t.intermediary_institution_id
      join transaction_outcome o on o.transaction_key = t.transaction_key and o.from_status <> o.to_status
      join feed_batch b on b.id = o.batch_id
      where ${isRecord} and ${after}
      union all
      select 'debit', b.id
      from bank_debit d
      join feed_batch b on b.id = d.batch_id
      where d.institution_id = ${institutionId} and d.bank_id = ${bankId} and d.business_type = ${subject.businessType}::business_type
        and d.currency = ${subject.currency} and d.debited_at >= ${from} and d.debited_at < ${to} and ${after}
      union all
      select 'declaration', b.id
      from cut_over_declaration d
      join feed_batch b on b.id = d.batch_id
      where d.institution_id = ${institutionId} and d.bank_id = ${bankId} and d.business_type = ${subject.businessType}::business_type
        and d.currency = ${subject.currency} and d.day >= ${period.from}::date and d.day <= ${period.to}::date and ${after}
    )
    select l.kind, i.code as institution, b.client_batch_id as batch, b.received_at as "receivedAt", count(*)::int as rows
    from later l
    join feed_batch b on b.id = l.id
    join institution i on i.id = b.institution_id
    group by 1, 2, 3, 4
    order by 4, 1`;
  return z.array(Later).parse(rows);
}
