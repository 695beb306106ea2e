import { toDecimal } from '../money';

/** A stored payment in the words of the public feed; what was not reported is null. */
export type CanonicalSource = {
  readonly id: string;
  readonly endToEndId: string | null;
  readonly uetr: string | null;
  readonly sessionNo: string | null;
  readonly businessType: string;
  readonly route: string;
  readonly channel: string | null;
  readonly status: string;
  readonly systemCode: string | null;
  readonly businessCode: string | null;
  readonly payer: { readonly institution: string; readonly account: string | null };
  readonly intermediary: string | null;
  readonly payee: { readonly institution: string; readonly account: string | null };
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly initiatedAt: Date | null;
  readonly acceptedAt: Date;
  readonly respondedAt: Date | null;
  readonly finalAt: Date | null;
  readonly agreementNo: string | null;
  readonly merchantId: string | null;
  readonly terminalId: string | null;
  readonly merchantCategory: string | null;
  readonly barcodeTier: string | null;
  readonly originalId: string | null;
};

/** The line of the feed that this payment stands for as it is now, two spaces a level. The line itself is not kept once it is accepted. */
export function canonicalLine(source: CanonicalSource): string {
  const line = {
    id: source.id,
    endToEndId: source.endToEndId,
    uetr: source.uetr,
    sessionNo: source.sessionNo,
    businessType: source.businessType,
    route: source.route,
    channel: source.channel,
    status: source.status,
    systemCode: source.systemCode,
    businessCode: source.businessCode,
    payer: source.payer,
    intermediary: source.intermediary,
    payee: source.payee,
    amount: toDecimal({ minor: source.amountMinor, currency: source.currency }),
    currency: source.currency,
    initiatedAt: source.initiatedAt,
    acceptedAt: source.acceptedAt,
    respondedAt: source.respondedAt,
    finalAt: source.finalAt,
    agreementNo: source.agreementNo,
    merchantId: source.merchantId,
    terminalId: source.terminalId,
    merchantCategory: source.merchantCategory,
    barcodeTier: source.barcodeTier,
    originalId: source.originalId,
  };
  return JSON.stringify(line, (_, value) => value ?? undefined, 2);
}
