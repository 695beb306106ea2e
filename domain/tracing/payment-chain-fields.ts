import type { BusinessType, Route, TransactionStatus } from '../clearing/transaction';

/** The fields of one payment that tracing it back may need; null where nobody reported one. */
export type TraceableFields = {
  readonly endToEndId: string | null;
  readonly uetr: string | null;
  readonly sessionNo: string | null;
  readonly systemCode: string | null;
  readonly businessCode: string | null;
  readonly initiatedAt: Date | null;
  readonly respondedAt: Date | null;
  readonly agreementNo: string | null;
  readonly merchantId: string | null;
  readonly terminalId: string | null;
  readonly merchantCategory: string | null;
  readonly barcodeTier: string | null;
  readonly originalTransactionKey: string | null;
};
export type MandatoryField = keyof TraceableFields | 'reference';

/** How many of a payment's mandatory fields it carries, and which it does not. */
export type FieldCompleteness = { readonly required: number; readonly present: number; readonly missing: readonly MandatoryField[] };

// Nothing is stored without these: id, accepted time, type, route, status, amount, currency, both institutions, both accounts.
const ALWAYS_PRESENT = 11;

const BY_TYPE: Partial<Record<BusinessType, readonly MandatoryField[]>> = {
  agreement: ['agreementNo'],
  entrusted: ['agreementNo'],
  barcode: ['merchantId', 'terminalId', 'merchantCategory', 'barcodeTier'],
  gateway: ['merchantId'],
  refund: ['originalTransactionKey'],
};

/** What must be known depends on what kind of payment it is and how far it got. */
export function fieldCompleteness(
  { businessType, route, status }: { businessType: BusinessType; route: Route; status: TransactionStatus },
  fields: TraceableFields,
): FieldCompleteness {
  const wanted: MandatoryField[] = ['reference', 'initiatedAt', ...(BY_TYPE[businessType] ?? [])];
  if (route === 'cleared') wanted.push('sessionNo');
  if (status === 'succeeded' || status === 'declined' || status === 'failed') wanted.push('respondedAt', 'systemCode');
  // A technical failure never reached anybody who could approve.
  if (status === 'succeeded' || status === 'declined') wanted.push('businessCode');
  const missing = wanted.filter((field) =>
    field === 'reference' ? fields.uetr === null && fields.endToEndId === null : fields[field] === null,
  );
  return { required: ALWAYS_PRESENT + wanted.length, present: ALWAYS_PRESENT + wanted.length - missing.length, missing };
}
