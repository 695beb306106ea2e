import type { BusinessType } from '@/domain/clearing/transaction';

/** Named in every certificate: another rule gives other verdicts, and so is another version. */
export const MATCHING_RULE = {
  version: '1',
  /** A debit that names its clearing record may lie so far from it. */
  referenceToleranceMicros: 86_400_000_000,
  /** A debit that names none is held against records of its own keys that lie so near. Amounts are never approximate. */
  keysToleranceMicros: 120_000_000,
} as const;

/** What two sides must agree on before time is even looked at. Institutions by number. */
type Keys = {
  readonly bankId: number;
  readonly institutionId: number;
  readonly businessType: BusinessType;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly agreementNo: string | null;
};

/** A debit as its bank reports it. */
export type Debit = Keys & {
  readonly key: string;
  readonly atMicros: number;
  /** The transaction key of the clearing record that the bank names. */
  readonly reference: string | null;
};

/** A succeeded payment that went through clearing and debits a bank for a payment institution. */
export type ClearingRecord = Keys & { readonly key: string; readonly atMicros: number };

export type Verdict =
  | { readonly kind: 'matched'; readonly reason: 'reference' | 'keys'; readonly record: ClearingRecord }
  | { readonly kind: 'residual'; readonly reason: ResidualReason };

export const RESIDUAL_REASONS = ['no-record', 'reference-unknown', 'reference-differs', 'reference-taken'] as const;
/**
 * no-record: names none, and none of its keys is near and free. reference-unknown: names one that clearing does not have as succeeded.
 * reference-differs: the record has another bank, currency or amount, or is more than a day away. reference-taken: another debit has it.
 */
export type ResidualReason = (typeof RESIDUAL_REASONS)[number];

/**
 * Which debit belongs to which clearing record; what is left is residual direct. A function of the two sets alone: order, repetition and
 * lateness of what came make no difference, a debit has one record at most and a record one debit.
 *
 * First every debit that names a record: the earliest fitting one gets it. Then, among the records that nobody named, every debit that
 * names none, the earliest first, gets the earliest free record of the same bank, institution, type, currency and amount within the
 * tolerance, with the same agreement where both state one.
 */
export function matchDebits(debits: Iterable<Debit>, records: Iterable<ClearingRecord>): Map<string, Verdict> {
  const recordByKey = new Map<string, ClearingRecord>();
  for (const record of records) recordByKey.set(record.key, record);
  const inOrder = [...new Map([...debits].map((debit) => [debit.key, debit])).values()].sort(byTime);
  const verdicts = new Map<string, Verdict>();
  const taken = new Set<string>();
  for (const debit of inOrder) if (debit.reference !== null) verdicts.set(debit.key, byReference(debit, recordByKey, taken));
  const free = new Map<string, ClearingRecord[]>();
  for (const record of [...recordByKey.values()].filter(({ key }) => !taken.has(key)).sort(byTime)) {
    const group = free.get(keysOf(record));
    if (group) group.push(record);
    else free.set(keysOf(record), [record]);
  }
  for (const debit of inOrder) if (debit.reference === null) verdicts.set(debit.key, byKeys(debit, free.get(keysOf(debit)) ?? [], taken));
  return verdicts;
}

function byReference(debit: Debit, records: ReadonlyMap<string, ClearingRecord>, taken: Set<string>): Verdict {
  const record = records.get(debit.reference as string);
  if (!record) return { kind: 'residual', reason: 'reference-unknown' };
  if (!fitsReference(debit, record)) return { kind: 'residual', reason: 'reference-differs' };
  if (taken.has(record.key)) return { kind: 'residual', reason: 'reference-taken' };
  taken.add(record.key);
  return { kind: 'matched', reason: 'reference', record };
}

function fitsReference(debit: Debit, record: ClearingRecord): boolean {
  return (
    debit.bankId === record.bankId &&
    debit.currency === record.currency &&
    debit.amountMinor === record.amountMinor &&
    Math.abs(debit.atMicros - record.atMicros) <= MATCHING_RULE.referenceToleranceMicros
  );
}

function byKeys(debit: Debit, candidates: readonly ClearingRecord[], taken: Set<string>): Verdict {
  for (let at = firstNotBefore(candidates, debit.atMicros - MATCHING_RULE.keysToleranceMicros); at < candidates.length; at++) {
    const record = candidates[at] as ClearingRecord;
    if (record.atMicros > debit.atMicros + MATCHING_RULE.keysToleranceMicros) break;
    if (taken.has(record.key) || !sameAgreement(debit, record)) continue;
    taken.add(record.key);
    return { kind: 'matched', reason: 'keys', record };
  }
  return { kind: 'residual', reason: 'no-record' };
}

function sameAgreement(a: Keys, b: Keys): boolean {
  return a.agreementNo === null || b.agreementNo === null || a.agreementNo === b.agreementNo;
}

/** Debits without a reference and records meet only under the same text. */
export function keysOf({ bankId, institutionId, businessType, currency, amountMinor }: Omit<Keys, 'agreementNo'>): string {
  return `${bankId} ${institutionId} ${businessType} ${currency} ${amountMinor}`;
}

function byTime(a: { readonly atMicros: number; readonly key: string }, b: { readonly atMicros: number; readonly key: string }): number {
  return a.atMicros - b.atMicros || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

function firstNotBefore(sorted: readonly ClearingRecord[], atMicros: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as ClearingRecord).atMicros < atMicros) low = middle + 1;
    else high = middle;
  }
  return low;
}
