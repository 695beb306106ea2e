import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';

const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/);

/** One payment institution × bank × business type, as the address and forms name it. */
export const CellCodes = z.object({ institution: Code, bank: Code, businessType: z.enum(BUSINESS_TYPES) });
export type CellCodes = z.infer<typeof CellCodes>;

/** Why somebody does something; kept for good. */
export const Note = z
  .string()
  .trim()
  .min(2)
  .max(500)
  .regex(/^[^\p{C}]*$/u);

export function cellText({ institution, bank, businessType }: CellCodes): string {
  return `${institution}/${bank}/${businessType}`;
}
