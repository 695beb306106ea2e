import 'server-only';
import * as z from 'zod';

/** What every list and page says of a refused line. */
export const QuarantinedRow = z.object({
  id: z.string(),
  reason: z.string(),
  field: z.string().nullable(),
  detail: z.string().nullable(),
  feed: z.string(),
  lineNo: z.int(),
  batchId: z.string().nullable(),
  clientBatchId: z.string().nullable(),
  institutionCode: z.string().nullable(),
  institutionName: z.string().nullable(),
  bodyLength: z.int(),
  receivedAt: z.date(),
  resolvedAt: z.date().nullable(),
});
