import 'server-only';
import { canonicalJson } from '@/domain/canonical-json';
import type { BusinessType } from '@/domain/clearing/transaction';
import { EVIDENCE_FORMAT, type Evidence } from '@/domain/cut-over/evidence';
import { MATCHING_RULE, matchDebits, type Verdict } from '@/domain/cut-over/matching';
import { coverage, migratedShare, shareText } from '@/domain/cut-over/share';
import { addDays, dayStart, daysBetween } from '@/domain/cut-over/window';
import { sha256 } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import {
  debitsNaming,
  type EvidenceDebit,
  type EvidenceDeclaration,
  type EvidenceRecord,
  type EvidenceScope,
  evidenceDebits,
  evidenceDeclarations,
  evidenceRecords,
  type Watermark,
} from './evidence-rows';
import { evidenceSources, gateAt, openRefusals, silentHours } from './evidence-surroundings';

export type EvidenceQuestion = {
  readonly institution: string;
  readonly bank: string;
  readonly businessType: BusinessType;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly watermark: Watermark;
  readonly at: Date;
  readonly minimumDays: number;
  readonly coverageMinPercent: number;
};

/**
 * What the stored rows say of one cell as of a watermark, from the raw rows alone: no roll-up and no verdict of the follower is believed.
 * The same question has the same answer for ever, since rows are only added.
 */
export async function gatherEvidence(question: EvidenceQuestion): Promise<Evidence> {
  const { institutionId, bankId } = await sidesOf(question);
  const { businessType, currency, from, to, watermark, at } = question;
  const scope: EvidenceScope = { institutionId, bankId, businessType, currency, from, to, watermark };
  const cellDebits = await evidenceDebits(scope);
  const { cleared, direct } = await evidenceRecords(
    scope,
    cellDebits.flatMap(({ reference }) => (reference === null ? [] : [reference])),
  );
  const rivals = await debitsNaming(
    scope,
    cleared.map(({ key }) => key),
  );
  const verdicts = matchDebits([...cellDebits, ...rivals], cleared);
  const span = { fromMicros: dayStart(from).getTime() * 1000, toMicros: dayStart(addDays(to, 1)).getTime() * 1000 };
  const within = <T extends { readonly atMicros: number }>(rows: readonly T[]) =>
    rows.filter(({ atMicros }) => atMicros >= span.fromMicros && atMicros < span.toMicros).sort(byTime);
  const isCell = (row: { institutionId: number; businessType: string }) =>
    row.institutionId === institutionId && row.businessType === businessType;
  const records = within(cleared.filter(isCell));
  const debits = within(cellDebits);
  const confirmedBy = confirmations([...cellDebits, ...rivals], verdicts);
  const residual = debits.filter(({ key }) => verdicts.get(key)?.kind === 'residual');
  const matched = debits.filter(({ key }) => verdicts.get(key)?.kind === 'matched');
  const isNested = ({ key }: EvidenceDebit) => {
    const verdict = verdicts.get(key);
    return verdict?.kind === 'matched' && verdict.record.institutionId !== institutionId;
  };
  const elsewhere = records.filter(({ key }) => (confirmedBy.get(key)?.institutionId ?? institutionId) !== institutionId);
  const unconfirmed = records.filter(({ key }) => !confirmedBy.has(key));
  const [bankSaid, institutionSaid, hours, quarantined, gate] = await Promise.all([
    evidenceDeclarations(scope, 'bank'),
    evidenceDeclarations(scope, 'institution'),
    silentHours(scope),
    openRefusals({ institutionId, bankId, from, at }),
    gateAt(scope, at),
  ]);
  const cellDirect = within(direct.filter(isCell));
  const agreements = agreementsOf(debits, verdicts);
  const [clearedSum, residualSum] = [sumOf(records), sumOf(residual)];
  return {
    format: EVIDENCE_FORMAT,
    subject: { institution: question.institution, bank: question.bank, businessType, currency },
    period: { from, to, timeZone: 'UTC+8' },
    watermark: { ...watermark, at: at.toISOString() },
    rules: {
      matching: MATCHING_RULE.version,
      keysToleranceSeconds: MATCHING_RULE.keysToleranceMicros / 1_000_000,
      referenceToleranceSeconds: MATCHING_RULE.referenceToleranceMicros / 1_000_000,
      minimumDays: question.minimumDays,
      coverageMinPercent: question.coverageMinPercent,
    },
    clearing: { records: clearedSum, unconfirmed: sumOf(unconfirmed), sha256: digestOf(records.map(recordLine)) },
    bank: {
      debits: sumOf(debits),
      matched: sumOf(matched),
      residual: residualSum,
      nested: sumOf(debits.filter(isNested)),
      sha256: digestOf(debits.map(debitLine)),
      declarations: declarationsOf(bankSaid),
    },
    institution: { declarations: declarationsOf(institutionSaid), elsewhere: sumOf(elsewhere) },
    agreements,
    days: daysOf({ from, to, records, debits, residual, bankSaid, institutionSaid }),
    sources: [
      ...(await evidenceSources([
        ...records.map(({ batchId }) => batchId),
        ...debits.map(({ batchId }) => batchId),
        ...bankSaid.map(({ batchId }) => batchId),
        ...institutionSaid.map(({ batchId }) => batchId),
      ])),
    ],
    gaps: { silentHours: [...hours], quarantined, direct: sumOf(cellDirect) },
    gate: { percent: gate.gate, frozen: gate.frozen },
    result: {
      migratedByCount: shareText(migratedShare(BigInt(clearedSum.count), BigInt(residualSum.count))),
      migratedByValue: shareText(migratedShare(BigInt(clearedSum.minor), BigInt(residualSum.minor))),
      agreementCoverage: shareText(coverage(agreements)),
    },
  };
}

