import * as z from 'zod';
import { BUSINESS_TYPES, ROUTES } from '../clearing/transaction';
import { STATUS_CLASSES } from '../transactions/transaction-filter';

export const EXPORT_KINDS = ['transactions', 'flows'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
export const EXPORT_MASKINGS = ['masked', 'open'] as const;
export type ExportMasking = (typeof EXPORT_MASKINGS)[number];

const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/);
const Minor = z.string().regex(/^\d{1,19}$/);

/** Which payments, as the list's address says them; empty lists are no condition. */
export const ExportFilter = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  currency: z.string().length(3).nullable(),
  payers: z.array(Code),
  payees: z.array(Code),
  institutions: z.array(Code),
  intermediaries: z.array(Code),
  types: z.array(z.enum(BUSINESS_TYPES)),
  statuses: z.array(z.enum(STATUS_CLASSES)),
  route: z.enum(ROUTES).nullable(),
  accounts: z.array(z.uuid()).nullable(),
  keys: z.array(z.uuid()).nullable(),
  minMinor: Minor.nullable(),
  maxMinor: Minor.nullable(),
});
export type ExportFilter = z.infer<typeof ExportFilter>;

/**
 * Everything that decides the bytes of the data files: what is asked, in which form, and of which moment. The snapshot is a place in the
 * order of commits: batches up to it are in, later ones and what they changed are not.
 */
export const ExportQuestion = z.strictObject({
  format: z.literal('headwater-export-question/1'),
  kind: z.enum(EXPORT_KINDS),
  filter: ExportFilter,
  /** An institution's own people take out its rows alone. */
  scope: Code.nullable(),
  masking: z.enum(EXPORT_MASKINGS),
  sheets: z.boolean(),
  language: z.enum(['zh-CN', 'en']),
  snapshot: z.strictObject({ xid: z.string().regex(/^\d+$/), batch: z.string().regex(/^\d+$/), dataAt: z.iso.datetime().nullable() }),
});
export type ExportQuestion = z.infer<typeof ExportQuestion>;

export const EXPORT_STATES = [
  'asked',
  'queued',
  'writing',
  'sheets',
  'sealing',
  'proving',
  'ready',
  'declined',
  'cancelled',
  'failed',
  'expired',
] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** States in which somebody may still call it off. */
export const CANCELLABLE: readonly ExportState[] = ['asked', 'queued', 'writing', 'sheets', 'sealing', 'proving'];
