import * as z from 'zod';
import type { Evidence } from './evidence';
import { coverage } from './share';
import { addDays, daysBetween } from './window';

export const WITHHELD_REASONS = [
  'period-too-short',
  'period-not-over',
  'nothing-cleared',
  'bank-not-reported',
  'bank-report-incomplete',
  'bank-does-not-confirm',
  'institution-not-declared',
  'sides-disagree',
  'declared-direct',
  'interface-open',
  'residual-direct',
  'reported-direct',
  'nested',
  'coverage-below',
  'feed-gap',
  'lines-in-quarantine',
  'gate-not-passed',
] as const;

/** Why the evidence proves nothing: a code, the numbers that go with it, and the days it is about. */
export const WithheldReason = z.strictObject({
  code: z.enum(WITHHELD_REASONS),
  count: z.string().optional(),
  minor: z.string().optional(),
  of: z.string().optional(),
  days: z.array(z.string()).optional(),
});
export type WithheldReason = z.infer<typeof WithheldReason>;

/**
 * Every reason why this evidence does not prove the cut-over; none where it does. A missing word is a reason like a contrary one: what
 * nobody said is not taken for zero.
 */
export function judgeEvidence(evidence: Evidence): readonly WithheldReason[] {
  return [
    ...period(evidence),
    ...bankSide(evidence),
    ...institutionSide(evidence),
    ...contrary(evidence),
    ...coverageAndGate(evidence),
    ...gaps(evidence),
  ];
}

function period({ period: { from, to }, watermark, rules, clearing }: Evidence): WithheldReason[] {
  const days = daysBetween(from, to);
  return [
    ...(days < rules.minimumDays ? [{ code: 'period-too-short' as const, count: String(days), of: String(rules.minimumDays) }] : []),
    ...(Date.parse(`${addDays(to, 1)}T00:00:00+08:00`) > Date.parse(watermark.at)
      ? [{ code: 'period-not-over' as const, days: [to] }]
      : []),
    ...(clearing.records.count === '0' ? [{ code: 'nothing-cleared' as const }] : []),
  ];
}

function bankSide({ days, clearing }: Evidence): WithheldReason[] {
  const missing = days.filter(({ bank }) => bank === null).map(({ day }) => day);
  const incomplete = days.filter(
    ({ bank, debits }) =>
      bank !== null &&
      (BigInt(debits.count) !== BigInt(bank.clearedCount) + BigInt(bank.directCount) ||
        BigInt(debits.minor) !== BigInt(bank.clearedMinor) + BigInt(bank.directMinor)),
  );
  const declared = incomplete.reduce((sum, { bank }) => sum + BigInt(bank?.clearedCount ?? 0) + BigInt(bank?.directCount ?? 0), 0n);
  const sent = incomplete.reduce((sum, { debits }) => sum + BigInt(debits.count), 0n);
  return [
    ...(missing.length > 0
      ? [{ code: 'bank-not-reported' as const, count: String(missing.length), of: String(days.length), days: missing }]
      : []),
    ...(incomplete.length > 0
      ? [
          {
            code: 'bank-report-incomplete' as const,
            count: sent.toString(),
            of: declared.toString(),
            days: incomplete.map(({ day }) => day),
          },
        ]
      : []),
    ...(clearing.unconfirmed.count !== '0'
      ? [{ code: 'bank-does-not-confirm' as const, ...clearing.unconfirmed, of: clearing.records.count }]
      : []),
  ];
}

function institutionSide({ days }: Evidence): WithheldReason[] {
  const missing = days.filter(({ institution }) => institution === null).map(({ day }) => day);
  const differing = days.filter(
    ({ institution, clearing }) =>
      institution !== null && (institution.clearedCount !== clearing.count || institution.clearedMinor !== clearing.minor),
  );
  return [
    ...(missing.length > 0
      ? [{ code: 'institution-not-declared' as const, count: String(missing.length), of: String(days.length), days: missing }]
      : []),
    ...(differing.length > 0
      ? [{ code: 'sides-disagree' as const, count: String(differing.length), days: differing.map(({ day }) => day) }]
      : []),
  ];
}

function contrary({ days, bank, institution, gaps: { direct } }: Evidence): WithheldReason[] {
  const declaredCount =
    BigInt(bank.declarations.directCount) > BigInt(institution.declarations.directCount) ? bank.declarations : institution.declarations;
  const last = days.at(-1);
  const open = last?.bank?.directInterface === 'open' || last?.institution?.directInterface === 'open';
  return [
    ...(bank.residual.count !== '0'
      ? [
          {
            code: 'residual-direct' as const,
            ...bank.residual,
            days: days.filter(({ residual }) => residual.count !== '0').map(({ day }) => day),
          },
        ]
      : []),
    ...(declaredCount.directCount !== '0'
      ? [{ code: 'declared-direct' as const, count: declaredCount.directCount, minor: declaredCount.directMinor }]
      : []),
    ...(direct.count !== '0' ? [{ code: 'reported-direct' as const, ...direct }] : []),
    ...(open ? [{ code: 'interface-open' as const, days: [last?.day as string] }] : []),
    ...(bank.nested.count !== '0' ? [{ code: 'nested' as const, ...bank.nested }] : []),
    ...(institution.elsewhere.count !== '0' ? [{ code: 'nested' as const, ...institution.elsewhere }] : []),
  ];
}

function coverageAndGate({ agreements, rules, gate }: Evidence): WithheldReason[] {
  const covered = coverage(agreements);
  const below = covered !== null && covered < rules.coverageMinPercent * 10_000;
  return [
    ...(below ? [{ code: 'coverage-below' as const, count: String(agreements.covered), of: String(agreements.used) }] : []),
    ...(gate.percent !== 100 || gate.frozen ? [{ code: 'gate-not-passed' as const, count: String(gate.percent) }] : []),
  ];
}

function gaps({ gaps: { silentHours, quarantined } }: Evidence): WithheldReason[] {
  const lines = quarantined.reduce((sum, one) => sum + one.lines, 0);
  return [
    ...(silentHours.length > 0 ? [{ code: 'feed-gap' as const, count: String(silentHours.length), days: silentHours }] : []),
    ...(lines > 0 ? [{ code: 'lines-in-quarantine' as const, count: String(lines) }] : []),
  ];
}
