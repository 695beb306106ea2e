import 'server-only';
import * as z from 'zod';
import type { AlertFacts, AlertRow, AlertSubject } from '@/domain/alerts/alert-row';
import { ALERT_SEVERITIES, ALERT_SOURCES, ALERT_STATES } from '@/domain/alerts/alert-states';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { DUE_AT, stateOf } from './alert-conditions';

const SUBJECTS = ['account', 'institution', 'pair', 'merchant', 'terminal', 'platform'] as const;

/** One row of `alert` as the lists read it; the heavy parts of its detail stay behind. */
export const AlertRecord = z.object({
  id: z.string(),
  version: z.int(),
  source: z.enum(ALERT_SOURCES),
  ruleId: z.string(),
  ruleVersion: z.int(),
  subjectType: z.enum(SUBJECTS),
  subjectId: z.string(),
  institutionId: z.int().nullable(),
  severity: z.enum(ALERT_SEVERITIES),
  score: z.number(),
  currency: z.string().nullable(),
  amountMinor: z.string(),
  transactionCount: z.int(),
  foldedCount: z.int(),
  openedAt: z.date(),
  updatedAt: z.date(),
  grownSince: z.date().nullable(),
  dueAt: z.date(),
  state: z.enum(ALERT_STATES),
  snoozedUntil: z.date().nullable(),
  assigneeId: z.string().nullable(),
  facts: z.unknown(),
});
export type AlertRecord = z.infer<typeof AlertRecord>;

export const ALERT_COLUMNS = (at: Date) => Prisma.sql`a.id::text as id, a.version, a.source, a.rule_id as "ruleId",
  a.rule_version as "ruleVersion", a.subject_type as "subjectType", a.subject_id as "subjectId", a.institution_id as "institutionId",
  a.severity, a.score, a.currency, a.amount_minor::text as "amountMinor", a.transaction_count as "transactionCount",
  a.folded_count as "foldedCount", a.opened_at as "openedAt", a.updated_at as "updatedAt", a.grown_since as "grownSince",
  ${DUE_AT} as "dueAt", ${stateOf(at)} as state, a.snoozed_until as "snoozedUntil", a.assigned_to::text as "assigneeId",
  a.detail - array['reasons', 'samples', 'course', 'group'] as facts`;

const Facts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typology'), findings: z.array(z.object({ size: z.number(), askedHere: z.number() })).min(1) }),
  z.object({
    kind: z.literal('rule'),
    outcome: z.enum(['violation', 'reportable', 'notable']),
    reason: z.string(),
    value: z.string(),
    from: z.string(),
    unit: z.enum(['minor', 'count', 'days', 'flag']),
    currency: z.string().nullable(),
  }),
  z.object({ kind: z.literal('statistic'), unit: z.enum(['count', 'share', 'ms']), value: z.number(), median: z.number(), z: z.number() }),
  z.object({ kind: z.literal('fault'), fault: z.string() }),
]);

/** Records with the names that belong to them, in the same order. Accounts are masked; names are short ones of `locale`. */
export async function alertRowsOf(records: readonly AlertRecord[], locale: string): Promise<AlertRow[]> {
  if (records.length === 0) return [];
  const accounts = records.flatMap(({ subjectType, subjectId }) => (subjectType === 'account' ? [subjectId] : []));
  const [masked, parties, people] = await Promise.all([maskedNumbers(accounts), partiesOf(records, locale), namesOf(records)]);
  return records.map(({ id, version, source, ruleId, ruleVersion, severity, score, currency, amountMinor, ...record }) => ({
    id,
    version,
    source,
    ruleId,
    ruleVersion,
    severity,
    score,
    currency,
    amountMinor,
    transactionCount: record.transactionCount,
    foldedCount: record.foldedCount,
    state: record.state,
    openedAt: record.openedAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    grownSince: record.grownSince?.toISOString() ?? null,
    dueAt: record.dueAt.toISOString(),
    snoozedUntil: record.state === 'snoozed' ? (record.snoozedUntil?.toISOString() ?? null) : null,
    institution: record.institutionId === null ? null : (parties.get(record.institutionId) ?? null),
    assignee: record.assigneeId === null ? null : { id: record.assigneeId, name: people.get(record.assigneeId) ?? record.assigneeId },
    subject: subjectOf(record, masked, parties),
    facts: factsOf(record.facts),
  }));
}

function subjectOf(
  { subjectType, subjectId }: Pick<AlertRecord, 'subjectType' | 'subjectId'>,
  masked: ReadonlyMap<string, string>,
  parties: ReadonlyMap<number, { code: string; name: string }>,
): AlertSubject {
  const party = (id: string) => parties.get(Number(id)) ?? { code: id, name: id };
  if (subjectType === 'account') return { kind: 'account', id: subjectId, masked: masked.get(subjectId) ?? null };
  if (subjectType === 'institution') return { kind: 'institution', party: party(subjectId) };
  if (subjectType === 'pair') {
    const [payer = '', payee = ''] = subjectId.split(':');
    return { kind: 'pair', payer: party(payer), payee: party(payee) };
  }
  return subjectType === 'platform' ? { kind: 'platform' } : { kind: subjectType, id: subjectId };
}

function factsOf(detail: unknown): AlertFacts {
  const facts = Facts.parse(detail);
  if (facts.kind !== 'typology') return facts;
  const first = facts.findings[0] as { size: number; askedHere: number };
  return { kind: 'typology', size: first.size, asked: first.askedHere, others: facts.findings.length - 1 };
}

// Asked apart from the alerts: on a cluster accounts are spread and alerts are not.
async function maskedNumbers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await database().account.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, numberMasked: true } });
  return new Map(found.map(({ id, numberMasked }) => [id, numberMasked]));
}

async function partiesOf(records: readonly AlertRecord[], locale: string) {
  const ids = records.flatMap(({ institutionId, subjectType, subjectId }) => [
    ...(institutionId === null ? [] : [institutionId]),
    ...(subjectType === 'institution' || subjectType === 'pair' ? subjectId.split(':').map(Number).filter(Number.isSafeInteger) : []),
  ]);
  const found = await database().institution.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, code: true, shortZh: true, shortEn: true },
  });
  return new Map(found.map(({ id, code, shortZh, shortEn }) => [id, { code, name: locale.startsWith('zh') ? shortZh : shortEn }]));
}

async function namesOf(records: readonly AlertRecord[]): Promise<ReadonlyMap<string, string>> {
  const ids = records.flatMap(({ assigneeId }) => (assigneeId === null ? [] : [assigneeId]));
  if (ids.length === 0) return new Map();
  const found = await database().appUser.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, displayName: true } });
  return new Map(found.map(({ id, displayName }) => [id, displayName]));
}