/** Institution and bank of a question by their codes. Throws NotFound where they are not what the question takes them for. */
export async function sidesOf({ institution, bank }: { institution: string; bank: string }) {
  const rows = await database().institution.findMany({ where: { code: { in: [institution, bank] } } });
  const payment = rows.find(({ code, kind }) => code === institution && kind === 'payment');
  const holder = rows.find(({ code, kind }) => code === bank && kind === 'bank');
  if (!payment || !holder) throw new NotFound('there is no such payment institution and bank');
  return { institutionId: payment.id, bankId: holder.id, payment, holder };
}

/** Which debit confirms each record. */
function confirmations(debits: readonly EvidenceDebit[], verdicts: ReadonlyMap<string, Verdict>): ReadonlyMap<string, EvidenceDebit> {
  const out = new Map<string, EvidenceDebit>();
  for (const debit of debits) {
    const verdict = verdicts.get(debit.key);
    if (verdict?.kind === 'matched') out.set(verdict.record.key, debit);
  }
  return out;
}

function agreementsOf(debits: readonly EvidenceDebit[], verdicts: ReadonlyMap<string, Verdict>): { used: number; covered: number } {
  const used = new Set<string>();
  const covered = new Set<string>();
  for (const { key, agreementNo } of debits) {
    if (agreementNo === null) continue;
    used.add(agreementNo);
    if (verdicts.get(key)?.kind === 'matched') covered.add(agreementNo);
  }
  return { used: used.size, covered: covered.size };
}

function daysOf(input: {
  from: string;
  to: string;
  records: readonly EvidenceRecord[];
  debits: readonly EvidenceDebit[];
  residual: readonly EvidenceDebit[];
  bankSaid: readonly EvidenceDeclaration[];
  institutionSaid: readonly EvidenceDeclaration[];
}): Evidence['days'] {
  return Array.from({ length: daysBetween(input.from, input.to) }, (_, n) => {
    const day = addDays(input.from, n);
    const span = { from: dayStart(day).getTime() * 1000, to: dayStart(addDays(day, 1)).getTime() * 1000 };
    const ofDay = <T extends { readonly atMicros: number }>(rows: readonly T[]) =>
      rows.filter(({ atMicros }) => atMicros >= span.from && atMicros < span.to);
    return {
      day,
      clearing: sumOf(ofDay(input.records)),
      debits: sumOf(ofDay(input.debits)),
      residual: sumOf(ofDay(input.residual)),
      bank: saidOf(input.bankSaid, day),
      institution: saidOf(input.institutionSaid, day),
    };
  });
}

function saidOf(declarations: readonly EvidenceDeclaration[], day: string): Evidence['days'][number]['bank'] {
  const said = declarations.find((one) => one.day === day);
  if (!said) return null;
  const { clearedCount, clearedMinor, directCount, directMinor, directInterface } = said;
  return { clearedCount, clearedMinor, directCount, directMinor, directInterface };
}

function declarationsOf(said: readonly EvidenceDeclaration[]): Evidence['bank']['declarations'] {
  const total = (field: 'clearedCount' | 'clearedMinor' | 'directCount' | 'directMinor') =>
    said.reduce((sum, one) => sum + BigInt(one[field]), 0n).toString();
  return {
    days: said.length,
    clearedCount: total('clearedCount'),
    clearedMinor: total('clearedMinor'),
    directCount: total('directCount'),
    directMinor: total('directMinor'),
    sha256: digestOf(said.map(declarationLine)),
  };
}

// One line of canonical JSON for each row, in the order of time and then of the party's own number: docs/cut-over.md says how to repeat it.
const recordLine = ({ transactionId, atMicros, amountMinor, currency, agreementNo }: EvidenceRecord) =>
  canonicalJson([transactionId, String(atMicros), amountMinor.toString(), currency, agreementNo]);
const debitLine = ({ serial, atMicros, amountMinor, currency, transactionId, agreementNo }: EvidenceDebit) =>
  canonicalJson([serial, String(atMicros), amountMinor.toString(), currency, transactionId, agreementNo]);
const declarationLine = (said: EvidenceDeclaration) =>
  canonicalJson([
    said.day,
    said.messageId,
    said.clearedCount,
    said.clearedMinor,
    said.directCount,
    said.directMinor,
    said.directInterface,
    said.declaredMicros,
  ]);

function digestOf(lines: readonly string[]): string {
  return sha256(lines.map((line) => `${line}\n`).join(''));
}

function sumOf(rows: readonly { readonly amountMinor: bigint }[]): { count: string; minor: string } {
  return { count: String(rows.length), minor: rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n).toString() };
}

function byTime(a: { atMicros: number; key?: string; serial?: string; transactionId?: string | null }, b: typeof a): number {
  const [own, other] = [a.serial ?? a.transactionId ?? '', b.serial ?? b.transactionId ?? ''];
  return a.atMicros - b.atMicros || (own < other ? -1 : own > other ? 1 : 0);
}
