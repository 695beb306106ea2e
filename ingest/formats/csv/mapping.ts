import * as z from 'zod';

/** The fields of a transaction line that a column or a constant can give, in the order in which lines are written. */
export const CSV_FIELDS = [
  'id',
  'endToEndId',
  'uetr',
  'sessionNo',
  'businessType',
  'route',
  'channel',
  'status',
  'systemCode',
  'businessCode',
  'payer.institution',
  'payer.account',
  'intermediary',
  'payee.institution',
  'payee.account',
  'amount',
  'currency',
  'initiatedAt',
  'acceptedAt',
  'respondedAt',
  'finalAt',
  'agreementNo',
  'merchantId',
  'terminalId',
  'merchantCategory',
  'barcodeTier',
  'originalId',
] as const;
export type CsvField = (typeof CSV_FIELDS)[number];

export const REQUIRED_FIELDS: readonly CsvField[] = [
  'id',
  'businessType',
  'route',
  'status',
  'payer.institution',
  'payer.account',
  'payee.institution',
  'payee.account',
  'amount',
  'currency',
  'acceptedAt',
];

const OneCharacter = z.string().length(1);

/** The mapping file, documented in docs/import.md. Columns that it does not name are ignored. */
export const CsvMapping = z.strictObject({
  delimiter: OneCharacter.default(','),
  quote: OneCharacter.default('"'),
  /** Offset ("+08:00", "Z") or name ("Europe/Prague") for times that say no zone of their own. */
  timeZone: z.string().default('+08:00'),
  /** Whether `amount` is in major units ("12.50") or whole minor units ("1250"). */
  amountUnit: z.enum(['major', 'minor']).default('major'),
  /** What becomes of amounts with more decimals than their currency has: the gateway refuses them, or they are rounded half to even. */
  amountRounding: z.enum(['refuse', 'half-even']).default('refuse'),
  /** Which column gives which field, by the column's name in the header. */
  columns: z.partialRecord(z.enum(CSV_FIELDS), z.string().min(1)),
  /** A value for every row, where no column gives one or the column is empty. */
  constants: z.partialRecord(z.enum(CSV_FIELDS), z.string()).default({}),
  /** The file's words → the feed's words, whatever their case; "*" stands for every other word. */
  values: z.partialRecord(z.enum(CSV_FIELDS), z.record(z.string(), z.string())).default({}),
});
export type CsvMapping = z.infer<typeof CsvMapping>;

/** The canonical file: `tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status,…`. */
export const CANONICAL_MAPPING: CsvMapping = CsvMapping.parse({
  columns: {
    id: 'tx_id',
    acceptedAt: 'time',
    'payer.institution': 'payer_inst',
    'payer.account': 'payer_acct',
    'payee.institution': 'payee_inst',
    'payee.account': 'payee_acct',
    amount: 'amount',
    currency: 'currency',
    channel: 'channel',
    businessType: 'channel',
    status: 'status',
  },
  constants: { route: 'cleared', businessType: 'transfer', status: 'succeeded' },
  values: {
    businessType: {
      AGREEMENT: 'agreement',
      GATEWAY: 'gateway',
      AUTHENTICATED: 'authenticated',
      ENTRUSTED: 'entrusted',
      PAYOUT: 'payout',
      BARCODE: 'barcode',
      WITHDRAWAL: 'withdrawal',
      REFUND: 'refund',
      OTHER: 'other',
      '*': 'transfer',
    },
    status: {
      SETTLED: 'succeeded',
      SUCCESS: 'succeeded',
      COMPLETED: 'succeeded',
      ACSC: 'succeeded',
      ACCC: 'succeeded',
      REJECTED: 'declined',
      RJCT: 'declined',
      ERROR: 'failed',
      PENDING: 'unknown',
      PDNG: 'unknown',
    },
  },
});

export type MappingFault = { readonly ok: false; readonly detail: string };

/** Reads a mapping file's text. */
export function parseMapping(text: string): { readonly ok: true; readonly mapping: CsvMapping } | MappingFault {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, detail: `the mapping file is no JSON: ${(error as Error).message}` };
  }
  const parsed = CsvMapping.safeParse(json);
  if (parsed.success) return { ok: true, mapping: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, detail: `the mapping file is not usable: ${issue?.path.join('.')}: ${issue?.message}` };
}
