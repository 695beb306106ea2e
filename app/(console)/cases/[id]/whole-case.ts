import { caseAlerts } from '@/server/queries/cases/case-alerts';
import { caseDetail } from '@/server/queries/cases/case-detail';
import { caseInstitutions } from '@/server/queries/cases/case-institutions';
import { casePayments } from '@/server/queries/cases/case-payments';
import { caseTimeline } from '@/server/queries/cases/case-timeline';
import { caseTraces } from '@/server/queries/cases/case-traces';
import { caseWork } from '@/server/queries/cases/case-work';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { Actor } from '@/server/session';

/** Everything of a case; null for who is not on it. Ask enterCase first: this leaves no trace of having been asked. */
export async function wholeCase(actor: Actor, { no, locale, events }: { no: string; locale: string; events: number }) {
  const [detail, payments, alerts, traces, work, timeline] = await Promise.all([
    caseDetail(actor, { no }),
    casePayments(actor, { no, locale }),
    caseAlerts(actor, { no }),
    caseTraces(actor, { no }),
    caseWork(actor, { no }),
    caseTimeline(actor, { no, limit: events }),
  ]);
  if (!detail) return null;
  const concerned = [
    ...payments.rows.flatMap(({ payerId, payeeId, betweenId }) => [payerId, payeeId, ...(betweenId === null ? [] : [betweenId])]),
    ...alerts.flatMap(({ institutionId }) => institutionId ?? []),
  ];
  const codes = traces.flatMap(({ snapshot }) => snapshot.nodes.flatMap(({ institution }) => institution ?? []));
  const [institutions, traced] = await Promise.all([
    caseInstitutions(actor, { no, ids: [...new Set(concerned)], locale }),
    institutionsByCode(actor, { codes: [...new Set(codes)], locale }),
  ]);
  const names: ReadonlyMap<string, string> = new Map(traced.map(({ code, name }) => [code, name]));
  return { detail, payments, alerts, traces, work, timeline, institutions, names };
}

export type WholeCase = NonNullable<Awaited<ReturnType<typeof wholeCase>>>;
